import Critics
import Foundation
import Models
import TOMLKit
import TreeInsight
import TreeSearch
import Vocabulary

extension ConfigurationFile {
  /// The critics that the tables `[critic.NAME]` describe.
  ///
  /// - Throws: `LabError` for a field that cannot be used.
  func critics() throws -> [CriticSpec] {
    guard let table = table("critic") else { return [] }
    return try table.keys.sorted().map { critic in
      guard let fields = table[critic]?.table else {
        throw LabError.settings("\(name): critic.\(critic): expected a table, as in [critic.\(critic)]")
      }
      return try CriticTable(fields, critic, "\(name): critic.\(critic)").spec()
    }
  }

  /// How servers are spoken to: the table `[server]`, and what `[rollout-server]` says otherwise for rollouts.
  ///
  /// - Throws: `LabError` for a field that cannot be used.
  func server(forRollouts: Bool) throws -> ServerSettings {
    var settings = ServerSettings()
    for role in forRollouts ? ["server", "rollout-server"] : ["server"] {
      if let table = table(role) { try ServerTable(table, "\(name): \(role)").apply(to: &settings) }
    }
    return settings
  }

  /// The key of servers: from the environment, else from the file that `key-file` names. Nil where there is none.
  ///
  /// - Throws: `LabError` for a file that cannot be used, or that others may read.
  func serverKey(_ environment: [String: String]) throws -> ServerKey? {
    let table = table("server")
    let variable = table?["key-variable"]?.string ?? "ETASCOPE_API_KEY"
    do {
      if let value = environment[variable], let key = try ServerKey.read(value, place: variable) { return key }
    } catch {
      throw LabError.settings("\(error)")
    }
    guard let file = table?["key-file"]?.string else { return nil }
    do {
      return try ServerKey(file: file.hasPrefix("~/") ? (environment["HOME"] ?? "~") + file.dropFirst() : file)
    } catch {
      throw LabError.settings("\(name): server.key-file: \(error)")
    }
  }
}

/// A table of the configuration file that describes a critic.
private struct CriticTable {
  private let fields: ConfigurationTable
  private let name: String

  init(_ table: TOMLTable, _ name: String, _ place: String) throws {
    self.name = name
    fields = try ConfigurationTable(
      table, place,
      keys: [
        "kind", "model", "prompt", "good", "bad", "samples", "temperature", "scope", "squash", "weight",
      ])
    if CriticRegistry.standard.tool(named: name) != nil {
      throw LabError.settings("\(place): expected another name, '\(name)' is a tool")
    }
    if !name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }) {
      throw LabError.settings("\(place): expected a name of letters, digits, - and _")
    }
  }

  func spec() throws -> CriticSpec {
    guard let kind = try fields.word("kind", CriticSpec.Kind.self) else {
      throw fields.error("kind", "expected one of \(CriticSpec.Kind.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    var spec = CriticSpec(name, kind, scope: try fields.word("scope", CriticScope.self))
    if let models = try fields.list("model") ?? text("model").map({ [$0] }) {
      spec.model = try ModelSpec(models, flag: "\(fields.place).model")
    }
    if [.pooling, .classify, .rerank].contains(kind) {
      guard case .servers(let urls)? = spec.model, urls.count == 1 else {
        throw fields.error("model", "expected the URL of the server that has the head")
      }
    }
    if let prompt = try text("prompt") { spec.prompt = prompt }
    if let good = try text("good") { spec.labels.good = good }
    if let bad = try text("bad") { spec.labels.bad = bad }
    let words = [spec.labels.good, spec.labels.bad].map { $0.filter { !$0.isWhitespace } }
    if words.contains("") || words[0] == words[1] {
      throw fields.error("good", "expected two different words, good and bad")
    }
    if let samples = try fields.number("samples", 1...1024) { spec.samples = Int(samples) }
    if let temperature = try fields.number("temperature", 0...10) { spec.temperature = temperature }
    if let squash = try fields.word("squash", ScalarCritic.Squash.self) { spec.squash = squash }
    if let weight = try fields.number("weight", 0...1_000_000) { spec.weight = weight }
    return spec
  }

  /// A text that says something.
  private func text(_ key: String) throws -> String? {
    guard let text = try fields.text(key) else { return nil }
    if text.isEmpty { throw fields.error(key, "expected a text") }
    return text
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
        "longest-delay", "rest-seconds", "key-variable", "key-file", "ca",
      ])
  }

  func apply(to settings: inout ServerSettings) throws {
    if let interface = try fields.word("interface", ServerSettings.Interface.self) {
      settings.interface = interface
    }
    if let model = try fields.text("model") { settings.model = model }
    if let prompt = try fields.text("prompt") {
      guard prompt.contains(ModelPrompt.place) else {
        throw fields.error("prompt", "expected a text with \(ModelPrompt.place) in it")
      }
      settings.prompt = prompt
    }
    if let ends = try fields.texts("ends") { settings.ends = ends }
    if let file = try fields.text("ca") { settings.authorities = file }
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
