import Testing
import TreeSearch
import Vocabulary

@testable import Explorer

@Suite("A person steps the search")
struct SteppingTests {
  @Test("s twenty times: the status line says so, and the root has twenty visits")
  func twentySteps() {
    var person = FakeDriver()
    person.press("s", times: 20)
    #expect(person.tree[.root].visits == 20)
    #expect(person.screen().contains { $0.contains("sims 20") && $0.contains("nodes 21") })
    #expect(person.tree.nodes == person.search.tree.nodes)
  }

  @Test("The status line names the state in a word, whatever the width")
  func stateWord() {
    for (status, word) in [
      (RunState.idle, "idle"), (.running, "running"), (.paused, "paused"), (.done(.simulations), "done"),
      (.failed("no model"), "error"),
    ] {
      for columns in [40, 59, 60, 80, 200] {
        var person = FakeDriver(size: Size(columns: columns, rows: 24))
        person.act(.runState(status))
        let line = person.screen()[22]
        #expect(line.contains(word) && line.contains("sims 0") && line.contains("nodes 1") && line.contains("tokens 0"))
      }
    }
  }

  @Test("Space runs to the limit; then it says why it does nothing, and r goes on")
  func run() {
    var person = FakeDriver()
    person.press("Space")
    #expect(person.tree.simulations == 40)
    #expect(person.state.run?.status == .done(.simulations))
    person.press("Space")
    #expect(person.tree.simulations == 40)
    #expect(person.screen()[23].contains("the simulation limit is reached"))
    person.press("r")
    #expect(person.screen().contains { $0.contains("Simulations to run") })
    person.press("text:3 Enter")
    #expect(person.tree.simulations == 43)
  }

  @Test("While the search runs, Space pauses it and s asks for one more simulation")
  func pause() {
    var person = FakeDriver()
    person.act(.runState(.running))
    person.press("Space")
    #expect(person.takeEffects() == [.run(.pause)])
    person.press("s")
    #expect(person.tree.simulations == 1)
  }

  @Test("While the search runs, the last line shows what a model is writing, and how to stop it")
  func writing() {
    var person = FakeDriver()
    person.act(.writing("Ana has 3"))
    #expect(!person.screen()[23].contains("Ana"))
    person.act(.runState(.running))
    person.act(.writing("Ana has 3 \u{1B}[31mapples"))
    let line = person.screen()[23]
    #expect(line.hasPrefix(" Ana has 3 "))
    #expect(!line.contains("\u{1B}"))
    for hint in ["Space pause", "? help", "q quit"] { #expect(line.contains(hint)) }
    person.act(.runState(.idle))
    #expect(person.screen()[23].contains("s step"))
  }

  @Test("The root's row starts with the problem's id")
  func rootRow() {
    var person = FakeDriver()
    person.press("s")
    #expect(person.screen()[2].hasPrefix(" test-0001"))
  }

  @Test("An event that does not fit ends the run on the screen, with a reason")
  func misfit() {
    var person = FakeDriver()
    person.act(.events([.selected(node: NodeID(99), widen: true)]))
    #expect(person.state.run?.status.word == "error")
    #expect(person.screen().contains { $0.contains("there is no node 99") })
  }
}
