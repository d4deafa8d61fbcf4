import Foundation
import Models
import Runs
import TOMLKit
import TreeInsight
import TreeSearch

/// Settings from flags, environment, config file and defaults, in this order of precedence.
struct Configuration {
  private let options: CommonOptions
  let environment: [String: String]
  private let file: TOMLTable
  private let filePath: String?

  /// Reads the config file that `options` name or the one found. Throws exit code 2 for a file that cannot be used.
  init(_ options: CommonOptions, environment: [String: String] = ProcessInfo.processInfo.environment) throws {
    self.options = options
    self.environment = environment
    filePath = options.config ?? environment["ETASCOPE_CONFIG"] ?? Self.found(environment)
    guard let filePath else {
      file = TOMLTable()
      return
    }
    guard let data = FileManager.default.contents(atPath: filePath) else {
      throw ExitError.usage("\(filePath): the configuration file cannot be read")
    }
    do {
      file = try TOMLTable(string: String(decoding: data, as: UTF8.self))
    } catch let error as TOMLParseError {
      throw ExitError.usage("\(filePath):\(error.source.begin.line): \(error.description)")
    }
    for key in file.keys where !Self.keys.contains(key) {
      throw ExitError.usage("\(filePath): \(key): expected one of \(Self.keys.sorted().joined(separator: ", "))")
    }
  }

  private static let keys: Set<String> = [
    "workspace", "model", "rollout-model", "critic-model", "critics", "preset", "simulations", "tokens", "seconds",
    "seed", "workers", "temperature", "watchdogs", "theme", "ascii", "mouse", "log-level", "parameters", "author",
    "server", "rollout-server", "llama-server", "critic",
  ]

  private static func found(_ environment: [String: String]) -> String? {
    let home = environment["XDG_CONFIG_HOME"] ?? (environment["HOME"].map { $0 + "/.config" } ?? "")
    return ["etascope.toml", home + "/etascope/config.toml"].first { FileManager.default.fileExists(atPath: $0) }
  }

  private func value(_ key: String, _ flag: String?) -> String? {
    if let flag { return flag }
    let variable = "ETASCOPE_" + key.uppercased().replacingOccurrences(of: "-", with: "_")
    if let value = environment[variable] { return value }
    return file[key].flatMap(Self.text)
  }

  /// A role's model or its URLs: a list in the file, separated by white space in the environment.
  private func models(_ key: String, _ flags: [String]) throws -> ModelSpec? {
    if !flags.isEmpty { return try ModelSpec(flags, flag: "--\(key)") }
    if value(key, nil) == nil, let list = file[key]?.array {
      return try ModelSpec(list.compactMap(\.string), flag: "\(source): \(key)")
    }
    guard let text = value(key, nil) else { return nil }
    let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    return try ModelSpec(words.allSatisfy(ServerModel.isURL) ? words : [text], flag: key)
  }

  /// The configuration file's name for messages.
  var source: String { filePath ?? "configuration" }

  /// A table of the configuration file.
  func table(_ name: String) -> TOMLTable? { file[name]?.table }

  private static func text(_ value: some TOMLValueConvertible) -> String? {
    value.string ?? value.int.map(String.init) ?? value.double.map { String($0) } ?? value.bool.map(String.init)
  }

  /// The workspace file: given, or `etascope.sqlite` in the XDG data folder.
  var workspace: String {
    if let given = value("workspace", options.workspace) { return given }
    let home = environment["XDG_DATA_HOME"] ?? ((environment["HOME"] ?? ".") + "/.local/share")
    return home + "/etascope/etascope.sqlite"
  }

  /// The policy; nil for the embedded one.
  func model() throws -> ModelSpec? { try models("model", options.model) }
  /// The model of rollouts; nil for the policy.
  func rolloutModel() throws -> ModelSpec? { try models("rollout-model", options.rolloutModel) }
  /// The command that serves GGUF files; nil for `llama-server`.
  var llamaServer: String? { value("llama-server", options.llamaServer) }
  /// What the value, PRM and ORM critics are read from; nil for the embedded heads.
  func criticModel() throws -> ModelSpec? { try models("critic-model", options.criticModel) }
  var theme: String? { value("theme", options.theme) }
  /// The preset's name.
  var preset: String { value("preset", options.preset) ?? Preset.names[0] }
  /// Whether to draw with ASCII only; nil where nobody said it.
  var isASCII: Bool? { options.ascii ? true : value("ascii", nil).map { $0 == "true" } }
  var usesMouse: Bool { !options.noMouse && value("mouse", nil) != "false" }
  var logLevel: String? { value("log-level", options.logLevel) }

  /// Who commits.
  var author: String { value("author", nil) ?? environment["USER"] ?? environment["LOGNAME"] ?? "unknown" }

  /// The seed; 1 by default, so that a first try can be repeated.
  func seed() throws -> UInt64 {
    guard let text = value("seed", options.seed) else { return 1 }
    guard let seed = UInt64(text) else {
      throw ExitError.usage("--seed: expected a whole number from 0 to \(UInt64.max), found '\(text)'")
    }
    return seed
  }

  /// What watchdogs do; nil where nobody said it.
  func watchdogs() throws -> WatchdogMode? {
    guard let text = value("watchdogs", options.watchdogs) else { return nil }
    guard let mode = WatchdogMode(rawValue: text) else {
      let known = WatchdogMode.allCases.map(\.rawValue).joined(separator: ", ")
      throw ExitError.usage("--watchdogs: expected one of \(known), found '\(text)'")
    }
    return mode
  }

  /// Engine parameters: defaults, preset, config file's table, named flags, `--set`.
  func parameters() throws -> SearchParameters {
    do {
      var parameters = try Preset.named(preset)
      if let table = file["parameters"]?.table {
        for key in table.keys {
          guard let text = table[key].flatMap(Self.text) else {
            throw ExitError.usage("\(filePath ?? "config"): parameters.\(key): expected a number, a flag or a word")
          }
          try parameters.set(key, to: text)
        }
      }
      let named = [
        ("limit.simulations", value("simulations", options.simulations)),
        ("limit.tokens", value("tokens", options.tokens)), ("limit.seconds", value("seconds", options.seconds)),
        ("search.workers", value("workers", options.workers)),
        ("option.temperature", value("temperature", options.temperature)),
      ]
      for (id, text) in named { if let text { try parameters.set(id, to: text) } }
      for assignment in options.set {
        let parts = assignment.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2 else {
          throw ExitError.usage("--set: expected PARAMETER=VALUE, found '\(assignment)'")
        }
        try parameters.set(parts[0], to: parts[1])
      }
      return parameters
    } catch let error as ParameterError {
      throw ExitError.usage(error.description)
    }
  }

  /// Critics with their weights. Throws exit code 2 for an unknown name or weight.
  func critics() throws -> [CriticWeight] {
    let available = try availableCritics()
    guard let text = value("critics", options.critics) else { return available }
    var chosen = available
    for part in text.split(separator: ",") {
      let pair = part.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      guard let at = chosen.firstIndex(where: { $0.name == pair[0] }) else {
        let names = available.map(\.name).joined(separator: ", ")
        throw ExitError.usage("--critics: unknown critic '\(pair[0])'; expected some of \(names)")
      }
      guard let weight = pair.count == 2 ? Double(pair[1]) : 1, weight >= 0, weight.isFinite else {
        throw ExitError.usage("--critics: \(pair[0]): expected a weight of 0 or more, found '\(pair[1])'")
      }
      chosen[at].weight = weight
    }
    return chosen.filter { $0.weight > 0 }
  }
}
