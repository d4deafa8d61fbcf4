import ArgumentParser
import Foundation
import Lab
import TreeSearch
import Workspace

/// Options that most commands share. Nil means "not given here": the environment or the config file may say it.
struct CommonOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The workspace file.", valueName: "path"))
  var workspace: String?
  @Option(
    name: .customLong("as"),
    help: ArgumentHelp("Who commits and labels (default: the system's name of you).", valueName: "name"))
  var author: String?
  @Option(
    help: ArgumentHelp(
      "The policy: a model folder, a GGUF file, or the URL of a server (default: the embedded model). Repeated: more URLs of one model. recording:RUN answers from a run's journal; a model after it goes on where that ends.",
      valueName: "spec"))
  var model: [String] = []
  @Option(
    help: ArgumentHelp(
      "The model of fast rollouts: a folder, a file or URLs, like --model (default: the policy).", valueName: "spec"))
  var rolloutModel: [String] = []
  @Option(
    help: ArgumentHelp(
      "What is started for a GGUF file, with options of your own as in 'llama-server -ngl 99' (default: llama-server).",
      valueName: "command"))
  var llamaServer: String?
  @Option(
    help: ArgumentHelp(
      "What a served model is shown: a file, or one of the names in SampleData/Prompts (default: few-shot, and chat for a chat).",
      valueName: "name|file"))
  var prompt: String?
  @Option(
    help: ArgumentHelp(
      "Most tokens of thinking before a step, beyond the step's own (default: 2048).", valueName: "count"))
  var thinkingTokens: String?
  @Option(
    help: ArgumentHelp(
      "Certificates, PEM, by which servers' are checked (default: SSL_CERT_FILE, else the system's).",
      valueName: "file"))
  var ca: String?
  @Option(
    help: ArgumentHelp(
      "What the learned critics are read from: a folder with heads, or a model like --model, asked for a word (default: the embedded heads).",
      valueName: "spec"))
  var criticModel: [String] = []
  @Option(help: ArgumentHelp("Critics and weights, as in value=1,prm=1,orm=1,calculator=1; 0 switches one off."))
  var critics: String?
  @Option(help: "A named set of engine parameters: alphallm.")
  var preset: String?
  @Option(help: "Simulations for each problem.")
  var simulations: String?
  @Option(help: "Stop a problem after this many generated tokens.")
  var tokens: String?
  @Option(help: "Stop a problem after this many seconds.")
  var seconds: String?
  @Option(help: "Seed of every random choice.")
  var seed: String?
  @Option(help: "Requests in flight at once; with 1 the seed determines a run.")
  var workers: String?
  @Option(help: "Sampling temperature of options.")
  var temperature: String?
  @Option(
    help: ArgumentHelp(
      "What watchdogs do when a search is broken: pause (the explorer's default), warn (without a terminal) or off.",
      valueName: "mode"))
  var watchdogs: String?
  @Option(
    help: ArgumentHelp(
      "Recalibrate a critic before its scores count, by the file that dataset critics --calibrate writes. Repeated: more critics.",
      valueName: "file"))
  var calibration: [String] = []
  @Option(name: .customLong("set"), help: ArgumentHelp("Any engine parameter.", valueName: "parameter=value"))
  var set: [String] = []
  @Option(help: ArgumentHelp("The configuration file.", valueName: "file"))
  var config: String?
  @Option(help: "The colour theme; `etascope themes` lists them.")
  var theme: String?
  @Flag(help: "Draw with ASCII characters only.")
  var ascii = false
  @Flag(help: "Leave the mouse to the terminal.")
  var noMouse = false
  @Flag(help: "JSON Lines on standard output; messages and progress on standard error.")
  var json = false
  @Option(help: "trace, debug, info, warning or error.")
  var logLevel: String?
}

extension CommonOptions {
  /// What the flags say.
  var flags: SettingLayer {
    var layer = SettingLayer()
    layer.flag(.workspace, workspace)
    layer.flag(.author, author)
    layer.flag(.model, model)
    layer.flag(.rolloutModel, rolloutModel)
    layer.flag(.criticModel, criticModel)
    layer.flag(.llamaServer, llamaServer)
    layer.flag(.prompt, prompt)
    layer.flag(.thinkingTokens, thinkingTokens)
    layer.flag(.critics, critics)
    layer.flag(.preset, preset)
    layer.flag(.simulations, simulations)
    layer.flag(.tokens, tokens)
    layer.flag(.seconds, seconds)
    layer.flag(.seed, seed)
    layer.flag(.workers, workers)
    layer.flag(.temperature, temperature)
    layer.flag(.watchdogs, watchdogs)
    layer.flag(.theme, theme)
    if ascii { layer.flag(.ascii, "true") }
    if noMouse { layer.flag(.mouse, "false") }
    layer.flag(.logLevel, logLevel)
    return layer
  }

  /// The flags before the environment before the config file. Throws `LabError` for a file that cannot be used.
  func configuration() throws -> Configuration {
    let environment = ProcessInfo.processInfo.environment
    let calibrations =
      calibration.isEmpty
      ? [] : ["\(SearchParameters.calibration.id)=\(try CalibrationFile.parameter(of: calibration))"]
    return Configuration(
      flags: flags, assignments: calibrations + set, authorities: ca, environment: environment,
      file: try ConfigurationFile(path: config, environment: environment))
  }
}

/// Opens the workspace that the options name.
enum WorkspaceAccess {
  /// For commands that only look: the file must exist and is not touched.
  static func reading(_ options: CommonOptions) throws -> Workspace {
    try Workspace(path: options.configuration().workspace, readOnly: true)
  }

  /// For commands that change something.
  static func writing(_ options: CommonOptions) throws -> Workspace {
    let configuration = try options.configuration()
    return try Workspace(path: configuration.workspace, author: configuration.author)
  }
}
