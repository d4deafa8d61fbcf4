import Foundation
import Testing

/// Arguments that cannot be used: exit code 2 and one line.
@Suite(.ownThread)
struct BadArgumentTests {
  private static let problem = Program.problems("easy")

  @Test(arguments: [
    (["search", problem, "--simulations", "0"], "simulations"),
    (["search", problem, "--simulations", "many"], "simulations"),
    (["search", problem, "--tokens", "-1"], "tokens"),
    (["search", problem, "--seconds", "nan"], "seconds"),
    (["search", problem, "--temperature", "-0.1"], "temperature"),
    (["search", problem, "--critics", "oracle=1"], "unknown critic 'oracle'"),
    (["search", problem, "--critics", "value=-1"], "value: expected a weight"),
    (["search", problem, "--critics", "value=inf"], "value: expected a weight"),
    (["search", problem, "--critics", "=1"], "unknown critic"),
    (["search", problem, "--set", "no.such=1"], "unknown parameter 'no.such'"),
    (["search", problem, "--set", "depth.maximum"], "expected PARAMETER=VALUE"),
    (["search", problem, "--set", "depth.maximum=0"], "depth.maximum: expected"),
    (["search", problem, "--set", "\u{1B}[2J=0"], "unknown parameter"),
    (["search", problem, "--seed=-1"], "--seed: expected"),
    (["search", problem, "--seed", "99999999999999999999"], "--seed: expected"),
    (["search", problem, "--preset", "nothing"], "nothing"),
    (["search", problem, "--first", "x"], "x"),
    (["search", problem, "--first", "0"], "--first: expected"),
    (["search", problem, "--shard", "0/4"], "--shard: expected K/N"),
    (["search", problem, "--shard", "5/4"], "--shard: expected K/N"),
    (["search", problem, "--shard", "3"], "--shard: expected K/N"),
    (["run", "import"], "workspace"),
    (["search", problem, "--model", "a", "--model", "b"], "--model: expected one model folder"),
    (["search", problem, "--bogus"], "--bogus"),
    (["search", problem, "--\u{1B}[2J"], "option"),
    (["search", problem, "second"], "second"),
    (["search"], "problems"),
    (["dataset", "bogus"], "bogus"),
    (["run", "show"], "id"),
    (["run", "export", "x", "--format", "pdf"], "--format"),
    (["search", problem, "--config", "no-such-file.toml"], "no-such-file.toml: the configuration file cannot be read"),
    (["evaluate", problem, "--seeds", "a"], "--seeds"),
    (["evaluate", problem, "--jobs", "0"], "--jobs"),
    (["benchmark", "model", "--tokens", "0"], "--tokens"),
    (["train", problem], "output"),
    (["train", problem, "-o", "out", "--trainer", "nobody"], "--trainer: expected one of embedded"),
    (["improve", problem, "--skip", "evaluate,promote", "--trainer", "nobody"], "--trainer: expected one of embedded"),
    (["train", problem, "-o", "out", "--learning-rate", "0"], "learning rate: expected a number above 0"),
    (["train", problem, "-o", "out", "--epochs", "0"], "epochs: expected"),
    (["train", problem, "-o", "out", "--prompt-weight", "2"], "prompt weight: expected"),
    (["train", problem, "-o", "out", "--precision", "int4"], "--precision: expected float32 or float16"),
    (["train", problem, "-o", "out", "--threads", "0"], "--threads: expected"),
    (["benchmark", "training", "--steps", "1"], "--steps: expected"),
    (["benchmark", "training", "--python", "/nowhere/python"], "--python: expected a program"),
    (["themes", "bogus"], "bogus"),
  ])
  func isRefused(_ arguments: [String], _ said: String) throws {
    let scratch = try Scratch()
    let result = try Program.run(arguments, environment: ["ETASCOPE_WORKSPACE": scratch.path("w.sqlite")])
    #expect(result.code == 2)
    let message = try #require(result.message, "\(result.errors)")
    #expect(message.hasPrefix("etascope: "))
    #expect(message.contains(said))
    #expect(result.output.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: scratch.path("w.sqlite")))
  }

  @Test(arguments: [
    ("colour = 1\n", ": colour: expected one of"),
    ("seed = = 1\n", ":1: "),
    ("simulations = 0\n", "simulations"),
    ("[parameters]\nnothing = 1\n", "nothing"),
    ("seed = -4\n", "seed"),
  ])
  func aBadConfiguration(_ text: String, _ said: String) throws {
    let scratch = try Scratch()
    let file = try scratch.file("etascope.toml", text)
    let result = try Program.run([
      "search", Self.problem, "--config", file, "--workspace", scratch.path("w.sqlite"),
    ])
    #expect(result.code == 2)
    let message = try #require(result.message, "\(result.errors)")
    #expect(message.contains(said))
    if said.hasPrefix(":") { #expect(message.hasPrefix("etascope: \(file)")) }
  }

  @Test func theExplorerNeedsATerminal() throws {
    for arguments in [[], ["explore"], [Self.problem]] {
      let result = try Program.run(arguments)
      #expect(result.code == 2)
      #expect(result.message?.contains("is not a terminal") == true)
    }
  }

  @Test func helpAndVersionAreNoErrors() throws {
    #expect(try Program.run(["--version"]).lines.count == 1)
    let help = try Program.run(["--help"])
    #expect(help.code == 0)
    #expect(help.errors.isEmpty)
    #expect(help.output.contains("search"))
  }
}
