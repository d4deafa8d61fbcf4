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

  @Test("In the list of runs: as in every list; where nothing is typed, Tab takes another order")
  func runs() throws {
    var state = ExplorerState(size: Size(columns: 120, rows: 24), problems: CurationTests.list())
    func press(_ keys: Key...) { for key in keys { _ = state.reduce(.key(key)) } }
    func type(_ text: String) { for character in text { press(.character(character)) } }
    func screen() -> [String] {
      FrameText.lines(state.view(size: state.size, theme: .monochrome, glyphs: .unicode))
    }
    press(.character("r"))
    _ = state.reduce(.runs(RunsListTests.rows))
    #expect(screen().contains { $0.contains(" run ") && $0.contains(" answer ") && $0.contains(" finals ") })
    type("wr")
    #expect(screen().contains { $0.contains("Tab: wrong (it answers wrongly)") })
    press(.tab)
    type(" or pro")
    press(.tab, .tab)
    #expect(state.overlay?.field?.text == "wrong or problem=")
    #expect(screen().contains { $0.contains("Tab: dev-1 (what it searches)  dev-2") })
    type("dev-2")
    #expect(!screen().contains { $0.contains("Tab: dev-2") }, "what is there is no continuation")
    press(.control("u"))
    type("state=op")
    press(.tab)
    #expect(state.overlay?.field?.text == "state=open")
    #expect(screen().contains { $0.contains("1 run, 8 sims") && $0.contains("of 3 runs.  Shift-Tab: by name") })
    press(.backTab)
    #expect(screen().contains { $0.contains("─ Runs, by name ─") })
    #expect(state.reduce(.key(.enter)) == [.run(.openRun("dev-2-s1"))])
  }

  @Test("In the list of texts that were found, and in the questions for texts and for what changed")
  func texts() {
    var state = ExplorerState(size: Size(columns: 120, rows: 24), problems: CurationTests.list())
    func press(_ keys: Key...) { for key in keys { _ = state.reduce(.key(key)) } }
    func type(_ text: String) { for character in text { press(.character(character)) } }
    press(.character("F"))
    type("apples o")
    press(.tab)
    #expect(state.overlay?.field?.text == "apples or")
    press(.escape, .character("&"))
    type("mo")
    press(.tab)
    type("careless,se")
    press(.tab)
    type("1 r")
    press(.tab)
    #expect(state.overlay?.field?.text == "model=careless,seed=1 round=")
    press(.escape)
    _ = state.reduce(.textsFound(RunsListTests.found))
    type("no")
    press(.tab)
    #expect(state.overlay?.field?.text == "node")
    type(">3")
    #expect((state.overlay as? TextHitsOverlay)?.shown.map(\.place.node) == [5])
    press(.control("u"))
    type("run=")
    press(.tab)
    #expect(state.overlay?.field?.text == "run=dev-1-s1")
    #expect(state.reduce(.key(.enter)) == [.run(.openRun("dev-1-s1"))])
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
