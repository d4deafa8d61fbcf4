import Canvas
import Testing
import TreeInsight
import TreeSearch

@testable import Explorer

@Suite("Tab completes what is typed")
struct CompletingTests {
  private func searched() -> FakeDriver {
    var person = FakeDriver(size: Size(columns: 100, rows: 30))
    person.press("s", times: 6)
    return person
  }

  private func typed(_ person: FakeDriver) -> String? { person.state.overlay?.field?.text }

  @Test("In the question for a fork: parameters, their values, presets and the seed")
  func fork() throws {
    var person = searched()
    person.press("F text:explor")
    #expect(person.screen().contains { $0.contains("Tab: selection.exploration= (") })
    person.press("Tab text:0.3_pre Tab text:van Tab")
    #expect(typed(person) == "selection.exploration=0.3 preset=vanilla")
    person.press("text:_fin Tab")
    #expect(person.screen().contains { $0.contains("Tab: ") && $0.contains("rerank") && $0.contains("majority") })
    person.press("text:maj Tab Enter")
    let settings = try ForkSettings("selection.exploration=0.3 preset=vanilla final.selection=majority")
    #expect(person.takeEffects() == [.run(.fork(at: person.search.tree.eventCount, settings))])
  }

  @Test("Many candidates are named in part")
  func many() {
    var person = searched()
    person.press("F text:w")
    #expect(person.screen().contains { $0.contains("Tab: ") })
    #expect(person.screen().joined().contains(/and \d+ more/))
  }

  @Test("In the question for a setting: the words it takes, one after the other")
  func setting() {
    var person = searched()
    person.press(", text:final.selection Enter Tab")
    #expect(typed(person) == "weightedVote", "rerank was in force")
    person.press("Tab Tab ^u text:gr")
    #expect(person.screen().contains { $0.contains("Tab: greedyPath") })
    person.press("Tab Enter")
    #expect(person.search.tree.parameters.value("final.selection") == .word("greedyPath"))
  }

  @Test("In the question for a breakpoint: fields, states and events")
  func breakpoint() {
    var person = searched()
    person.press("B text:best_ch Tab")
    #expect(typed(person) == "best changes")
    person.press("Enter")
    #expect(person.state.breakpoints.entries.map(\.breakpoint.source) == ["best changes"])
  }

  @Test("In the filters of lists: words, fields, their signs, and what the rows have")
  func lists() {
    var person = FakeDriver(size: Size(columns: 100, rows: 30), problems: CurationTests.list())
    person.press("P / text:wr Tab text:_ag Tab")
    #expect(typed(person) == "wrong agree")
    #expect(person.screen().contains { $0.contains("Tab: < (how many final selections agree)") })
    person.press("Tab text:4_or_by Tab")
    #expect(typed(person) == "wrong agree<4 or by=")
    person.press("^u text:id= Tab")
    #expect(typed(person) == "id=p0")
    person.press("^u text:not_ver Tab text:= Tab Escape R / text:sta Tab Tab")
    #expect(typed(person) == "state=")
    person.press("text:pro Tab Enter")
    #expect(person.state.rounds?.list.query == "state=promoted")
    person.press("Escape Enter / text:acc Tab")
    #expect(typed(person) == "accepted")
  }

  @Test("In the filter: what each selection chooses, and first errors")
  func filter() {
    var person = searched()
    person.press("/ text:chosen.gre Tab")
    #expect(typed(person) == "chosen.greedyPath")
    person.press("text:_or_first Tab")
    #expect(typed(person) == "chosen.greedyPath or first-error")
  }
}
