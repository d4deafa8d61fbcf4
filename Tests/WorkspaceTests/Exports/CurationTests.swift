import Foundation
import Testing
import TreeSearch
import Vocabulary

@testable import Workspace

/// What a person says of a trajectory decides what is made of it: from the commit to the line of the file.
@Suite struct CurationTests {
  private let scratch: Scratch
  private let workspace: Workspace
  private let run: String

  init() throws {
    scratch = try Scratch()
    workspace = try Workspace.forTests(scratch.file("w.sqlite"))
    run = try ScriptedDriver.run(in: workspace).id
  }

  private func commit(
    _ node: Int, _ verdict: Judgement.Verdict? = nil, _ note: String = "", steps: [Int: StepLabel] = [:],
    who: String? = nil
  ) throws {
    try workspace.commit(
      run: run, node: NodeID(node), judgement: Judgement(verdict: verdict, note: note, steps: steps, who: who))
  }

  /// The lines of the file that the workspace writes, as objects.
  private func lines(_ format: DatasetFormat) throws -> [[String: Any]] {
    let folder = scratch.file("out-\(format)")
    do {
      try workspace.export(format: format, to: folder)
    } catch let error as WorkspaceError where error.kind == .refused {
      return []
    }
    return try String(decoding: scratch.bytes("out-\(format)/data/train.jsonl"), as: UTF8.self)
      .split(separator: "\n").map { try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]) }
  }

  private func texts(_ column: String, _ format: DatasetFormat) throws -> [String?] {
    try lines(format).map { $0[column] as? String }
  }

  @Test func theVerdictAndTheNoteReachEveryFormat() throws {
    try commit(3, .good, "neat", who: "eve")
    for format in DatasetFormat.all where format != .finishedPreference && format != .reward {
      let row = try #require(try lines(format).first)
      #expect(row["verdict"] as? String == "good", "\(format)")
      #expect(row["note"] as? String == "neat", "\(format)")
      #expect(row["who"] as? String == "eve", "\(format)")
    }
  }

  @Test func aPathJudgedBadIsNeverImitatedOrChosen() throws {
    try commit(3, .bad, "guessed")
    #expect(try lines(.promptCompletion).isEmpty)
    #expect(try lines(.conversational).isEmpty)
    // Its first option is worth more than the sibling: there is nothing better to put in its place.
    #expect(try lines(.preference).isEmpty)
    let row = try #require(try lines(.stepwise).first)
    #expect(row["labels"] as? [Bool] == [true, false])
    #expect(row["label_sources"] as? [String] == ["prm", "verdict"])
    #expect(row["verdict"] as? String == "bad")
  }

  @Test func aPathJudgedBadIsRejectedAgainstABetterSibling() throws {
    try commit(2, .bad, "6 is wrong")
    let row = try #require(try lines(.preference).first)
    #expect(try lines(.preference).count == 1)
    #expect(row["chosen"] as? String == "2 + 3 = 5\n")
    #expect(row["rejected"] as? String == "2 + 3 = 6\n")
    #expect(row["node"] as? Int == 2)
    #expect(row["verdict"] as? String == "bad")
    #expect(try lines(.promptCompletion).isEmpty)
  }

  /// The search prefers node 1; the person does not.
  @Test func aGoodPathIsChosenAgainstABadOneWhateverItsQ() throws {
    try commit(3, .bad)
    try commit(2, .good)
    let rows = try lines(.preference)
    #expect(rows.count == 1)
    #expect(rows.first?["chosen"] as? String == "2 + 3 = 6\n")
    #expect(rows.first?["rejected"] as? String == "2 + 3 = 5\n#### 5\n")
    #expect(rows.first?["prompt"] as? String == "What is 2 + 3?\n")
    #expect(try texts("completion", .promptCompletion) == ["2 + 3 = 6\n"])
  }

  @Test func whatAGoodPathSaysIsNotSaidAgainByABadOne() throws {
    try commit(2, .bad)
    try commit(1, .good)
    #expect(try texts("rejected", .preference) == ["2 + 3 = 6\n"])
  }

  @Test func aSiblingOnAPathJudgedBadIsNeverChosen() throws {
    try commit(1, .bad)
    try commit(2, .bad)
    #expect(try lines(.preference).isEmpty)
  }

  @Test func oneVerdictCountsForThePathWhoeverElseCommitsIt() throws {
    try commit(3, who: "eve")
    try commit(3, .good, who: "bob")
    #expect(try lines(.promptCompletion).count == 2)
    try commit(3, .bad, who: "ada")
    #expect(try lines(.promptCompletion).isEmpty)
    // Who thinks better of it says so.
    try commit(3, .good, "after all", who: "ada")
    #expect(try texts("note", .promptCompletion) == ["", "", "after all"])
    #expect(try texts("verdict", .promptCompletion) == [nil, "good", "good"])
    #expect(try lines(.preference).allSatisfy { $0["verdict"] as? String != "bad" })
  }

  @Test func anExportThatNoLongerHoldsIsNamed() throws {
    let folder = scratch.file("out")
    try commit(3, .good)
    try workspace.export(format: .promptCompletion, to: folder)
    try commit(3, .bad)
    #expect { try workspace.export(format: .promptCompletion, to: folder) } throws: {
      "\($0)".hasSuffix("nothing to write; what stands there is an earlier export that no longer holds")
    }
  }

  @Test func anUnsurePathTeachesItsLabelledStepsOnly() throws {
    try commit(3, .unsure, steps: [1: .good])
    #expect(try lines(.promptCompletion).isEmpty)
    #expect(try lines(.conversational).isEmpty)
    #expect(try lines(.preference).isEmpty)
    #expect(try lines(.stepwise).first?["completions"] as? [String] == ["2 + 3 = 5"])
    try workspace.undoCommit(try #require(try workspace.commitLog().commits.first).id)
    try commit(3, .unsure)
    #expect(try lines(.stepwise).isEmpty)
  }

  @Test func aBadStepEndsImitationBeforeIt() throws {
    try commit(3, .good, steps: [3: .bad])
    let row = try #require(try lines(.promptCompletion).first)
    #expect(row["completion"] as? String == "2 + 3 = 5\n")
    #expect(row["node"] as? Int == 1)
    #expect(row["answer"] is NSNull)
    #expect(row["correct"] is NSNull)
    #expect(row["finished"] as? Bool == false)
    let turns = try #require(try lines(.conversational).first?["messages"] as? [[String: String]])
    #expect(turns.last?["content"] == "2 + 3 = 5")
    #expect(try lines(.stepwise).first?["labels"] as? [Bool] == [true, false])
    #expect(try lines(.stepwise).first?["finished"] as? Bool == true)
  }

  @Test func aBadStepLosesAgainstSiblingsOfLowerQAndEndsComparison() throws {
    try commit(3, steps: [1: .bad])
    let rows = try lines(.preference)
    #expect(rows.map { $0["chosen"] as? String } == ["2 + 3 = 6\n"])
    #expect(rows.map { $0["rejected"] as? String } == ["2 + 3 = 5\n"])
    #expect(rows.map { $0["node"] as? Int } == [1])
    #expect(try lines(.promptCompletion).isEmpty)
  }

  @Test func aGoodStepBeatsSiblingsOfHigherQ() throws {
    try commit(2, steps: [2: .good])
    #expect(try texts("chosen", .preference) == ["2 + 3 = 6\n"])
    #expect(try texts("rejected", .preference) == ["2 + 3 = 5\n"])
    // What the label says of node 2 holds for other paths beside it, too.
    try commit(3)
    #expect(try texts("chosen", .preference) == ["2 + 3 = 6\n"])
  }

  /// A person's line is worth less to the critics than both others; it is chosen all the same, and never rejected.
  @Test func anInsertedStepBeatsSiblingsOfHigherQ() throws {
    var search = Search(tree: try workspace.tree(of: run))
    let first = search.tree.eventCount
    try search.intervene(
      .insert(node: .root, option: SearchOption(bytes: Array("It is 5.\n".utf8), termination: .person)))
    var driver = ScriptedDriver(options: [], scores: [["value": 0.1, "prm": 0.1]])
    let events = driver.run(&search, simulations: 4)
    try workspace.writer(of: run).append(events, first: first, totals: RunTotals(tree: search.tree))
    #expect(search.tree[NodeID(4)].marks.contains(.inserted))
    try commit(4)
    #expect(try texts("chosen", .preference) == ["It is 5.\n", "It is 5.\n"])
    #expect(try texts("rejected", .preference) == ["2 + 3 = 5\n", "2 + 3 = 6\n"])
    try workspace.undoCommit(try #require(try workspace.commitLog().commits.last).id)
    try commit(3)
    #expect(try texts("rejected", .preference) == ["2 + 3 = 6\n"])
    let siblings = try #require(try workspace.commitLog().commits.last?.trajectory.steps[0].siblings)
    #expect(siblings.map(\.inserted) == [false, true])
  }

  @Test func aPrunedSiblingLosesWhateverItsQ() throws {
    var search = Search(tree: try workspace.tree(of: run))
    let first = search.tree.eventCount
    try search.intervene(.prune(node: NodeID(1)))
    try workspace.writer(of: run).append(search.takeEvents(), first: first, totals: RunTotals(tree: search.tree))
    try commit(2)
    #expect(try texts("chosen", .preference) == ["2 + 3 = 6\n"])
    #expect(try texts("rejected", .preference) == ["2 + 3 = 5\n"])
  }
}

extension DatasetFormat {
  /// The rows of a whole log, as they are exported.
  func rows(of log: CommitLog) throws -> [DatasetRow] {
    let source = try DatasetSource(log)
    var rows: [DatasetRow] = []
    try source.forEach { commit in
      rows += try yield(commit, source).rows.map { DatasetColumn.side(commit).merging($0) { _, own in own } }
    }
    return rows
  }
}
