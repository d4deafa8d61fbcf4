import Foundation
import Models
import Runs
import TreeInsight
import TreeSearch
import Vocabulary

/// Settings from flags, environment, config file and defaults, in this order of precedence. What comes out is a function of
/// the three layers alone; each setting is checked when it is asked for.
package struct Configuration {
  private let said: SettingLayer
  /// What `--set` assigns, the first first.
  private let assignments: [String]
  private let environment: [String: String]
  private let file: ConfigurationFile
  /// The file with the authorities that servers' certificates are checked by, as the flag says it.
  private let authorities: String?

  /// - Parameters:
  ///   - flags: what the command line says.
  ///   - assignments: what `--set` assigns: `PARAMETER=VALUE`, the first first.
  ///   - authorities: what `--ca` says.
  package init(
    flags: SettingLayer, assignments: [String] = [], authorities: String? = nil, environment: [String: String] = [:],
    file: ConfigurationFile = ConfigurationFile()
  ) {
    self.authorities = authorities
    said = flags.over(SettingLayer(environment: environment)).over(file.layer)
    self.assignments = assignments
    self.environment = environment
    self.file = file
  }

  /// The workspace file: given, or `etascope.sqlite` in the XDG data folder.
  package var workspace: String {
    if let given = said[.workspace] { return given }
    let home = environment["XDG_DATA_HOME"] ?? ((environment["HOME"] ?? ".") + "/.local/share")
    return home + "/etascope/etascope.sqlite"
  }

  /// Who commits.
  package var author: String {
    let system = NSUserName()
    return said[.author] ?? environment["USER"] ?? environment["LOGNAME"] ?? (system.isEmpty ? "unknown" : system)
  }
  /// The command that serves GGUF files; nil for `llama-server`.
  package var llamaServer: String? { said[.llamaServer] }
  /// The colour theme; nil where nobody said it.
  package var theme: String? { said[.theme] }
  /// Whether to draw with ASCII only; nil where nobody said it.
  package var isASCII: Bool? { said[.ascii].map { $0 == "true" } }
  /// Whether the mouse is listened to.
  package var usesMouse: Bool { said[.mouse] != "false" }
  /// Files of problems that a model is measured by: what guards keep out of datasets.
  package var heldOut: [String] { said.said[.heldOut]?.texts ?? [] }
  /// How much is written to the log; nil where nobody said it.
  package var logLevel: String? { said[.logLevel] }

  /// Everything that searches need. Throws `LabError` for what cannot be used.
  package func settings() throws -> Settings {
    var settings = Settings(workspace: workspace, author: author)
    settings.preset = said[.preset] ?? settings.preset
    settings.parameters = try parameters(settings.preset)
    settings.seed = try seed() ?? settings.seed
    settings.watchdogs = try watchdogs()
    settings.models = try models()
    settings.critics = try critics(of: settings.models)
    return settings
  }

  /// The models by role. Throws `LabError` for what cannot be used.
  package func models() throws -> ModelSelection {
    var models = ModelSelection(recordings: workspace)
    models.policy = try model(.model)
    models.rollouts = try model(.rolloutModel)
    models.critics = try model(.criticModel)
    models.own = try file.critics()
    models.llamaServer = llamaServer
    models.server = try file.server(forRollouts: false)
    if models.rollouts != nil { models.rolloutServer = try file.server(forRollouts: true) }
    // Where nobody is spoken to, nothing is asked of the system.
    let usual = models.hasServers ? environment["SSL_CERT_FILE"] : nil
    try chooseAuthorities(&models.server, usual)
    try chooseAuthorities(&models.rolloutServer, usual)
    try show(&models)
    // Where nobody is spoken to, nobody's key is looked for.
    if models.hasServers { models.serverKey = try file.serverKey(environment) }
    return models
  }

  /// Says by which authorities certificates are checked: what the flag says, the variable, the file's table, and then the variable that
  /// other programs read as well.
  private func chooseAuthorities(_ server: inout ServerSettings, _ usual: String?) throws {
    let sources = [
      ("--ca", authorities), ("ETASCOPE_CA", environment["ETASCOPE_CA"]), ("server.ca", server.authorities),
      ("SSL_CERT_FILE", usual),
    ]
    guard
      let (place, file) = sources.lazy.compactMap({ place, file in file.map { (place, $0) } }).first(where: {
        !$0.1.isEmpty
      })
    else { return }
    let bytes: [UInt8]
    do {
      bytes = try InputFile.bytes(at: file, limit: 16 << 20)
    } catch {
      throw LabError.settings("\(place): \(file.printable): \(error)")
    }
    guard bytes.firstRange(of: Array("-----BEGIN CERTIFICATE-----".utf8)) != nil else {
      throw LabError.settings("\(place): \(file.printable): expected certificates in PEM, found none")
    }
    server.authorities = file
  }

  /// What served models are shown, and how long they may think.
  private func show(_ models: inout ModelSelection) throws {
    if let text = said[.thinkingTokens] {
      guard let tokens = Int(text), (0...1_000_000).contains(tokens) else {
        throw LabError.settings("--thinking-tokens: expected a whole number from 0 to 1,000,000, found '\(text)'")
      }
      (models.server.thinkingTokens, models.rolloutServer.thinkingTokens) = (tokens, tokens)
    }
    guard let spec = said[.prompt] else { return }
    if said.said[.prompt]?.place == "--prompt", !models.hasPrompts {
      throw LabError.settings("--prompt: expected with a model that is served; a model folder has a prompt of its own")
    }
    let prompt = try PromptFile.read(spec, in: DataFolder.locate(environment: environment).prompts)
    for server in [\ModelSelection.server, \.rolloutServer] {
      // What the file's table says of a prompt is for when nobody chooses one.
      (models[keyPath: server].shown, models[keyPath: server].prompt, models[keyPath: server].ends) = (prompt, nil, nil)
    }
  }

  private func model(_ role: Setting) throws -> ModelSpec? {
    try said.said[role].map { try ModelSpec($0.texts, flag: $0.place) }
  }

  /// The seed; nil where nobody said it.
  private func seed() throws -> UInt64? {
    guard let text = said[.seed] else { return nil }
    guard let seed = UInt64(text) else {
      throw LabError.settings("--seed: expected a whole number from 0 to \(UInt64.max), found '\(text)'")
    }
    return seed
  }

  private func watchdogs() throws -> WatchdogMode? {
    guard let text = said[.watchdogs] else { return nil }
    guard let mode = WatchdogMode(rawValue: text) else {
      let known = WatchdogMode.allCases.map(\.rawValue).joined(separator: ", ")
      throw LabError.settings("--watchdogs: expected one of \(known), found '\(text)'")
    }
    return mode
  }

  /// Engine parameters: defaults, preset, config file's table, named flags, `--set`.
  private func parameters(_ preset: String) throws -> SearchParameters {
    do {
      var parameters = try Preset.named(preset)
      for (id, text) in try file.parameters() { try parameters.set(id, to: text) }
      let named = [
        ("limit.simulations", said[.simulations]), ("limit.tokens", said[.tokens]), ("limit.seconds", said[.seconds]),
        ("search.workers", said[.workers]), ("option.temperature", said[.temperature]),
      ]
      for (id, text) in named { if let text { try parameters.set(id, to: text) } }
      for assignment in assignments {
        let parts = assignment.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2 else {
          throw LabError.settings("--set: expected PARAMETER=VALUE, found '\(assignment)'")
        }
        try parameters.set(parts[0], to: parts[1])
      }
      return parameters
    } catch let error as ParameterError {
      throw LabError.settings(error.description)
    }
  }

  /// Critics with their weights, 0 left out: those of `--critics`, the others as they are.
  private func critics(of models: ModelSelection) throws -> [CriticWeight] {
    guard let text = said[.critics] else { return models.standard }
    var chosen = models.available
    for part in text.split(separator: ",") {
      let pair = part.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      guard let at = chosen.firstIndex(where: { $0.name == pair[0] }) else {
        let names = chosen.map(\.name).joined(separator: ", ")
        throw LabError.settings("--critics: unknown critic '\(pair[0])'; expected some of \(names)")
      }
      guard let weight = pair.count == 2 ? Double(pair[1]) : 1, weight >= 0, weight.isFinite else {
        throw LabError.settings("--critics: \(pair[0]): expected a weight of 0 or more, found '\(pair[1])'")
      }
      chosen[at].weight = weight
    }
    return chosen.filter { $0.weight > 0 }
  }
}
