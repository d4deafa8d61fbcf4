import Canvas
import Testing
import TreeInsight
import TreeSearch

@testable import Explorer

@Suite("A person looks through all runs")
struct RunsListTests {
  static let rows = [
    RunEntry(
      id: "dev-1-s1", problem: "dev-1", simulations: 40, nodes: 31, tokens: 12_000, stopped: .simulations, answer: "12",
      isCorrect: true, agreement: 5, updated: "2026-11-01 10:00"),
    RunEntry(
      id: "dev-2-s1", problem: "dev-2", simulations: 8, nodes: 9, tokens: 900, answer: "7", isCorrect: false,
      agreement: 2, updated: "2026-11-02 10:00", openWith: "ana"),
    RunEntry(
      id: "dev-1-s2", problem: "dev-1", simulations: 90, nodes: 12, tokens: 300, stopped: .exhausted, answer: "13",
      isCorrect: false, agreement: 3, updated: "2026-11-03 10:00"),
  ]

  /// Two of the places where a text stands.
  static let found = FoundTexts(
    "3*4",
    hits: [
      FoundTexts.Hit(problem: "dev-1", place: TreePlace(run: "dev-1-s1", node: 2), text: "Nora buys 3 * 4\u{1B}[2J"),
      FoundTexts.Hit(problem: "dev-2", place: TreePlace(run: "dev-2-s1", node: 5, rollout: 1), text: "so 3 * 4 = 12"),
    ], count: 700, runs: 50)

  private static func listed(_ size: Size = Size(columns: 120, rows: 24)) -> ExplorerState {
    var state = ExplorerState(size: size, problems: ProblemListTests.entries)
    #expect(state.reduce(.key(.character("r"))) == [.run(.listRuns)])
    _ = state.reduce(.runs(rows))
    return state
  }

  private func screen(_ state: ExplorerState, _ size: Size? = nil) -> [String] {
    FrameText.lines(state.view(size: size ?? state.size, theme: .monochrome, glyphs: .unicode))
  }

  /// Names of the runs in the list, from top to bottom.
  private func names(_ state: ExplorerState) -> [String] {
    screen(state).compactMap { line in Self.rows.map(\.id).first { line.contains($0 + " ") } }
  }

  @Test("Runs of one problem stand together, with their sum; Tab takes another order and stays on the run")
  func orders() throws {
    var state = Self.listed()
    #expect(names(state) == ["dev-1-s2", "dev-1-s1", "dev-2-s1"])
    #expect(screen(state).contains { $0.contains("dev-1  2 runs, 130 sims, 12300 tokens, 1 right, 1 wrong") })
    #expect(
      screen(state).contains { $0.contains("3 runs, 138 sims, 13200 tokens, 1 right, 2 wrong.  Tab: newest first") })
    try Golden.check(screen(state), "popup-runs-120x24", #_sourceLocation)
    try Golden.check(screen(state, Size(columns: 60, rows: 16)), "popup-runs-60x16", #_sourceLocation)
    _ = state.reduce(.key(.down))
    _ = state.reduce(.key(.tab))
    #expect(names(state) == ["dev-1-s2", "dev-2-s1", "dev-1-s1"], "the newest first")
    _ = state.reduce(.key(.tab))
    #expect(names(state) == ["dev-1-s2", "dev-1-s1", "dev-2-s1"], "by simulations")
    #expect(state.reduce(.key(.enter)) == [.run(.openRun("dev-1-s1"))])
  }

  @Test("Every order has a place for every run, there and back", arguments: RunOrder.allCases)
  func everyOrder(order: RunOrder) {
    #expect(Set(order.places(of: Self.rows, isReversed: false)) == Set(Self.rows.indices))
    #expect(order.next(1).next(-1) == order)
  }

  @Test(
    "The filter knows fields, not and or",
    arguments: [
      ("wrong", ["dev-1-s2", "dev-2-s1"]), ("not wrong", ["dev-1-s1"]),
      ("sims>20 problem=dev-1", ["dev-1-s2", "dev-1-s1"]),
      ("state=open or agree=5", ["dev-1-s1", "dev-2-s1"]), ("by=ana", ["dev-2-s1"]), ("zzz", []),
      ("sims>", ["dev-1-s2", "dev-1-s1", "dev-2-s1"]),
    ])
  func filter(query: String, found: [String]) {
    var state = Self.listed()
    for character in query { _ = state.reduce(.key(.character(character))) }
    #expect(names(state) == found)
  }

  @Test("The list goes on while others work, and the cursor stays on its run")
  func live() {
    var state = Self.listed()
    _ = state.reduce(.key(.down))
    let new = RunEntry(
      id: "dev-1-s3", problem: "dev-1", simulations: 1, nodes: 2, tokens: 3, updated: "2026-11-04 10:00")
    _ = state.reduce(.runs(Self.rows + [new]))
    #expect(screen(state).contains { $0.contains("dev-1-s3") && $0.contains("may go on") })
    #expect(state.reduce(.key(.enter)) == [.run(.openRun("dev-1-s1"))])
    _ = state.reduce(.runs(Self.rows))
    #expect(state.overlay == nil, "who has left the list is left alone")
  }

  @Test("Texts of all runs: what is found leads to its node")
  func texts() throws {
    var state = ExplorerState(size: Size(columns: 100, rows: 20), problems: ProblemListTests.entries)
    for key in "F3*4" { _ = state.reduce(.key(.character(key))) }
    #expect(state.reduce(.key(.enter)) == [.run(.findTexts("3*4"))])
    _ = state.reduce(.textsFound(Self.found))
    let rows = screen(state)
    #expect(rows.contains { $0.contains("700 places in the texts of 50 runs; the first 2 are shown") })
    #expect(!rows.joined().contains("\u{1B}"))
    try Golden.check(rows, "popup-texts-100x20", #_sourceLocation)
    for key in "so" { _ = state.reduce(.key(.character(key))) }
    #expect(state.reduce(.key(.enter)) == [.run(.openRun("dev-2-s1"))])
    let tree = FakeDriver.searched().tree
    _ = state.reduce(.opened(OpenRun(id: "dev-2-s1", tree: tree)))
    #expect(state.run?.cursor == NodeID(5))
  }
}
