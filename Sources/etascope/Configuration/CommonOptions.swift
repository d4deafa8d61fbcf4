import ArgumentParser

/// Options that most commands share. Nil means "not given here": the environment or the config file may say it.
struct CommonOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The workspace file.", valueName: "path"))
  var workspace: String?
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
