import Foundation
import Lab
import Logging
import Synchronization
import Vocabulary
import Workspace

/// Writes log lines to `$XDG_STATE_HOME/etascope/log`: never to the screen, and never a reason not to start.
struct FileLog: LogHandler {
  /// The file, and what became of it.
  final class File: Sendable {
    fileprivate let path: String
    fileprivate let descriptor: Int32
    private let reason = Mutex<String?>(nil)

    fileprivate init(_ path: String) {
      self.path = path
      descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    }

    fileprivate func write(_ line: String) {
      guard let problem = Descriptor.write(Data(line.utf8), to: descriptor) else { return }
      reason.withLock { $0 = $0 ?? problem }
    }

    /// Why lines are missing, in words; nil where none is.
    var problem: String? { reason.withLock { $0 }.map { "\(path): the log cannot be written: \($0)" } }
  }

  private let file: File
  private let label: String
  var metadata = Logger.Metadata()
  var logLevel: Logger.Level

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  /// Sends every logger's lines to the file, if it can be opened. Throws exit code 2 for an unknown level.
  static func start(
    level text: String?, environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws -> File {
    guard let level = Logger.Level(rawValue: text ?? "info") else {
      let known = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
      throw ExitError.usage("--log-level: expected one of \(known), found '\(text ?? "")'")
    }
    let folder = DataFolder.state(environment)
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = File(folder.appending(path: "log").path(percentEncoded: false))
    LoggingSystem.bootstrap { label in
      guard file.descriptor >= 0 else { return SwiftLogNoOpLogHandler() }
      return FileLog(file: file, label: label, logLevel: level)
    }
    return file
  }

  private init(file: File, label: String, logLevel: Logger.Level) {
    self.file = file
    self.label = label
    self.logLevel = logLevel
  }

  func log(event: LogEvent) {
    let merged = metadata.merging(event.metadata ?? [:]) { _, new in new }
    let extra = merged.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
    // One write a line: lines of several processes do not mix.
    let line = "\(Date.now.formatted(.iso8601)) \(event.level) \(label): \(event.message)\(extra)".printable + "\n"
    file.write(line)
  }
}
