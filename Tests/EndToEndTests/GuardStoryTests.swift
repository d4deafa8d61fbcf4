import Foundation
import Testing

/// Leaks are refused where something enters the dataset and where it leaves it.
@Suite(.ownThread)
struct GuardStoryTests {
  private let scratch: Scratch
  private let workspace: String
  private let run: String

  /// A problem that is searched; its story with other names is held out.
  init() throws {
    scratch = try Scratch()
    workspace = scratch.path("w.sqlite")
    let problems = try scratch.file(
      "p.jsonl",
      #"{"id":"own","question":"Ana has 14 pens. Ben has 9 pens. Ana buys 2 boxes of 5 pens. How many pens does Ana have now?","answer":"24"}"#
        + "\n")
    _ = try scratch.file(
      "held.jsonl",
      #"{"id":"measured","question":"Zoe has 14 cups. Tom has 9 cups. Zoe buys 2 bags of 5 cups. How many cups does Zoe have now?"}"#
        + "\n")
    let search = try Program.run(
      ["search", problems, "--simulations", "12", "--preset", "etascope", "--json", "--workspace", workspace])
    run = try #require(search.object?["run"] as? String, "\(search.errors)")
  }

  private func program(_ arguments: String..., environment: [String: String?] = [:]) throws -> Program.Outcome {
    try Program.run(arguments + ["--workspace", workspace], environment: environment)
  }

  @Test func aLeakRefusesACommitUntilItIsLetThrough() throws {
    let held = scratch.path("held.jsonl")
    let refused = try program("dataset", "commit", run, "--held-out", held)
    #expect(refused.code == 1 && refused.output.isEmpty)
    #expect(
      refused.errors.contains("\(run): not committed: held-out: “Ana has 14 pens.")
        && refused.errors.contains("the same story with other names, measured (held.jsonl)"), "\(refused.errors)")
    // The config file may say it as well.
    let config = try scratch.file("etascope.toml", "held-out = [\"\(held)\"]\n")
    #expect(try program("dataset", "commit", run, "--config", config).code == 1)
    #expect(try program("dataset", "list").lines.isEmpty)
    let allowed = try program("dataset", "commit", run, "--held-out", held, "--allow-leak")
    #expect(allowed.code == 0 && allowed.lines.count == 1, "\(allowed.errors)")
    #expect(allowed.errors.contains("committed all the same: held-out:"))
    // Committed twice: told, and done.
    let twice = try program("dataset", "commit", run)
    #expect(twice.code == 0 && twice.errors.contains("committed all the same: committed-already:"), "\(twice.errors)")
    #expect(try program("dataset", "verify").code == 0)

    let out = scratch.path("out")
    let export = try program("dataset", "export", out, "--format", "stepwise", "--held-out", held)
    #expect(export.code == 1 && !FileManager.default.fileExists(atPath: out))
    #expect(
      export.errors.contains("own: held-out: “Ana has 14 pens.") && export.errors.contains("1 leaks in 1 problems"))
    let written = try program("dataset", "export", out, "--format", "stepwise", "--held-out", held, "--allow-leak")
    #expect(written.code == 0, "\(written.errors)")
    let card = try String(contentsOf: URL(filePath: out + "/README.md"), encoding: .utf8)
    #expect(card.contains("- Questions that have something of the 1 held-out problems of `held.jsonl`: 1\n"), "\(card)")
    #expect(card.contains("- Let through by --allow-leak: own: held-out: “Ana has 14 pens."))
    #expect(!card.contains(scratch.path("")))
    #expect(try program("dataset", "export", out, "--format", "stepwise").code == 0)
  }

  @Test func aFileThatCannotBeUsedIsNamed() throws {
    let missing = try program("dataset", "commit", run, "--held-out", scratch.path("none"))
    #expect(missing.code == 1 && missing.message == "etascope: \(scratch.path("none")): no such file")
    #expect(try program("dataset", "list").lines.isEmpty)
  }
}
