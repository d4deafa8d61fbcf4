import Foundation
import Testing
import TreeSearch
import Vocabulary

@testable import Workspace

/// Labels beside the commits decide what datasets say: from the record to the row.
///
/// The tree is that of `ScriptedDriver`: node 1 "2 + 3 = 5" (prm .9) and below it node 3 "#### 5" (prm .7); node 2 "2 + 3 = 6".
struct AdjudicationTests {
  private let scratch: Scratch
  private let workspace: Workspace
  private let run: String
  private let tree: SearchTree

  init() throws {
    scratch = try Scratch()
    workspace = try Workspace.forTests(scratch.file("w.sqlite"))
    (run, tree) = try ScriptedDriver.run(in: workspace)
  }

  private func commit(
    _ node: Int, _ verdict: Judgement.Verdict? = nil, steps: [Int: StepLabel] = [:], who: String = "ana"
  ) throws {
    try workspace.commit(
      run: run, node: NodeID(node), judgement: Judgement(verdict: verdict, steps: steps, who: who))
  }

  private func say(
    _ act: Label.Act, _ node: Int, _ who: String, _ role: Label.Role = .labeller, _ purpose: Label.Purpose = .work,
    run other: String? = nil, tree otherTree: SearchTree? = nil, at: String? = nil
  ) throws {
    let subject = Label.Subject(run: other ?? run, tree: otherTree ?? tree, node: NodeID(node))
    try workspace.append([Label(act, of: subject, who: who, role: role, purpose: purpose)], at: at)
  }

  private func rows(_ format: DatasetFormat) throws -> [[String: Any]] {
    let export = try DatasetExport(
      workspace.commitLog(), labels: workspace.labelLedger(), format: format, endings: PathEndings(of: workspace))
    return try String(decoding: export.data, as: UTF8.self).split(separator: "\n").map {
      try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  private func stepwise() throws -> (labels: [Bool]?, sources: [String]?) {
    let row = try #require(try rows(.stepwise).first)
    return (row["labels"] as? [Bool], row["label_sources"] as? [String])
  }

  @Test func aLabelBesideTheCommitsIsAPersonsLabel() throws {
    try commit(3)
    #expect(try stepwise() == ([true, true], ["prm", "prm"]))
    try say(.step(.bad), 3, "bo")
    #expect(try stepwise() == ([true, false], ["prm", "human"]))
    #expect(try rows(.promptCompletion).map { $0["completion"] as? String } == ["2 + 3 = 5\n"])
    try say(.step(nil), 3, "bo")
    #expect(try stepwise() == ([true, true], ["prm", "prm"]))
  }

  @Test func theAdjudicatedStandsAboveWhatTheOthersSay() throws {
    try commit(3, .good, steps: [1: .bad])
    try say(.step(.bad), 3, "bo")
    #expect(try stepwise() == ([false, false], ["human", "human"]))
    try say(.step(.good), 1, "cy", .adjudicator)
    try say(.step(.good), 3, "cy", .adjudicator)
    #expect(try stepwise() == ([true, true], ["human", "human"]))
    #expect(try rows(.promptCompletion).map { $0["completion"] as? String } == ["2 + 3 = 5\n#### 5\n"])
    // A later word of a labeller does not move what is decided.
    try say(.step(.bad), 3, "bo")
    #expect(try stepwise() == ([true, true], ["human", "human"]))
  }

  @Test func anAdjudicatedSiblingTurnsThePair() throws {
    try commit(1, .good)
    #expect(try rows(.preference).map { $0["chosen"] as? String } == ["2 + 3 = 5\n"])
    try say(.step(.bad), 1, "ana")
    try say(.step(.bad), 2, "bo")
    #expect(try rows(.preference).isEmpty)
    try say(.step(.good), 2, "cy", .adjudicator)
    #expect(try rows(.preference).map { $0["chosen"] as? String } == ["2 + 3 = 6\n"])
    #expect(try rows(.preference).map { $0["rejected"] as? String } == ["2 + 3 = 5\n"])
  }

  @Test func aVerdictBesideTheCommitsCounts() throws {
    try commit(3, .good)
    try say(.verdict(.bad), 3, "bo")
    #expect(try rows(.promptCompletion).isEmpty)
    #expect(try rows(.conversational).isEmpty)
    #expect(try stepwise() == ([true, false], ["prm", "verdict"]))
    #expect(try rows(.unpaired).map { $0["label"] as? Bool } == [false])
    try say(.verdict(.good), 3, "cy", .adjudicator)
    #expect(try rows(.promptCompletion).count == 1)
    #expect(try rows(.unpaired).first?["label"] as? Bool == true)
    try say(.verdict(.unsure), 3, "cy", .adjudicator)
    #expect(try rows(.promptCompletion).isEmpty)
    #expect(try rows(.preference).isEmpty)
    #expect(try rows(.stepwise).isEmpty)
  }

  @Test func anAdjudicatedVerdictRaisesAPathThatWasCommittedAsBad() throws {
    try commit(3, .bad)
    #expect(try rows(.promptCompletion).isEmpty)
    try say(.verdict(.good), 3, "cy", .adjudicator)
    #expect(try rows(.promptCompletion).count == 1)
    #expect(try stepwise() == ([true, true], ["prm", "prm"]))
    try say(.verdict(nil), 3, "cy", .adjudicator)
    #expect(try rows(.promptCompletion).isEmpty)
  }

  /// The clock of commits stands at 03:04:05.678 on 2 January 2026.
  @Test func ofOnePersonTheLaterWordCountsWhicheverLogItStandsIn() throws {
    try say(.verdict(.bad), 3, "ana", at: "2026-01-02T03:04:04.000Z")
    try say(.step(.bad), 3, "ana", at: "2026-01-02T03:04:04.000Z")
    try commit(3, .good, steps: [3: .good])
    #expect(try rows(.promptCompletion).count == 1)
    #expect(try stepwise() == ([true, true], ["prm", "human"]))
    try say(.verdict(.bad), 3, "ana", at: "2026-01-02T03:04:06.000Z")
    #expect(try rows(.promptCompletion).isEmpty)
    try say(.verdict(.good), 3, "ana", at: "2026-01-02T03:04:07.000Z")
    try say(.step(.bad), 1, "ana", at: "2026-01-02T03:04:07.000Z")
    #expect(try rows(.promptCompletion).isEmpty)
    #expect(try stepwise() == ([false, true], ["human", "human"]))
  }

  @Test func tryingSomebodyOutChangesNoRow() throws {
    try commit(3)
    for purpose in [Label.Purpose.control, .screening] {
      try say(.step(.bad), 1, "bo", .labeller, purpose)
      try say(.verdict(.bad), 3, "bo", .labeller, purpose)
    }
    #expect(try stepwise() == ([true, true], ["prm", "prm"]))
    #expect(try rows(.promptCompletion).count == 1)
  }

  /// A label is of a path: it holds in another run that has the same one, and in no other.
  @Test func aLabelHoldsInEveryRunThatHasThePath() throws {
    let other = try ScriptedDriver.run(in: workspace)
    try commit(3)
    try say(.step(.bad), 1, "bo", run: other.id, tree: other.tree)
    #expect(try stepwise() == ([false, true], ["human", "prm"]))
    var elsewhere = ScriptedDriver.sum
    elsewhere.id = "sum-2"
    let third = try ScriptedDriver.run(in: workspace, elsewhere)
    try say(.step(.bad), 3, "bo", run: third.id, tree: third.tree)
    #expect(try stepwise() == ([false, true], ["human", "prm"]))
  }

  /// What lies below the path and was labelled bad finishes no pair.
  @Test func aLabelOfANodeBesideEveryCommitIsKnown() throws {
    try commit(1, .good)
    let source = { try DatasetSource(workspace.commitLog(), labels: workspace.labelLedger()) }
    #expect(try source().badNodes(of: run) == [])
    try say(.step(.bad), 3, "bo")
    #expect(try source().badNodes(of: run) == [3])
    try say(.step(.good), 3, "cy", .adjudicator)
    #expect(try source().badNodes(of: run) == [])
  }
}
