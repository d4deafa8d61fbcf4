import Foundation
import Testing
import TreeInsight
import TreeSearch
import Vocabulary

@testable import Workspace

@Suite struct DatasetExportTests {
  /// A log with the commit of node 3 and its id.
  private func log(labels: [Int: StepLabel] = [:], node: Int = 3) throws -> (log: CommitLog, id: String, run: String) {
    let scratch = try Scratch()
    let workspace = try Workspace.forTests(scratch.file("w.sqlite"))
    let (run, _) = try ScriptedDriver.run(in: workspace)
    let entry = try workspace.commit(run: run, node: NodeID(node), judgement: Judgement(steps: labels))
    return (try workspace.commitLog(), entry.id, run)
  }

  private func text(_ log: CommitLog, _ format: DatasetFormat, _ options: DatasetOptions = DatasetOptions()) throws
    -> String
  {
    String(decoding: try DatasetExport(log, format: format, options: options).data, as: UTF8.self)
  }

  @Test func promptCompletion() throws {
    let (log, id, run) = try log()
    #expect(
      try text(log, .promptCompletion)
        == #"{"answer":"5","commit":"\#(id)","completion":"2 + 3 = 5\n#### 5\n","correct":true,"finished":true,"node":3,"note":"","#
        + #""problem":"sum-1","problem_split":"train","prompt":"What is 2 + 3?\n","run":"\#(run)","verdict":null,"who":"ada"}"#
        + "\n")
  }

  @Test func conversational() throws {
    let (log, id, run) = try log()
    #expect(
      try text(log, .conversational)
        == #"{"answer":"5","commit":"\#(id)","correct":true,"finished":true,"messages":"#
        + #"[{"content":"What is 2 + 3?","role":"user"},{"content":"2 + 3 = 5\n#### 5","role":"assistant"}],"node":3,"note":"","#
        + #""problem":"sum-1","problem_split":"train","run":"\#(run)","verdict":null,"who":"ada"}"# + "\n")
  }

  @Test func preference() throws {
    let (log, id, run) = try log()
    let step = try #require(log.entries[0].trajectory?.steps[0])
    let (q, worse) = (try #require(step.q), try #require(step.siblings[0].q))
    #expect(
      try text(log, .preference)
        == #"{"answer":"5","chosen":"2 + 3 = 5\n","chosen_score":\#(q),"commit":"\#(id)","correct":true,"finished":true,"#
        + #""node":1,"note":"","problem":"sum-1","problem_split":"train","prompt":"What is 2 + 3?\n","rejected":"2 + 3 = 6\n","#
        + #""rejected_score":\#(worse),"run":"\#(run)","step":0,"verdict":null,"who":"ada"}"# + "\n")
  }

  @Test func stepwise() throws {
    let (log, id, run) = try log()
    #expect(
      try text(log, .stepwise)
        == #"{"answer":"5","commit":"\#(id)","completions":["2 + 3 = 5",\#u{22}#### 5"],"correct":true,"finished":true,"#
        + #""label_sources":["prm","prm"],"labels":[true,true],"node":3,"note":"","prm":[0.9,0.7],"problem":"sum-1","#
        + #""problem_split":"train","prompt":"What is 2 + 3?","run":"\#(run)","verdict":null,"who":"ada"}"# + "\n")
  }

  @Test func aWorseOptionThanItsSiblingsIsNotPreferred() throws {
    let (log, _, _) = try log(node: 2)
    #expect(try DatasetExport(log, format: .preference).rows == 0)
    #expect(try DatasetExport(log, format: .preference).skipped == 1)
  }

  @Test func aPersonsLabelsGoBeforeTheCritics() throws {
    let (log, _, _) = try log(labels: [1: .bad, 3: .neutral])
    let row = try text(log, .stepwise)
    #expect(row.contains(#""labels":[false,false]"#) && row.contains(#""label_sources":["human","human"]"#))
    #expect(row.contains(#""prm":[0.9,0.7]"#))
    let kind = try text(log, .stepwise, DatasetOptions(neutralCountsAsGood: true))
    #expect(kind.contains(#""labels":[false,true]"#))
    // Nothing comes before the bad step that could be imitated.
    #expect(try DatasetExport(log, format: .promptCompletion).rows == 0)
    #expect(try DatasetExport(log, format: .conversational).rows == 0)
  }

  /// A log of one commit whose two steps have the given facts.
  private func handMade(_ steps: [TrajectoryStep]) throws -> CommitLog {
    let full = try #require(try log().log.entries[0].trajectory)
    var trajectory = full
    trajectory.steps = steps
    return CommitLog([try CommitEntry(previous: nil, at: "t", who: "w", note: "", content: .commit(trajectory))])
  }

  @Test func withoutAPRMTheRewardJudgesAndWithoutBothTheRowEnds() throws {
    let judged = TrajectoryStep(node: 1, visits: 1, q: 0.4, reward: 0.49)
    let unknown = TrajectoryStep(node: 3, visits: 0, q: nil, reward: nil)
    let row = try text(try handMade([judged, unknown]), .stepwise)
    #expect(row.contains(#""completions":["2 + 3 = 5"]"#) && row.contains(#""labels":[false]"#))
    #expect(row.contains(#""label_sources":["reward"]"#) && row.contains(#""prm":[null]"#))
    #expect(try DatasetExport(try handMade([unknown, judged]), format: .stepwise).rows == 0)
  }

  @Test func preferencesNeedKnownAndLowerWorthAndOtherText() throws {
    func sibling(_ node: Int, _ option: String, q: Double?, reward: Double?) -> SiblingOption {
      SiblingOption(node: node, option: option, visits: q == nil ? 0 : 1, q: q, reward: reward)
    }
    let first = TrajectoryStep(
      node: 1, visits: 1, q: 0.5, reward: 0.9,
      siblings: [
        sibling(2, "a", q: 0.5, reward: 0.1), sibling(4, "b", q: nil, reward: 0.25),
        sibling(5, "c", q: nil, reward: nil),
        sibling(6, "2 + 3 = 5\n", q: 0.125, reward: 0), sibling(7, "d", q: 0.375, reward: 1),
      ])
    let second = TrajectoryStep(
      node: 3, visits: 0, q: nil, reward: nil, siblings: [sibling(8, "e", q: 0, reward: 0)])
    let log = try handMade([first, second])
    let rows = try DatasetFormat.preference.rows(of: log)
    #expect(rows.map { $0["rejected"] } == [.text("b"), .text("d")])
    #expect(rows.map { $0["rejected_score"] } == [.number(0.25), .number(0.375)])
  }

  @Test func laterForksCarryTheOptionsBeforeThem() throws {
    let first = TrajectoryStep(node: 1, visits: 1, q: 0.5, reward: 0.5)
    let second = TrajectoryStep(
      node: 3, visits: 1, q: 0.5, reward: 0.5,
      siblings: [SiblingOption(node: 4, option: "e\n", visits: 1, q: 0.25, reward: 0.25)])
    let rows = try DatasetFormat.preference.rows(of: handMade([first, second]))
    #expect(rows.map { $0["prompt"] } == [.text("What is 2 + 3?\n2 + 3 = 5\n")])
    #expect(rows[0]["step"] == .integer(1) && rows[0]["node"] == .integer(3))
  }

  @Test(arguments: DatasetFormat.all) func everyRowHasTheColumnsOfTheCard(_ format: DatasetFormat) throws {
    let (log, _, _) = try log()
    let columns = format.allColumns.map(\.name)
    #expect(Set(columns).count == columns.count)
    let card = String(decoding: try DatasetExport(log, format: format).card, as: UTF8.self)
    for column in columns { #expect(card.contains("  - name: \(column)\n") && card.contains("- `\(column)` (")) }
    #expect(
      card.hasPrefix(
        "---\nlicense: \"unknown\"\nlanguage:\n- \"en\"\npretty_name: \"Search trajectories: \(format.name)\"\n"))
    #expect(card.contains("size_categories:\n- n<1K\n") && card.contains("    path: data/train.jsonl\n"))
  }

  @Test(arguments: DatasetFormat.all) func theSameLogGivesTheSameBytes(_ format: DatasetFormat) throws {
    #expect(try DatasetExport(try log().log, format: format) == DatasetExport(try log().log, format: format))
  }

  @Test func namesInTheCardCannotBreakOut() throws {
    let (log, _, _) = try log()
    let options = DatasetOptions(name: "x\"\n---\n# y`<b>\u{1B}", license: "a: b\n")
    let card = String(decoding: try DatasetExport(log, format: .stepwise, options: options).card, as: UTF8.self)
    #expect(card.components(separatedBy: "\n---\n").count == 2)
    #expect(
      card.contains(#"pretty_name: "x\"\n---\n# y`<b>\u001b: stepwise""# + "\n") && card.contains(#"license: "a: b\n""#)
    )
    #expect(!card.contains("\u{1B}"))
  }

  @Test func undoneCommitsLeaveTheExports() throws {
    let scratch = try Scratch()
    let path = scratch.file("w.sqlite")
    let workspace = try Workspace.forTests(path)
    let (run, _) = try ScriptedDriver.run(in: workspace)
    let entry = try workspace.commit(run: run, node: NodeID(3))
    try workspace.undoCommit(entry.id)
    let folder = scratch.file("out")
    #expect { try workspace.export(format: .stepwise, to: folder) } throws: {
      "\($0)" == "\(folder): the log gives no rows of the form stepwise: nothing to write"
    }
    #expect(!FileManager.default.fileExists(atPath: folder))
  }

  @Test func foldersAreReplacedOnlyWhereTheyAreExports() throws {
    let scratch = try Scratch()
    let workspace = try Workspace.forTests(scratch.file("w.sqlite"))
    let (run, _) = try ScriptedDriver.run(in: workspace)
    try workspace.commit(run: run, node: NodeID(3))
    let folder = scratch.file("deep/out")
    try workspace.export(format: .stepwise, to: folder)
    let first = try DatasetExport(workspace.commitLog(), format: .stepwise)
    #expect(try scratch.bytes("deep/out/data/train.jsonl") == first.data)
    #expect(try scratch.bytes("deep/out/README.md") == first.card)
    try workspace.export(format: .preference, to: folder + "/")
    let second = try DatasetExport(workspace.commitLog(), format: .preference)
    #expect(try scratch.bytes("deep/out/data/train.jsonl") == second.data && second.data != first.data)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.file("deep")) == ["out"])

    _ = try scratch.write("deep/out/notes.txt", [1])
    #expect { try workspace.export(format: .stepwise, to: folder) } throws: {
      "\($0)" == "\(folder): expected an empty folder or an earlier export, found other files; they are left alone"
    }
    #expect(try scratch.bytes("deep/out/data/train.jsonl") == second.data)
    let file = try scratch.write("file", [1])
    #expect { try workspace.export(format: .stepwise, to: file) } throws: {
      "\($0)" == "\(file): expected a folder for the export, found a file"
    }
    #expect { try workspace.export(format: .stepwise, to: file + "/x") } throws: {
      "\($0)".hasPrefix("\(file)/x: the export cannot be written: ")
    }
  }
}
