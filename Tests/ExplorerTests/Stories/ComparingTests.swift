import Canvas
import Testing
import TreeInsight
import TreeSearch

@testable import Explorer

@Suite("A person compares")
struct ComparingTests {
  private func searched(_ size: Size = Size(columns: 120, rows: 40)) -> FakeDriver {
    var person = FakeDriver(size: size, header: FakeDriver.header(changing: ["width.root.minimum": "3"]))
    person.press("s", times: 30)
    return person
  }

  private func comparison(_ person: FakeDriver) -> Comparison? {
    (person.state.overlay as? ComparisonOverlay)?.comparison
  }

  @Test("= marks a node, and on another shows both side by side")
  func nodes() throws {
    var person = searched()
    person.press("j =")
    let first = person.cursor
    #expect(person.state.overlay == nil && person.state.run?.marked == first)
    person.press("] =")
    let second = person.cursor
    #expect(second != first)
    let comparison = try #require(self.comparison(person))
    #expect(comparison.a == "node \(first)" && comparison.b == "node \(second)")
    #expect(comparison.rows.first == .words("siblings below node 0"))
    let visits = comparison.rows.first { if case .pair("visits N", _, _) = $0 { true } else { false } }
    #expect(visits == .pair("visits N", a: "\(person.tree[first].visits)", b: "\(person.tree[second].visits)"))
    try Golden.check(person.screen(Size(columns: 80, rows: 24)), "popup-compare-nodes-80x24", #_sourceLocation)
    person.press("Escape")
    // The mark stays: a third node is compared with it, and the marked one itself is marked again.
    person.press("] =")
    #expect(self.comparison(person)?.a == "node \(first)")
  }

  @Test("A node and one on its way, and the root, which has no option")
  func ancestors() throws {
    var person = searched()
    person.press("g = j =")
    let comparison = try #require(self.comparison(person))
    #expect(comparison.rows.first == .words("node 0 is on the way to node \(person.cursor)"))
    #expect(comparison.sentences.contains { $0.hasPrefix("option: none, and ") })
  }

  @Test("| asks for the other runs: none, one and several")
  func choosing() throws {
    var person = searched()
    person.press("|")
    #expect(person.takeEffects() == [.run(.findRunsToCompare)])
    person.act(.runsToCompare([]))
    #expect(person.state.message?.text.contains("has no other run") == true)
    person.act(.runsToCompare([RunChoice(id: "r1", words: "3 sims")]))
    #expect(person.takeEffects() == [.run(.compareRun("r1"))])
    person.act(.runsToCompare([RunChoice(id: "r1", words: "3 sims"), RunChoice(id: "r2", words: "9 sims")]))
    #expect(person.screen().contains { $0.contains("b  r2  9 sims") })
    person.press("b")
    #expect(person.takeEffects() == [.run(.compareRun("r2"))] && person.state.overlay == nil)
  }

  @Test("The split view of two runs: where they part and what became of it")
  func runs() throws {
    var person = searched()
    let timeline = try #require(person.state.run?.timeline)
    var other = FakeDriver(header: FakeDriver.header(changing: ["width.root.minimum": "2"]))
    other.press("s", times: 12)
    let theirs = try #require(other.state.run?.timeline)
    let difference = RunDifference(timeline, theirs)
    person.act(.compared(difference, a: "run-1", b: "run-2"))
    let comparison = try #require(self.comparison(person))
    let parting = try #require(difference.parting)
    #expect(comparison.rows.contains(.pair("width.root.minimum", a: "3", b: "2")))
    #expect(
      comparison.rows.contains(.pair("event \(parting.at + 1)", a: parting.a, b: parting.b ?? "the journal ends")))
    try Golden.check(person.screen(), "popup-compare-runs-120x40", #_sourceLocation)
    try Golden.check(person.screen(Size(columns: 60, rows: 16)), "popup-compare-runs-60x16", #_sourceLocation)
  }

  @Test("What does not fit scrolls below the heads, and no further than to its end")
  func scrolling() throws {
    var person = searched(Size(columns: 60, rows: 12))
    person.press("j = ] =")
    let top = person.screen()
    person.press("Down")
    #expect(person.screen() != top && person.screen()[2].contains("node"))
    person.press("Down", times: 500)
    let bottom = person.screen()
    person.press("Down")
    #expect(person.screen() == bottom)
  }

  @Test("Equal runs say so")
  func equal() throws {
    let timeline = try #require(searched().state.run?.timeline)
    let comparison = Comparison(RunDifference(timeline, timeline), a: "x", b: "y")
    #expect(comparison.rows == [.words("the runs are the same, event by event")])
  }
}
