import Testing
import TreeInsight
import TreeSearch

@testable import Workspace

@Suite struct TotalsTests {
  @Test func aRunAtRestKeepsItsAnswerAndHowManySelectionsAgree() throws {
    let scratch = try Scratch()
    let workspace = try Workspace.forTests(scratch.file("w.sqlite"))
    let (id, tree) = try ScriptedDriver.run(in: workspace)
    #expect(try workspace.run(id).summary.totals.agreement == nil)
    do {
      let writer = try workspace.writer(of: id)
      try writer.summarise(tree)
      // "5" is the only answer that the tree states: all five selections give it.
      let totals = try workspace.run(id).summary.totals
      #expect(totals.answer == "5" && totals.agreement == 5)
      #expect(totals.simulations == 3 && totals.nodes == 4)
      // What comes later keeps both until the run rests again.
      var later = tree
      try later.apply(.stopped(reason: .simulations))
      try writer.append([.stopped(reason: .simulations)], first: tree.eventCount, totals: RunTotals(tree: later))
      #expect(try workspace.run(id).summary.totals.agreement == 5)
      #expect(try workspace.run(id).summary.totals.stopped == .simulations)
    }
    #expect(try workspace.verify(run: id).problems.isEmpty)
  }

  @Test func totalsOfEarlierVersionsAreRead() throws {
    let scratch = try Scratch()
    let workspace = try Workspace.forTests(scratch.file("w.sqlite"))
    let (id, tree) = try ScriptedDriver.run(in: workspace)
    let old = try CanonicalJSON.data(RunTotals(tree: tree))
    #expect(String(decoding: old, as: UTF8.self).contains("agreement") == false)
    #expect(try workspace.run(id).summary.totals == RunTotals(tree: tree))
  }
}
