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
  private let table: TOMLTable
  private let place: String

  private static let keys = [
    "interface", "model", "prompt", "ends", "concurrency", "idle-seconds", "connect-seconds", "attempts",
    "longest-delay", "rest-seconds", "key-variable", "key-file",
  ]

  init(_ table: TOMLTable, _ place: String) throws {
    self.table = table
    self.place = place
    for key in table.keys where !Self.keys.contains(key) {
      throw ExitError.usage("\(place).\(key): expected one of \(Self.keys.joined(separator: ", "))")
    }
  }

  func apply(to settings: inout ServerSettings) throws {
    if let word = try text("interface") {
      guard let interface = ServerSettings.Interface(rawValue: word) else {
        let known = ServerSettings.Interface.allCases.map(\.rawValue).joined(separator: ", ")
        throw error("interface", "expected one of \(known), found '\(word)'")
      }
      settings.interface = interface
      if interface == .chat { (settings.prompt, settings.ends) = (ServerPrompt.chat, []) }
    }
    if let model = try text("model") { settings.model = model }
    if let prompt = try text("prompt") {
      guard prompt.contains("{question}") else { throw error("prompt", "expected a text with {question} in it") }
      // What ends the default's worked examples need not end another prompt's solutions.
      (settings.prompt, settings.ends) = (prompt, [])
    }
    if let ends = table["ends"] {
      guard let array = ends.array else { throw error("ends", "expected a list of texts") }
      settings.ends = try array.map { value in
        guard let text = value.string, !text.isEmpty else { throw error("ends", "expected a list of texts") }
        return text
      }
    }
    if let number = try number("concurrency", 1...1024) { settings.concurrency = Int(number) }
    if let number = try number("attempts", 1...100) { settings.attempts = Int(number) }
    if let seconds = try number("idle-seconds", 0.001...86_400) { settings.idleSeconds = seconds }
    if let seconds = try number("connect-seconds", 0.001...86_400) { settings.connectSeconds = seconds }
    if let seconds = try number("longest-delay", 0...86_400) {
      settings.longestDelay = seconds
      settings.firstDelay = min(settings.firstDelay, seconds)
    }
    if let seconds = try number("rest-seconds", 0...86_400) { settings.restSeconds = seconds }
  }

  private func error(_ key: String, _ expected: String) -> ExitError { .usage("\(place).\(key): \(expected)") }

  private func text(_ key: String) throws -> String? {
    guard let value = table[key] else { return nil }
    guard let text = value.string else { throw error(key, "expected a text") }
    return text
  }

  private func number(_ key: String, _ range: ClosedRange<Double>) throws -> Double? {
    guard let value = table[key] else { return nil }
    guard let number = value.double ?? value.int.map(Double.init), range.contains(number) else {
      throw error(key, "expected a number from \(range.lowerBound.formatted()) to \(range.upperBound.formatted())")
    }
    return number
  }
}
