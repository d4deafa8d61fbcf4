import Canvas
import Foundation
import Workspace

/// The screen as files: a picture and the text.
struct Snapshot {
  /// Saves a frame beside earlier ones in `folder`; returns the picture's name.
  static func save(_ frame: Frame, name: String, folder: String = ".") throws -> String {
    for number in 1...9999 {
      let base = "\(folder)/etascope-\(name)-\(number)"
      // Made only where nothing stands: a snapshot never replaces a file.
      let descriptor = open(base + ".svg", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
      if descriptor < 0, errno == EEXIST { continue }
      let reason = descriptor < 0 ? String(cString: strerror(errno)) : nil
      defer { if descriptor >= 0 { close(descriptor) } }
      let picture = Data(FrameSVG.document(frame, title: "etascope \(name)").utf8)
      if let reason = reason ?? Descriptor.write(picture, to: descriptor) {
        throw ExitError.failed("\(base).svg cannot be written: \(reason)")
      }
      try OutputFile.write(Data(FrameText.text(frame).utf8), to: base + ".txt")
      return base + ".svg"
    }
    throw ExitError.failed("\(folder): there are too many snapshots already")
  }
}
