import Canvas
import Testing
import TreeInsight
import TreeSearch

@testable import Explorer

@Suite("Breakpoints")
struct BreakpointTests {
  private func effects(_ person: inout FakeDriver) -> [[String]] {
    person.takeEffects().compactMap { if case .run(.setBreakpoints(let all)) = $0 { all.map(\.source) } else { nil } }
  }

  @Test("B asks for the first one, and the search can go on at once; then it lists them: add, off, on, remove")
  func list() {
    var person = FakeDriver()
    person.press("B text:terminal Enter")
    #expect(effects(&person) == [["terminal"]])
    // Space runs now: it does not switch the new one off.
    #expect(person.state.overlay == nil)
    #expect(person.state.message == .notice("the search pauses where terminal; B lists the breakpoints"))
    person.press("B")
    #expect(person.screen().contains { $0.contains("on   terminal") })
    person.press("a Escape")
    #expect(person.screen().contains { $0.contains("on   terminal") })
    person.press("a text:depth=2_q>0.9 Enter")
    #expect(effects(&person) == [["terminal", "depth=2 q>0.9"]])
    person.press("k Space")
    #expect(effects(&person) == [["depth=2 q>0.9"]])
    #expect(person.screen().contains { $0.contains("off  terminal") })
    person.press("Enter")
    #expect(effects(&person) == [["terminal", "depth=2 q>0.9"]])
    person.press("j x")
    #expect(effects(&person) == [["terminal"]])
    person.press("x")
    #expect(person.screen().contains { $0.contains("No breakpoint is set.") })
    person.press("x Space Escape B")
    #expect(person.screen().contains { $0.contains("Pause where") })
  }

  @Test("What can be typed is read whole", arguments: [40, 60, 80, 120])
  func hint(columns: Int) {
    var person = FakeDriver(size: Size(columns: columns, rows: 24))
    person.press("B")
    for words in ["merge", "differ", "depth=2", "n>10"] {
      #expect(person.screen().contains { $0.contains(words) }, "\(words)")
    }
  }

  @Test("What is wrong is shown where it is; Tab completes the word")
  func errors() {
    var person = FakeDriver()
    person.press("B text:n>1_mrge Enter")
    #expect(person.screen().contains { $0.contains("did you mean 'merge'?") })
    #expect(effects(&person).isEmpty)
    person.press("End Backspace Backspace Backspace Backspace text:me")
    #expect(person.screen().contains { $0.contains("Tab: merged (other draws joined it)  merge") })
    person.press("text:rge Enter")
    #expect(effects(&person) == [["n>1 merge"]])
    person.press("B a text:best_ Tab Enter")
    #expect(effects(&person) == [["n>1 merge", "best changes"]])
    person.press("a text:critic.cal Tab text:=0 Enter")
    #expect(effects(&person).last?.last == "critic.calculator=0")
  }

  @Test("A hit is told and the cursor goes to its node; an alarm is a failure")
  func hit() throws {
    var person = FakeDriver()
    person.press("s s s s")
    let hit = BreakpointHit(breakpoint: try Breakpoint("n>0"), node: NodeID(3))
    person.act(.runState(.paused))
    person.act(.watched([.breakpoint(hit)]))
    #expect(person.cursor == NodeID(3))
    #expect(person.state.message == .notice("breakpoint 'n>0' at node 3"))
    #expect(person.screen()[23].contains("breakpoint 'n>0' at node 3"))
    var dogs = Watchdogs(tree: person.tree)
    let bad = SearchEvent.evaluated(node: NodeID(2), reward: 2)
    var reader = EventReader(tree: person.tree)
    let alarms = dogs.alarms(after: reader.read([bad], in: person.tree), in: person.tree)
    person.act(.watched(alarms.map(WatchNotice.alarm)))
    #expect(person.cursor == NodeID(2))
    #expect(
      person.state.message == .failure("watchdog 'reward range' at node 2: the reward 2.0 lies outside [0, 1]"))
  }

  @Test("Breakpoints stay with their run for the session")
  func session() {
    var person = FakeDriver()
    person.press("B text:terminal Enter Escape")
    _ = person.takeEffects()
    person.act(.opened(OpenRun(id: "run-2", tree: person.tree)))
    #expect(effects(&person).isEmpty)
    person.act(.opened(OpenRun(id: "run-1", tree: person.tree)))
    #expect(effects(&person) == [["terminal"]])
  }

  @Test("The palette checks the whole tree")
  func audit() {
    var person = FakeDriver()
    person.press("s s s : text:check_the_tree Enter")
    #expect(person.screen()[23].contains("every invariant of the tree holds"))
  }
}
