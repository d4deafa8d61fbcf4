import Canvas
import Testing
import TreeInsight
import TreeSearch

@testable import Explorer

@Suite("A person asks why")
struct WhyTests {
  private func searched() -> FakeDriver {
    .searched(size: Size(columns: 100, rows: 40))
  }

  private func reasons(_ person: FakeDriver) -> NodeReasons? {
    (person.state.overlay as? WhyOverlay)?.reasons
  }

  @Test("w explains the node as of now: siblings, margin, flips, widths, draws")
  func now() throws {
    var person = searched()
    person.press("j w")
    let reasons = try #require(self.reasons(person))
    #expect(reasons == (try person.state.run?.timeline.reasons(for: person.cursor)))
    #expect(reasons.descent.event == nil && reasons.moment == person.search.tree.eventCount)
    let (winner, runnerUp) = (try #require(reasons.selection?.winner), try #require(reasons.selection?.runnerUp))
    let text = person.screen().joined(separator: "\n")
    #expect(text.contains("Node \(winner) leads node \(runnerUp) by"))
    #expect(text.contains("may have") && text.contains("was drawn at event"))
    person.press("Enter")
    #expect(person.state.overlay == nil)
  }

  @Test("In the past, w explains the last selection up to the moment shown")
  func past() throws {
    var person = searched()
    person.press("j <", times: 1)
    person.press("<", times: 8)
    let moment = try #require(person.state.run?.pastMoment)
    person.press("w")
    let reasons = try #require(self.reasons(person))
    let event = try #require(reasons.descent.event)
    #expect(event <= moment && reasons.moment == moment && reasons.descent.agrees)
    guard case .selected(let node, _, _, _, _)? = person.state.run?.timeline.event(before: event) else {
      Issue.record("event \(event) is no selection")
      return
    }
    #expect(reasons.descent.node == node)
    let text = person.screen().joined(separator: "\n")
    #expect(text.contains("moment \(moment)") && text.contains("Event \(event) selected node \(node)."))
  }

  @Test("What does not fit scrolls, and no further than to its end")
  func scrolling() throws {
    var person = searched()
    person.press("j w")
    person.act(.resize(Size(columns: 60, rows: 12)))
    let top = person.screen()
    person.press("Down")
    #expect(person.screen() != top)
    person.press("PageDown", times: 9)
    let end = person.screen()
    person.press("Down")
    #expect(person.screen() == end && end.contains { $0.contains("resample.") })
    person.press("PageUp", times: 12)
    #expect(person.screen() == top)
  }

  @Test("The root has widths and no siblings")
  func root() throws {
    var person = searched()
    person.press("g w")
    let reasons = try #require(self.reasons(person))
    #expect(reasons.selection == nil && reasons.draw == nil && reasons.width?.node == .root)
  }
}
