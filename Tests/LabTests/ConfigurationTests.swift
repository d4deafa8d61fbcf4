import Foundation
import Runs
import Testing
import TreeSearch
import Vocabulary

@testable import Lab

/// Flags come before the environment, the environment before the config file, and that before the defaults.
struct ConfigurationTests {
  private func configuration(
    flags: [(Setting, String)] = [], set: [String] = [], authorities: String? = nil,
    environment: [String: String] = [:],
    file: String = ""
  ) throws -> Configuration {
    var layer = SettingLayer()
    for (setting, text) in flags { layer.flag(setting, text) }
    return Configuration(
      flags: layer, assignments: set, authorities: authorities, environment: environment,
      file: try ConfigurationFile(file, name: "c.toml"))
  }

  @Test func aSettingComesFromTheFirstThatSaysIt() throws {
    let (flag, variable, file) = ([(Setting.seed, "1")], ["ETASCOPE_SEED": "2"], "seed = 3")
    #expect(try configuration(flags: flag, environment: variable, file: file).settings().seed == 1)
    #expect(try configuration(environment: variable, file: file).settings().seed == 2)
    #expect(try configuration(file: file).settings().seed == 3)
    #expect(try configuration().settings().seed == 1)
  }

  /// Every setting is read from its variable and from its key in the file; the flag hides both.
  @Test(arguments: Setting.allCases)
  func everySettingIsSaidByEverySource(_ setting: Setting) throws {
    let environment = SettingLayer(environment: [setting.variable: "variable"])
    let file = try ConfigurationFile("\(setting.rawValue) = \"file\"", name: "c.toml").layer
    #expect(environment[setting] == "variable")
    #expect(file[setting] == "file")
    #expect(environment.over(file)[setting] == "variable")
    var flags = SettingLayer()
    flags.flag(setting, "flag")
    #expect(flags.over(environment).over(file)[setting] == "flag")
    #expect(SettingLayer().over(file) == file)
  }

  @Test func anythingInTheFileThatIsNoSettingIsRefused() {
    let error = #expect(throws: LabError.self) { try ConfigurationFile("colour = \"red\"", name: "c.toml") }
    #expect(error?.kind == .settings)
    #expect(error?.description.hasPrefix("c.toml: colour: expected one of ascii, author, critic, ") == true)
    let syntax = #expect(throws: LabError.self) { try ConfigurationFile("seed = 1\nseed =", name: "c.toml") }
    #expect(syntax?.description.hasPrefix("c.toml:2: ") == true)
  }

  @Test func authoritiesAreAFileOfCertificates() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "ca-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func file(_ name: String, _ text: String) throws -> String {
      try Data(text.utf8).write(to: folder.appending(path: name))
      return folder.appending(path: name).path(percentEncoded: false)
    }
    let pem = try file("own.pem", "-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n")
    let other = try file("other.pem", "-----BEGIN CERTIFICATE-----\nMQ==\n-----END CERTIFICATE-----\n")
    let none = try file("none.pem", "no certificate\n")
    #expect(try configuration().models().server.authorities == nil)
    let remote = [(Setting.model, "https://models.example")]
    #expect(try configuration(flags: remote, environment: ["SSL_CERT_FILE": pem]).models().server.authorities == pem)
    #expect(try configuration(environment: ["SSL_CERT_FILE": "/no/such"]).models().server.authorities == nil)
    let both = try configuration(authorities: other, environment: ["SSL_CERT_FILE": pem]).models()
    #expect(both.server.authorities == other && both.rolloutServer.authorities == other)
    #expect(try configuration(file: "[server]\nca = \"\(pem)\"").models().server.authorities == pem)
    for (flag, words) in [
      (none, "--ca: \(none): expected certificates in PEM, found none"), ("/no/such", "--ca: /no/such: no such file"),
      ("/dev/zero", "--ca: /dev/zero: expected a plain file, found a device"),
    ] {
      let error = #expect(throws: LabError.self) { try configuration(authorities: flag).models() }
      #expect(error?.description == words)
    }
    let error = #expect(throws: LabError.self) {
      try configuration(flags: remote, environment: ["SSL_CERT_FILE": "/no/such"]).models()
    }
    #expect(error?.description == "SSL_CERT_FILE: /no/such: no such file")
  }

  @Test(arguments: ["ftp://me:pw1234@h", "htp://me:pw1234@h:80/v1", "  ws://me:pw1234@h", "me:pw1234@h:80/v1"])
  func aURLOfAnotherKindIsRefusedUnquoted(_ text: String) {
    let error = #expect(throws: LabError.self) { try configuration(flags: [(.model, text)]).models() }
    #expect(error?.description == "--model: expected a URL that begins with http:// or https://")
  }

  @Test func aURLWithBlanksAroundItIsAURL() throws {
    let models = try configuration(flags: [(.model, " http://me:pw1234@127.0.0.1:1 ")]).models()
    #expect(models.policy == .servers(["http://me:pw1234@127.0.0.1:1"]))
  }

  @Test func aKeyThatNoHeaderHoldsIsRefusedUnquoted() {
    let environment = ["ETASCOPE_API_KEY": "sk-1234\r\nX-Evil: 1"]
    let error = #expect(throws: LabError.self) {
      try configuration(flags: [(.model, "http://127.0.0.1:1")], environment: environment).models()
    }
    #expect(
      error?.description == "ETASCOPE_API_KEY: expected a key of printable ASCII characters on one line, found others")
  }

  @Test func whatWouldEndTheProcessIsRefused() {
    for (text, message) in [
      ("seed = 1\n[", "c.toml:2: expected ] at the end of the line"),
      (String(repeating: "a.", count: 200_000) + "a = 1", "c.toml:1: expected a key of at most 8 parts"),
    ] {
      let error = #expect(throws: LabError.self) { try ConfigurationFile(text, name: "c.toml") }
      #expect(error?.description == message)
    }
  }

  @Test func modelsAreListsOfURLsOrOneOfAnythingElse() throws {
    let urls = ["http://a:1", "http://b:1"]
    #expect(
      try configuration(environment: ["ETASCOPE_MODEL": urls.joined(separator: " ")]).models().policy == .servers(urls))
    #expect(try configuration(file: "model = [\"http://a:1\", \"http://b:1\"]").models().policy == .servers(urls))
    #expect(
      try configuration(file: "model = \"a folder/with spaces\"").models().policy == .folder("a folder/with spaces"))
    #expect(try configuration(flags: [(.rolloutModel, "m.gguf")]).models().rollouts == .gguf("m.gguf"))
    #expect(try configuration().models().policy == nil)
    let error = #expect(throws: LabError.self) { try configuration(file: "model = [\"a\", \"b\"]").models() }
    #expect(error?.description.hasPrefix("c.toml: model: expected one model folder or GGUF file") == true)
  }

  /// The preset, then the file's table, then named flags, then `--set`.
  @Test func parametersAreSetFromTheGeneralToTheParticular() throws {
    let file = "preset = \"vanilla\"\nsimulations = 5\n[parameters]\n\"depth.maximum\" = 7\n\"search.workers\" = 2"
    let settings = try configuration(
      flags: [(.workers, "3")], set: ["search.workers=4", "rollout.count=9"], file: file
    ).settings()
    #expect(settings.preset == "vanilla")
    var expected = try Preset.named("vanilla")
    for (id, text) in [
      ("limit.simulations", "5"), ("depth.maximum", "7"), ("search.workers", "4"), ("rollout.count", "9"),
    ] { try expected.set(id, to: text) }
    #expect(settings.parameters == expected)
  }

  @Test func criticsAreThoseThatAreNamedAndTheOthersAsTheyAre() throws {
    let all = ModelSet.criticWeights
    #expect(try configuration().settings().critics == all)
    let chosen = try configuration(flags: [(.critics, "value=2, prm=0")]).settings().critics
    #expect(chosen.first { $0.name == CriticName.value }?.weight == 2)
    #expect(chosen.count == all.count - 1 && !chosen.contains { $0.name == CriticName.prm })
    // Only a folder has a head for the value: a model that is asked for words has none.
    let asked = try configuration(flags: [(.criticModel, "http://a:1")]).settings().critics.map(\.name)
    #expect(!asked.contains(CriticName.value))
    #expect(asked.contains(CriticName.prm) && asked.contains(CriticName.orm))
    let own = try configuration(file: "[critic.style]\nkind = \"judge\"\nweight = 0.5").settings().critics
    #expect(own.last?.name == "style" && own.last?.weight == 0.5)
  }

  @Test(arguments: [
    ("seed", "-1", "--seed: expected a whole number from 0 to 18446744073709551615, found '-1'"),
    ("watchdogs", "loud", "--watchdogs: expected one of pause, warn, off, found 'loud'"),
    ("critics", "nobody=1", "--critics: unknown critic 'nobody'; expected some of "),
    ("critics", "value=x", "--critics: value: expected a weight of 0 or more, found 'x'"),
  ])
  func whatCannotBeUsedIsRefusedInOneLine(_ key: String, _ text: String, _ words: String) throws {
    let setting = try #require(Setting(rawValue: key))
    let configuration = try configuration(flags: [(setting, text)])
    let error = #expect(throws: LabError.self) { try configuration.settings() }
    #expect(error?.kind == .settings)
    #expect(error?.description.hasPrefix(words) == true, "\(error?.description ?? "")")
    // Who asks for something else is not troubled.
    #expect(configuration.workspace.hasSuffix("/etascope/etascope.sqlite"))
  }

  @Test func placesFollowTheEnvironment() throws {
    #expect(try configuration(environment: ["HOME": "/h"]).workspace == "/h/.local/share/etascope/etascope.sqlite")
    #expect(try configuration(environment: ["XDG_DATA_HOME": "/d"]).workspace == "/d/etascope/etascope.sqlite")
    #expect(try configuration(environment: ["USER": "ann", "LOGNAME": "bob"]).author == "ann")
    #expect(try configuration(environment: ["USER": "ann"], file: "author = \"eve\"").author == "eve")
  }

  @Test func whatIsDrawnIsSaidLikeEverythingElse() throws {
    #expect(try configuration().isASCII == nil)
    #expect(try configuration(file: "ascii = true\nmouse = false").isASCII == true)
    #expect(try configuration(file: "ascii = false").isASCII == false)
    #expect(try configuration(file: "mouse = false").usesMouse == false)
    #expect(try configuration(flags: [(.mouse, "false")], file: "mouse = true").usesMouse == false)
  }

  /// A table of servers is checked whoever is asked; a key is looked for only where somebody is.
  @Test func serversAreSpokenToAsTheFileSays() throws {
    let file = "[server]\nconcurrency = 3\nkey-file = \"/nowhere/key\"\n[rollout-server]\nconcurrency = 5"
    let models = try configuration(file: file).models()
    #expect(models.server.concurrency == 3)
    #expect(throws: LabError.self) { try configuration(flags: [(.model, "http://a:1")], file: file).models() }
    let served = try configuration(
      flags: [(.model, "http://a:1"), (.rolloutModel, "http://b:1")], environment: ["ETASCOPE_API_KEY": "k"], file: file
    ).models()
    #expect(served.rolloutServer.concurrency == 5)
    #expect(served.serverKey != nil)
  }
}
