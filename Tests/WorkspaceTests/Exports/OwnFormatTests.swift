import Foundation
import Testing
import TreeSearch
import Workspace

/// Formats that this target adds from outside, with what the module offers to everybody.
@Suite struct OwnFormatTests {
  /// Question and answer, for those who train on answers alone.
  private static let answers = DatasetFormat(
    name: "answers", help: "answers alone",
    columns: [DatasetColumn("question", .text, meaning: "The question."), .init("n", .integer, meaning: "Steps.")],
    rule: { _ in "One row for each path that may be imitated and states an answer." },
    rows: { commit, source in
      guard source.isExample(commit), commit.trajectory.answer != nil else { return [] }
      return [
        ["question": .text(commit.trajectory.problem.question), "n": .integer(commit.trajectory.steps.count)]
      ]
    })

  private func workspace(_ scratch: Scratch) throws -> (Workspace, run: String) {
    let workspace = try Workspace.forTests(scratch.file("w.sqlite"))
    let (run, _) = try ScriptedDriver.run(in: workspace)
    try workspace.commit(run: run, node: NodeID(3))
    return (workspace, run)
  }

  @Test func aFormatOfOnesOwnIsExported() throws {
    let scratch = try Scratch()
    let (workspace, run) = try workspace(scratch)
    let export = try workspace.export(format: Self.answers, to: scratch.file("out"))
    let id = try #require(try workspace.commitLog().entries.first).id
    #expect(
      String(decoding: try scratch.bytes("out/data/train.jsonl"), as: UTF8.self)
        == #"{"answer":"5","commit":"\#(id)","correct":true,"finished":true,"n":2,"node":3,"note":"","problem":"sum-1","#
        + #""problem_split":"train","question":"What is 2 + 3?","run":"\#(run)","verdict":null,"who":"ada"}"# + "\n")
    let card = String(decoding: export.card, as: UTF8.self)
    #expect(card.contains("# Search trajectories: answers\n"))
    #expect(card.contains("  - name: n\n    dtype: int64\n"))
    #expect(card.contains("- `n` (int64): Steps.\n"))
    #expect(card.contains("One row for each path that may be imitated and states an answer."))
  }

  @Test func aRowWithOtherColumnsIsRefused() throws {
    let scratch = try Scratch()
    let (workspace, _) = try workspace(scratch)
    let wrong = DatasetFormat(
      name: "wrong", help: "", columns: [.prompt], rule: { _ in "" }, rows: { _, _ in [["promt": .text("")]] })
    #expect { try workspace.export(format: wrong, to: scratch.file("out")) } throws: {
      "\($0)" == "format wrong: a row does not have the format's columns: prompt, promt"
    }
    #expect(!FileManager.default.fileExists(atPath: scratch.file("out")))
  }

  @Test func everyFormatIsFoundByItsName() {
    #expect(Set(DatasetFormat.all.map(\.name)).count == DatasetFormat.all.count)
    for format in DatasetFormat.all { #expect(DatasetFormat.named(format.name) == format) }
    #expect(DatasetFormat.named("answers") == nil)
  }

  @Test func aRunIsWrittenInAFormatOfOnesOwn() throws {
    let scratch = try Scratch()
    let (workspace, run) = try workspace(scratch)
    let lines = RunFormat(name: "lines", help: "the options alone") { export in
      Data(export.shown.compactMap { export.tree.details[$0.offset].option?.text }.joined().utf8)
    }
    let data = try workspace.export(run: run, format: lines)
    #expect(String(decoding: data, as: UTF8.self) == "2 + 3 = 5\n2 + 3 = 6\n#### 5\n")
    #expect(
      RunFormat.all.map(\.name) == [
        "json", "dot", "markdown", "csv", "graphml", "mermaid", "html", "inspect", "otlp", "tree-of-thoughts", "openr",
      ])
    #expect(RunFormat.named("dot")?.help == RunFormat.dot.help)
  }
}
