import Canvas
import Testing
import TreeInsight
import Vocabulary

@testable import Explorer

@Suite("The list of problems on the screen")
struct ProblemsPanelTests {
  private static func entry(_ id: String, _ answer: String?, isCorrect: Bool?) -> ProblemEntry {
    ProblemEntry(
      Problem(id: id, question: "How many are left?", answer: "40", split: "dev"), tier: "standard",
      progress: "done, 40 sims",
      result: ProblemResult(
        simulations: 40, tokens: 1721, answer: answer, isCorrect: isCorrect, agreement: 2,
        missesRight: isCorrect == false))
  }

  /// Right, wrong, without a reference, decided.
  static let entries: [ProblemEntry] = {
    var decided = entry("p-decided", "40", isCorrect: true)
    decided.decision = ProblemDecision(verdict: .good, who: "ana")
    var refused = entry("p-refused", "19", isCorrect: false)
    refused.decision = ProblemDecision(verdict: .bad, who: "bo")
    return [
      entry("p-right", "40", isCorrect: true), entry("p-wrong", "19", isCorrect: false),
      entry("p-unknown", "7", isCorrect: nil), decided, refused,
    ]
  }()

  private static func state(_ size: Size, _ entries: [ProblemEntry] = entries) -> ExplorerState {
    ExplorerState(size: size, problems: entries)
  }

  private static func lines(_ state: ExplorerState) -> [String] {
    FrameText.lines(state.view(size: state.size, theme: .monochrome, glyphs: .unicode))
  }

  @Test("What is known of the selected problem is read whole, right below its question", arguments: [80, 120])
  func preview(columns: Int) throws {
    var state = Self.state(Size(columns: columns, rows: 24))
    _ = state.reduce(.key(.down))
    let lines = Self.lines(state)
    let title = try #require(lines.firstIndex { $0.hasPrefix("─ p-wrong ") })
    let said = lines[(title + 1)..<22].map { $0.split(separator: " ").joined(separator: " ") }
    #expect(said[0] == "How many are left?")
    #expect(said[1] == "", "one empty row parts them")
    #expect(!said[2].isEmpty && !said.joined().contains("…"))
    #expect(
      said[2...].filter { !$0.isEmpty }.joined(separator: " ")
        == "answer 40, tier standard, split dev, done, 40 sims, answered 19, 2 of 5 final selections agree, "
        + "the right answer was found and not chosen, 1,721 tokens")
  }

  @Test("A long question gives way to what is known of it, and says so")
  func longQuestion() throws {
    let words = Array(repeating: "many", count: 200).joined(separator: " ")
    let long = ProblemEntry(Problem(id: "p", question: words, answer: "40", split: "dev"), tier: "hard")
    let lines = Self.lines(Self.state(Size(columns: 80, rows: 24), [long]))
    let title = try #require(lines.firstIndex { $0.hasPrefix("─ p ") })
    #expect(lines[title + 4].hasSuffix("…"))
    #expect(lines[title + 5].contains("answer 40, tier hard, split dev"))
  }

  @Test("The status line is as wide as the screen, as it is beside a tree", arguments: ["dusk", "paper"])
  func status(theme: String) throws {
    let size = Size(columns: 120, rows: 36)
    let theme = try GoldenViews.theme(theme)
    func styles(_ state: ExplorerState, row: Int = 34) -> Set<Style> {
      Set(state.view(size: size, theme: theme, glyphs: .unicode).row(row).map(\.style))
    }
    let list = styles(Self.state(size))
    #expect(list.count == 1 && list.isDisjoint(with: styles(Self.state(size), row: 33)))
    #expect(styles(FakeDriver(size: size).state).isSuperset(of: list))
  }

  @Test("Answers and decisions have the colour of what they are", arguments: ["dusk", "paper"])
  func colours(theme: String) throws {
    let theme = try GoldenViews.theme(theme)
    // The cursor is on the last row, whose own colours it hides.
    var state = Self.state(Size(columns: 120, rows: 36), Self.entries + [Self.entry("p-last", nil, isCorrect: nil)])
    _ = state.reduce(.key(.end))
    let frame = state.view(size: state.size, theme: theme, glyphs: .unicode)
    func colour(_ row: String, of text: String) throws -> Color {
      let line = try #require((0..<36).first { FrameText.lines(frame)[$0].hasPrefix("  \(row) ") })
      let cells = Array(frame.row(line))
      let start = try #require(
        cells.indices.first { at in
          cells[at...].prefix(text.count).map(\.text).joined() == text
        }, "\(row): \(text)")
      return cells[start].style.foreground
    }
    let (right, wrong) = (theme.style("tree.glyph.right").foreground, theme.style("tree.glyph.wrong").foreground)
    #expect(right != wrong)
    #expect(try colour("p-right", of: "✓ 40") == right)
    #expect(try colour("p-wrong", of: "✗ 19") == wrong)
    #expect(try colour("p-unknown", of: "7 ") == theme.style("ui.text.faint").foreground)
    #expect(try colour("p-decided", of: "good, ana") == theme.style("critic.agree").foreground)
    #expect(try colour("p-refused", of: "bad, bo") == theme.style("critic.contradict").foreground)
    #expect(try colour("p-right", of: "done, 40") == theme.style("ui.text").foreground)
  }
}
