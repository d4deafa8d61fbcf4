import Foundation
import Models
import TOMLKit

extension Configuration {
  /// How servers are spoken to: the file's table `[server]`, and what `[rollout-server]` says otherwise for rollouts.
  ///
  /// - Throws: exit code 2 for a field that cannot be used.
  func server(forRollouts: Bool) throws -> ServerSettings {
    var settings = ServerSettings()
    for name in forRollouts ? ["server", "rollout-server"] : ["server"] {
      if let table = table(name) { try ServerTable(table, "\(source): \(name)").apply(to: &settings) }
    }
    return settings
  }

  /// The key of servers: from the environment, else from the file that `key-file` names. Nil where there is none.
  ///
  /// - Throws: exit code 2 for a file that cannot be used, or that others may read.
  func serverKey() throws -> ServerKey? {
    let table = table("server")
    let variable = table?["key-variable"]?.string ?? "ETASCOPE_API_KEY"
    if let key = environment[variable].flatMap({ ServerKey($0) }) { return key }
    guard let file = table?["key-file"]?.string else { return nil }
    do {
      return try ServerKey(file: file.hasPrefix("~/") ? (environment["HOME"] ?? "~") + file.dropFirst() : file)
    } catch {
      throw ExitError.usage("\(source): server.key-file: \(error)")
    }
  }
}

/// A table of the configuration file that says how servers are spoken to.
private struct ServerTable {
  private let fields: ConfigurationTable

  init(_ table: TOMLTable, _ place: String) throws {
    fields = try ConfigurationTable(
      table, place,
      keys: [
        "interface", "model", "prompt", "ends", "concurrency", "idle-seconds", "connect-seconds", "attempts",
        "longest-delay", "rest-seconds", "key-variable", "key-file",
      ])
  }

  func apply(to settings: inout ServerSettings) throws {
    if let interface = try fields.word("interface", ServerSettings.Interface.self) {
      settings.interface = interface
      if interface == .chat { (settings.prompt, settings.ends) = (ServerPrompt.chat, []) }
    }
    if let model = try fields.text("model") { settings.model = model }
    if let prompt = try fields.text("prompt") {
      guard prompt.contains("{question}") else { throw fields.error("prompt", "expected a text with {question} in it") }
      // What ends the default's worked examples need not end another prompt's solutions.
      (settings.prompt, settings.ends) = (prompt, [])
    }
    if let ends = try fields.texts("ends") { settings.ends = ends }
    if let number = try fields.number("concurrency", 1...1024) { settings.concurrency = Int(number) }
    if let number = try fields.number("attempts", 1...100) { settings.attempts = Int(number) }
    if let seconds = try fields.number("idle-seconds", 0.001...86_400) { settings.idleSeconds = seconds }
    if let seconds = try fields.number("connect-seconds", 0.001...86_400) { settings.connectSeconds = seconds }
    if let seconds = try fields.number("longest-delay", 0...86_400) {
      settings.longestDelay = seconds
      settings.firstDelay = min(settings.firstDelay, seconds)
    }
    if let seconds = try fields.number("rest-seconds", 0...86_400) { settings.restSeconds = seconds }
  }
}
