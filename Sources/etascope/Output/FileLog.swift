import Foundation
import Lab
import Logging
import Vocabulary
import Workspace

/// Writes log lines to `$XDG_STATE_HOME/etascope/log`: never to the screen, and never a reason not to start.
struct FileLog: LogHandler {
  private let descriptor: Int32
  private let label: String
  var metadata = Logger.Metadata()
  var logLevel: Logger.Level

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  /// Sends every logger's lines to the file, if it can be opened. Throws exit code 2 for an unknown level.
  static func start(level text: String?, environment: [String: String] = ProcessInfo.processInfo.environment) throws {
    guard let level = Logger.Level(rawValue: text ?? "info") else {
      let known = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
      throw ExitError.usage("--log-level: expected one of \(known), found '\(text ?? "")'")
    }
    let folder = DataFolder.state(environment)
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let descriptor = open(
      folder.appending(path: "log").path(percentEncoded: false), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    LoggingSystem.bootstrap { label in
      guard descriptor >= 0 else { return SwiftLogNoOpLogHandler() }
      return FileLog(descriptor: descriptor, label: label, logLevel: level)
    }
  }

  private init(descriptor: Int32, label: String, logLevel: Logger.Level) {
    self.descriptor = descriptor
    self.label = label
    self.logLevel = logLevel
  }

  func log(event: LogEvent) {
    let merged = metadata.merging(event.metadata ?? [:]) { _, new in new }
    let extra = merged.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
    // One write a line: lines of several processes do not mix.
    let line = "\(Date.now.formatted(.iso8601)) \(event.level) \(label): \(event.message)\(extra)".printable + "\n"
    _ = line.withCString { write(descriptor, $0, strlen($0)) }
  }
}
