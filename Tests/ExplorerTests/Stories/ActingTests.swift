import Canvas
import Testing
import TreeInsight
import TreeSearch

@testable import Explorer

@Suite("What a person's act changed")
struct ActingTests {
  /// Six branches below the root, of which node 3 leads.
  private func searched() -> FakeDriver {
    .searched(branches: 4, size: Size(columns: 160, rows: 40))
  }

  private func at(_ node: Int) -> FakeDriver {
    var person = searched()
    while person.cursor != NodeID(node), person.cursor.offset < 100 { person.press("j") }
    return person
  }

  private func said(_ person: FakeDriver) -> String { person.state.message?.text ?? "" }

  @Test("v says the score and the mean value before and after, and that choice and ranks are as they were")
  func override() throws {
    var person = at(4)
    #expect(person.tree.score("value", of: NodeID(4)) == 0.3125)
    person.press("v text:1 Enter")
    #expect(said(person) == "node 4: value 0.31 → 1.00, Q 0.44 → 0.48; choice and ranks as before; u takes it back")
    person.press("u")
    #expect(said(person) == "undone: node 4: value 1.00 → 0.31, Q 0.48 → 0.44; choice and ranks as before")
    person.press("^r")
    #expect(said(person) == "done again: node 4: value 0.31 → 1.00, Q 0.44 → 0.48; choice and ranks as before")
  }

  @Test("A line that a person lifts says how it ranks, and what is chosen, until it is taken back")
  func choice() throws {
    var person = searched()
    person.press("g i text:####_29 Enter")
    #expect(said(person) == "your option below node 0; node 31 rank 7 of 7 by Q; u takes it back")
    person.press("v Tab Tab text:1 Enter")
    #expect(
      said(person)
        == "node 31: orm 0.19 → 1.00, Q 0.27 → 0.54; choice 32 (right) → 29 (wrong); node 31 rank 7 → 4 by Q; u takes it back"
    )
    #expect(person.tree.chosen?.node == NodeID(31), "the message says what the whole tree says")
    person.press("u")
    #expect(
      said(person)
        == "undone: node 31: orm 1.00 → 0.19, Q 0.54 → 0.27; choice 29 (wrong) → 32 (right); node 31 rank 4 → 7 by Q")
  }

  @Test("x tells who leads now, and not of those who only moved up behind it")
  func prune() {
    var person = at(3)
    person.press("x")
    #expect(said(person) == "node 3 pruned; node 1 rank 2 → 1 by Q; u takes it back")
    person.press("x")
    #expect(said(person) == "node 3 restored; node 3 rank 1 of 6, node 1 rank 1 → 2 by Q; u takes it back")
  }

  @Test("Ranks follow the order of the rows")
  func order() {
    var person = at(3)
    person.press("R x")
    #expect(said(person).hasSuffix(" by N; u takes it back"))
  }

  @Test("E is one act, of however many lines")
  func edit() {
    var person = at(1)
    person.press("E text:_really ^o text:Then Enter")
    #expect(said(person).hasPrefix("2 lines of yours below node 0; node 1 pruned; "))
    #expect(person.state.run?.tree.lastActs == 0...2)
    person.press("u u u")
    #expect(person.state.run?.tree.lastActs == nil)
  }

  @Test("A setting says what it was, and the choice where another selection chooses otherwise")
  func setting() {
    var person = searched()
    person.press(", text:selection.exploration Enter text:0.5 Enter")
    #expect(said(person) == "selection.exploration 1 → 0.5; nothing else changed; u takes it back")
    person.press("Escape , text:final.selection Enter text:majority Enter")
    #expect(said(person) == "final.selection rerank → majority; choice 32 (right) → 29 (wrong); u takes it back")
  }

  @Test("What other simulations did while a line was judged is told apart")
  func meanwhile() throws {
    var watch = ActWatch(Standing([.root], of: searched().tree, by: .creation, chosen: nil), first: 0)
    watch.expectLine(below: .root)
    watch.added(NodeID(31))
    #expect(!watch.backedUp(NodeID(4)) && watch.isUnderWay)
    #expect(watch.backedUp(NodeID(31)) && !watch.isUnderWay)
    let tree = searched().tree
    #expect(
      watch.sentence(Standing([.root], of: tree, by: .creation, chosen: nil), in: tree, arrow: "->")
        == "your option below node 0; nothing else changed; 1 simulation meanwhile")
  }

  @Test("What was read of the past is no news")
  func opening() {
    var person = searched()
    person.act(.runState(.opening(percent: 40)))
    person.act(.events([.intervened(.set(parameter: "selection.exploration", value: .number(2)))]))
    #expect(person.state.message == nil || !said(person).contains("selection.exploration"))
  }

  @Test("An answer of any length leaves room for the rest")
  func hostile() {
    #expect(Standing.short(String(repeating: "9", count: 4_000)) == String(repeating: "9", count: 21) + "...")
    #expect(Standing.short("32") == "32")
  }
}
