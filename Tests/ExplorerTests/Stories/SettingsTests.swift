import Canvas
import Testing
import TreeInsight
import TreeSearch

@testable import Explorer

@Suite("Settings of a live run")
struct SettingsTests {
  private func searched() -> FakeDriver { .searched(6) }

  private var isListed: (FakeDriver) -> Bool {
    { $0.state.overlay is SettingsOverlay }
  }

  @Test("Every declared parameter has a row, each group together, the changed ones marked")
  func rows() throws {
    let parameters = searched().tree.parameters
    let rows = SettingsOverlay.rows(parameters)
    #expect(Set(rows.map(\.parameter.id)) == Set(SearchParameters.declared.map(\.id)))
    #expect(rows.count == SearchParameters.declared.count)
    let groups = rows.map(\.group)
    let runs = zip(groups, [""] + groups).filter { $0 != $1 }.count
    #expect(runs == Set(groups).count, "the rows of a group stand together")
    #expect(rows.filter(\.isChanged).map(\.parameter.id) == ["width.root.minimum"])
    #expect(SettingsOverlay.rows(parameters, matching: "changed").map(\.parameter.id).contains("width.root.minimum"))
    #expect(
      SettingsOverlay.rows(parameters, matching: "table 5 exploration").map(\.parameter.id) == ["selection.exploration"]
    )
  }

  @Test("There is a gap between a parameter's name and its value, however long the name is")
  func gaps() throws {
    var person = searched()
    for parameter in SearchParameters.declared {
      person.press(", text:\(parameter.id)")
      let row = try #require(person.screen().first { $0.contains(" \(parameter.id) ") }, "\(parameter.id)")
      #expect(row.contains("\(parameter.id) "))
      person.press("Escape")
    }
  }

  @Test("Enter asks for a value, which becomes an intervention; undo takes it back")
  func change() throws {
    var person = searched()
    person.press(", text:selection.exploration Enter")
    #expect(person.screen().contains { $0.contains("Set selection.exploration to") })
    person.press("text:1.5 Enter")
    #expect(isListed(person))
    #expect(person.search.tree.parameters.value("selection.exploration") == .number(1.5))
    guard case .intervened(.set(let id, let value))? = person.state.run?.timeline.events.last else {
      Issue.record("the last event sets no parameter")
      return
    }
    #expect(id == "selection.exploration" && value == .number(1.5))
    #expect(person.screen().contains { $0.contains("* selection.exploration") && $0.contains("1.5") })
    person.press("Escape u")
    #expect(person.state.overlay == nil)
    #expect(person.search.tree.parameters.value("selection.exploration") == .number(1))
  }

  @Test("A bad value stays in the prompt, with what was expected; Escape goes back to the list")
  func badValue() {
    var person = searched()
    let events = person.search.tree.eventCount
    person.press(", text:selection.exploration Enter text:101 Enter")
    #expect(person.screen().contains { $0.contains("expected a number from 0 to 100, found '101'") })
    person.press("Escape")
    #expect(isListed(person))
    person.press("Enter Enter")
    #expect(isListed(person), "the same value again changes nothing")
    person.press("Escape")
    #expect(person.state.overlay == nil && person.search.tree.eventCount == events)
  }

  @Test("In the past the values of then are shown and cannot be changed")
  func past() {
    var person = searched()
    person.press(", text:selection.exploration Enter text:2 Enter Escape s < < < < < < ,")
    #expect(person.state.run?.pastMoment != nil)
    person.press("text:selection.exploration")
    let row = person.screen().first { $0.contains("selection.exploration  ") }
    #expect(row?.contains("*") == false, "it is 2 now, and was not then")
    person.press("Enter")
    #expect(isListed(person) && person.state.message?.text.contains("is past") == true)
  }
}
