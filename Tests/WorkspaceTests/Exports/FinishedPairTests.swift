import Foundation
import Testing
import TreeSearch
import TreeSearchTesting
import Vocabulary

@testable import Workspace

/// Pairs whose sides both end with an answer, and what is made of them.
///
/// The tree, when both options of the root have gone on to an answer:
///
///     0 ─┬─ 1 "2 + 3 = 5\n"  ── 3 "#### 5\n"
///        └─ 2 "2 + 3 = 6\n"  ── 4 "#### 6\n"
@Suite struct FinishedPairTests {
  private let scratch: Scratch
  private let workspace: Workspace
  private let run: String
  private let tree: SearchTree

  init() throws { try self.init(options: ["2 + 3 = 5\n", "2 + 3 = 6\n", "#### 5\n", "#### 6\n"]) }

  private init(options: [String]) throws {
    scratch = try Scratch()
    workspace = try Workspace.forTests(scratch.file("w.sqlite"))
    (run, tree) = try Self.searched(options, in: workspace)
  }

  private static func searched(
    _ options: [String], in workspace: Workspace, _ problem: Problem = ScriptedDriver.sum
  ) throws -> (String, SearchTree) {
    var driver = ScriptedDriver()
    driver.options = options.map { Array($0.utf8) }
    driver.scores += [["value": 0.2, "prm": 0.1]]
    let record = try workspace.createRun(try ScriptedDriver.header(problem))
    var search = Search(header: record.header)
    let events = driver.run(&search, simulations: 12)
    try workspace.writer(of: record.id).append(events, first: 0, totals: RunTotals(tree: search.tree))
    return (record.id, search.tree)
  }

  private func export(_ format: DatasetFormat, _ options: DatasetOptions = DatasetOptions()) throws -> DatasetExport {
    try DatasetExport(
      workspace.commitLog(), format: format, options: options, endings: PathEndings(of: workspace))
  }

  private func rows(_ export: DatasetExport) throws -> [[String: Any]] {
    try export.data.split(separator: 0x0A).map {
      try #require(JSONSerialization.jsonObject(with: $0) as? [String: Any])
    }
  }

  @Test func bothSidesGoOnToTheirAnswers() throws {
    #expect(tree.details[4].option?.text == "#### 6\n" && tree[NodeID(4)].parent == NodeID(2))
    try workspace.commit(run: run, node: NodeID(1))
    let export = try export(.finishedPreference)
    let row = try #require(try rows(export).first)
    #expect(export.rows == 1 && export.leftOut.isEmpty)
    #expect(row["prompt"] as? String == "What is 2 + 3?\n")
    #expect(row["chosen"] as? String == "2 + 3 = 5\n#### 5\n")
    #expect(row["rejected"] as? String == "2 + 3 = 6\n#### 6\n")
    #expect(row["chosen_answer"] as? String == "5" && row["rejected_answer"] as? String == "6")
    #expect(row["decided_by"] as? String == "search" && row["step"] as? Int == 0)
    let score = try #require(row["chosen_score"] as? Double)
    #expect(abs(score - (tree[NodeID(1)].meanValue ?? 0)) < 1e-12)
    #expect(row["rejected_visits"] as? Int == tree[NodeID(2)].visits)
  }

  @Test func withoutTheRunNothingIsKnownOfTheOtherSide() throws {
    try workspace.commit(run: run, node: NodeID(3))
    let alone = try DatasetExport(workspace.commitLog(), format: .finishedPreference)
    #expect(alone.rows == 0 && alone.skipped == 1)
    #expect(alone.leftOut == ["a side is not finished to an answer anywhere in the tree": 1])
    // A commit outlives its run: another workspace does not have it.
    let other = try Workspace.forTests(scratch.file("other.sqlite"))
    let elsewhere = try DatasetExport(
      workspace.commitLog(), format: .finishedPreference, endings: PathEndings(of: other))
    #expect(elsewhere == alone)
  }

  @Test func theSearchDecidesOnlyWhereItIsSure() throws {
    try workspace.commit(run: run, node: NodeID(3))
    let gap = try #require(tree[NodeID(1)].meanValue) - (try #require(tree[NodeID(2)].meanValue))
    let visits = min(tree[NodeID(1)].visits, tree[NodeID(2)].visits)
    #expect(try export(.finishedPreference, DatasetOptions(margin: gap - 0.01, minimumVisits: visits)).rows == 1)
    let near = try export(.finishedPreference, DatasetOptions(margin: gap + 0.01))
    #expect(near.leftOut == ["the scores differ by less than the margin": 1])
    let seldom = try export(.finishedPreference, DatasetOptions(minimumVisits: visits + 1))
    #expect(seldom.leftOut == ["a side has too few visits": 1])
    // A person needs neither.
    try workspace.undoCommit(try #require(try workspace.commitLog().commits.last).id)
    try workspace.commit(run: run, node: NodeID(3), judgement: Judgement(steps: [1: .good]))
    let person = try export(.finishedPreference, DatasetOptions(margin: 0.99, minimumVisits: 1_000))
    #expect(try rows(person).map { $0["decided_by"] as? String } == ["person"])
  }

  /// A path judged bad: the sibling is chosen, and goes on as the tree knows best; the bad one goes on as it was committed.
  @Test func aBadPathIsRejectedWhole() throws {
    try workspace.commit(run: run, node: NodeID(4), judgement: Judgement(verdict: .bad))
    let row = try #require(try rows(export(.finishedPreference)).first)
    #expect(row["chosen"] as? String == "2 + 3 = 5\n#### 5\n" && row["rejected"] as? String == "2 + 3 = 6\n#### 6\n")
    #expect(row["verdict"] as? String == "bad" && row["node"] as? Int == 2)
  }

  /// Nothing that a person calls bad is written behind what is to be imitated.
  @Test func theBetterSideDoesNotGoOnThroughABadStep() throws {
    try workspace.commit(run: run, node: NodeID(4), judgement: Judgement(verdict: .bad))
    try workspace.commit(run: run, node: NodeID(3), judgement: Judgement(verdict: .unsure, steps: [3: .bad]))
    let export = try export(.finishedPreference)
    #expect(export.rows == 0)
    #expect(export.leftOut == ["a side is not finished to an answer anywhere in the tree": 1])
  }

  @Test func aPathCommittedTwiceGivesItsPairOnce() throws {
    for _ in 0..<2 { try workspace.commit(run: run, node: NodeID(3)) }
    let export = try export(.finishedPreference)
    #expect(export.rows == 1 && export.skipped == 1 && export.leftOut == ["the same row is there already": 1])
    #expect(try self.export(.preference).rows == 2, "the forms of old stay as they are")
  }

  @Test(arguments: [
    (["2 + 3 = 5\n", "3 + 2 = 5\n", "#### 5\n", "#### 6\n"], "both options say the same"),
    (["2 + 3 = 5\n", "2 + 2 + 1 = 5\n", "#### 5\n", "#### 5.0\n"], "both sides come to the same answer"),
  ])
  func whatSaysTheSameIsNotRejected(_ options: [String], _ reason: String) throws {
    let other = try FinishedPairTests(options: options)
    try other.workspace.commit(run: other.run, node: NodeID(3), judgement: Judgement(steps: [1: .good]))
    let export = try other.export(.finishedPreference)
    #expect(export.rows == 0 && export.leftOut == [reason: 1])
  }

  /// Lines of a fast rollout finish a path as nodes do.
  @Test func aRolloutFinishesASide() throws {
    let record = try workspace.createRun(
      try TreeSearchTesting.header(
        [
          "width.root.minimum": "2", "width.root.maximum": "2", "width.minimum": "1", "width.maximum": "1",
          "rollout.count": "1",
        ], problem: Problem(id: "sum-2", question: "What is 2 + 2?", answer: "4"), seed: 7, critics: [.value, .orm],
        models: [:], version: "0.1.0"))
    var search = Search(header: record.header)
    var driver = ScriptedDriver(
      options: ["2 + 2 = 4\n", "2 + 2 = 5\n"].map { Array($0.utf8) }, scores: [[:], ["value": 0.9], ["value": 0.1]])
    let events = driver.run(&search, simulations: 2)
    try workspace.writer(of: record.id).append(events, first: 0, totals: RunTotals(tree: search.tree))
    let endings = PathEndings(of: workspace)
    // The driver's rollouts all say "#### 5".
    #expect(try endings.best(after: 1, of: record.id) == PathEnding(text: "#### 5", answer: "5"))
    #expect(try endings.best(after: 1, of: record.id, avoiding: [1]) == PathEnding(text: "#### 5", answer: "5"))
    #expect(try endings.best(after: 7, of: record.id) == nil)
    // Another run in between.
    #expect(try endings.best(after: 2, of: run) == PathEnding(text: "#### 6\n", answer: "6"))
    #expect(try endings.best(after: 2, of: run, avoiding: [4]) == nil)
    #expect(try endings.best(after: 1, of: "nowhere") == nil)
  }

  @Test func unpairedRowsAreGoodOrBad() throws {
    try workspace.commit(run: run, node: NodeID(3))
    let good = try rows(export(.unpaired))
    #expect(good.map { $0["label"] as? Bool } == [true, false])
    #expect(good.map { $0["completion"] as? String } == ["2 + 3 = 5\n#### 5\n", "2 + 3 = 6\n#### 6\n"])
    #expect(good.map { $0["node"] as? Int } == [3, 2] && good.map { $0["answer"] as? String } == ["5", "6"])
    #expect(good.map { $0["correct"] as? Bool } == [true, false])
    try workspace.undoCommit(try #require(try workspace.commitLog().commits.last).id)
    try workspace.commit(run: run, node: NodeID(3), judgement: Judgement(verdict: .bad))
    try workspace.commit(run: run, node: NodeID(1), judgement: Judgement(verdict: .bad))
    let bad = try export(.unpaired)
    #expect(try rows(bad).map { $0["label"] as? Bool } == [false])
    #expect(bad.leftOut == ["a committed path ends without an answer": 1])
    try workspace.undoCommit(try #require(try workspace.commitLog().commits.last).id)
    try workspace.commit(run: run, node: NodeID(3), judgement: Judgement(verdict: .unsure))
    #expect(try rows(export(.unpaired)).isEmpty, "of what nobody is sure nothing is said")
  }

  @Test func everyStateHasWhatTheSearchFoundItWorth() throws {
    try workspace.commit(run: run, node: NodeID(3))
    let export = try export(.valueTargets, DatasetOptions(minimumVisits: 1))
    let rows = try rows(export)
    #expect(
      rows.map { $0["state"] as? String } == [
        "What is 2 + 3?\n2 + 3 = 5\n", "What is 2 + 3?\n2 + 3 = 6\n", "What is 2 + 3?\n2 + 3 = 5\n#### 5\n",
      ])
    for (row, node) in zip(rows, [1, 2, 3]) {
      let value = try #require(row["value"] as? Double)
      #expect(abs(value - (tree[NodeID(node)].meanValue ?? -1)) < 1e-12)
      #expect(row["visits"] as? Int == tree[NodeID(node)].visits && row["node"] as? Int == node)
    }
    #expect(rows.map { $0["on_path"] as? Bool } == [true, false, true])
    #expect(rows.map { $0["answer"] as? String } == ["5", nil, "5"])
    let visits = tree[NodeID(2)].visits + 1
    #expect(
      try self.export(.valueTargets, DatasetOptions(minimumVisits: visits)).leftOut["an option has too few visits"] ?? 0
        > 0)
  }
}
