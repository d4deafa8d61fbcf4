import Canvas
import Testing
import TreeInsight
import TreeSearch
import Vocabulary

@testable import Explorer

@Suite("What the model thought: dim, folded, and unfolded by a key")
struct ThinkingTests {
  /// A run with a thought-out step and one without.
  private static func person(withRollout: Bool = false) throws -> FakeDriver {
    var search = Search(header: FakeDriver.header(changing: ["rollout.count": "0"]))
    let thinking = "Ana has 13.\nThen 3 trays of 3, which is 9 more.\u{1B}[2J So 22, and 10 of Lena's: #### 32."
    for option in [
      SearchOption(bytes: Array("3 * 3 = 9\n".utf8), termination: .newline, thinking: thinking),
      SearchOption(bytes: Array("13 + 10 = 23\n".utf8), termination: .newline),
    ] {
      try search.intervene(.insert(node: .root, option: option))
      answer(&search)
    }
    if withRollout {
      try search.intervene(.rollOut(node: NodeID(2), count: 1))
      answer(&search)
    }
    _ = search.takeEvents()
    var person = FakeDriver()
    person.search = search
    _ = person.state.reduce(.opened(OpenRun(id: "run-1", tree: search.tree)))
    person.press("j")
    return person
  }

  private static func answer(_ search: inout Search) {
    while true {
      let asked = search.ask(upTo: 0)
      if asked.isEmpty { break }
      for request in asked {
        switch request.kind {
        case .score(let critics):
          search.tell(request.id, Answer(.scores(critics.map { CriticScore(critic: $0, score: 0.5) })))
        case .rollOut:
          search.tell(
            request.id, Answer(.rollouts([Rollout(text: "#### 29", score: 0.25, thinking: "Maybe #### 32?")])))
        default: break
        }
      }
    }
  }

  private static let size = Size(columns: 60, rows: 24)

  @Test("Folded and unfolded screens")
  func goldens() throws {
    var person = try Self.person()
    person.press("2 z")
    let folded = person.screen(Self.size)
    #expect(folded.contains { $0.contains("▸ thinking, 20 words") })
    #expect(!folded.contains { $0.contains("trays of 3, which") })
    try Golden.check(folded, "thinking-folded-60x24", #_sourceLocation)
    person.press("U")
    let unfolded = person.screen(Self.size)
    #expect(unfolded.contains { $0.contains("trays of 3, which") })
    #expect(!unfolded.contains { $0.contains("\u{1B}") })
    try Golden.check(unfolded, "thinking-unfolded-60x24", #_sourceLocation)
    person.press("U")
    #expect(person.screen(Self.size) == folded)
  }

  @Test("It is dim, and told in ASCII as well")
  func dim() throws {
    var person = try Self.person()
    person.press("U")
    let look = Look(theme: .monochrome, glyphs: .ascii)
    let lines = NodePanel(run: try #require(person.state.run), look: look).lines(width: 50)
    let head = try #require(lines.firstIndex { $0.map(\.text).joined() == "v thinking, 20 words" })
    #expect(lines[head...].prefix(2).allSatisfy { $0.allSatisfy { $0.style == look("ui.text.faint") } })
  }

  @Test("A rollout's thinking is folded below it, and is no answer")
  func rollouts() throws {
    var person = try Self.person(withRollout: true)
    person.press("j")
    func lines() throws -> [String] {
      let look = Look(theme: .monochrome, glyphs: .unicode)
      return NodePanel(run: try #require(person.state.run), look: look).lines(width: 50).map {
        $0.map(\.text).joined()
      }
    }
    let folded = try lines()
    let at = try #require(folded.firstIndex { $0.contains("29") && $0.contains("0.25") })
    #expect(folded[at + 1] == "       ▸ thinking, 3 words")
    #expect(!folded.contains { $0.contains("Maybe") })
    person.press("U")
    #expect(try lines()[(at + 1)...].prefix(2) == ["       ▾ thinking, 3 words", "         Maybe #### 32?"])
    #expect(person.tree.rollouts(of: person.cursor).map(\.answer) == ["29"])
  }

  @Test("Where there is none the key says so, and filters find it only where it is asked for")
  func elsewhere() throws {
    var person = try Self.person()
    person.press("j")
    let command = try #require(CommandTable.all.first { $0.id == "run.thinking" })
    #expect(command.disabledReason(person.state) == "the model told no thinking here")
    person.press("U")
    #expect(person.state.run?.showsThinking == false)
    let tree = person.tree
    for (filter, isFound) in [
      ("\"trays\"", false), ("thought=trays", true), ("thought=\"which is 9\"", true), ("thought=nothing", false),
      ("thought", true), ("not thought", false),
    ] {
      #expect(try NodeFilter(filter).matches(NodeID(1), in: tree) == isFound, "\(filter)")
    }
    #expect(try !NodeFilter("thought").matches(NodeID(2), in: tree))
    #expect(throws: FilterError.self) { try NodeFilter("thought>3") }
    #expect(throws: FilterError.self) { try NodeFilter("thought=") }
  }
}
