import Canvas
import Testing
import TreeInsight
import TreeSearch

@testable import Explorer

@Suite("A run picks a preset after its first answers")
struct PickingTests {
  private func person() -> FakeDriver {
    var person = FakeDriver(
      size: Size(columns: 120, rows: 40), header: FakeDriver.header(changing: ["auto.samples": "4"]))
    person.press("s", times: 4)
    return person
  }

  @Test("What was picked and why stands in the header, in the root's panel and among the final selections")
  func shown() throws {
    var person = person()
    #expect(person.state.run?.tree.pick == nil)
    #expect(!person.screen().contains { $0.contains("picked") })
    person.press("s")
    let pick = try #require(person.state.run?.tree.pick)
    #expect(pick.made == 4 && person.screen().first?.contains("picked \(pick.short)") == true)
    person.press("Home")
    #expect(person.screen().dropFirst().contains { $0.contains("picked: after 4 simulations") })
    person.press("5")
    #expect(person.screen().contains { $0.contains("Picked: after 4 simulations the problem looks") })
    let finals = FinalsOverlay(try #require(person.state.run)).sentences(matching: "", in: person.state)
    #expect(finals.last?.contains(pick.words) == true)
  }

  @Test("Before the moment of the pick nothing is shown of it")
  func past() throws {
    var person = person()
    person.press("s")
    let event = try #require(
      (1...(person.state.run?.timeline.count ?? 1)).first {
        if case .picked? = person.state.run?.timeline.event(before: $0) { true } else { false }
      })
    #expect(person.state.run?.timeline.tree(at: event - 1).pick == nil)
    #expect(person.state.run?.timeline.tree(at: event).pick == person.state.run?.tree.pick)
  }
}
