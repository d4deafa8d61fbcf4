import Foundation
import Vocabulary

/// A file that is written a record a line, as they come: what was done is there, whatever happens next.
final class RecordFile {
  private let path: String
  private let descriptor: Int32
  private let encoder = JSONEncoder()

  /// Makes the file at `path`, or empties it.
  ///
  /// - Parameter others: files that are read meanwhile, and must not be written over.
  init(_ path: String, besides others: [String]) throws {
    func real(_ path: String) -> String { URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false) }
    guard !others.contains(where: { real($0) == real(path) }) else {
      throw ExitError.usage("-o: expected another file than \(path), which is read")
    }
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOCTTY | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw ExitError.failed("\(path): cannot be written: \(String(cString: strerror(errno)))")
    }
    self.path = path
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  }

  /// Writes a record as a line of JSON.
  func write(_ record: some Encodable) throws {
    let json = SafeText.json(String(decoding: try encoder.encode(record), as: UTF8.self))
    if let reason = Descriptor.write(Data((json + "\n").utf8), to: descriptor) {
      throw ExitError.failed("\(path): cannot be written: \(reason)")
    }
  }

  deinit { close(descriptor) }
}
