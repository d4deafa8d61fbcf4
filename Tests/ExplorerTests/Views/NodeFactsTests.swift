import Canvas
import Testing
import TreeInsight
import TreeSearch

@testable import Explorer

@Suite("What the node panel says")
struct NodeFactsTests {
  /// The panel's lines as text.
  private static func lines(_ person: FakeDriver, width: Int = 70, glyphs: GlyphSet = .unicode) throws -> [String] {
    let panel = NodePanel(run: try #require(person.state.run), look: Look(theme: .monochrome, glyphs: glyphs))
    return panel.lines(width: width).map { $0.map(\.text).joined() }
  }

  private static func row(_ name: String, _ lines: [String]) throws -> String {
    try #require(lines.first { $0.hasPrefix(name) })
  }

  @Test("Weight times score is the share, and the shares add up to the reward")
  func shares() throws {
    var person = FakeDriver()
    person.press("s", times: 3)
    person.press("j")
    let node = person.cursor
    var sum = 0.0
    for critic in person.tree.header.critics {
      let row = try Self.row(critic.name, try Self.lines(person))
      guard let score = person.tree.score(critic.name, of: node) else { continue }
      let share = score / 4  // four critics of weight 1 speak
      sum += share
      #expect(row.contains("1 × \(Number.score(score))  =  \(Number.score(share))"), "\(row)")
      // Sixteen columns are the greatest share that a critic of this weight can have.
      let bar = Bar.text(score, columns: 16, glyphs: .unicode).filter { $0 != " " }
      #expect(row.contains("  \(bar)" + String(repeating: "·", count: 16 - bar.count)), "\(row)")
    }
    #expect(abs(sum - (try #require(person.tree[node].reward))) < 1e-12)
  }

  @Test("In ASCII the empty part of a bar is no other kind of bar")
  func asciiBars() throws {
    var person = FakeDriver()
    person.press("s s s j")
    let rows = try Self.lines(person, glyphs: .ascii).filter { $0.contains(" x ") && $0.contains("#") }
    #expect(!rows.isEmpty)
    for row in rows { #expect(row.contains(".") && !row.contains("|"), "\(row)") }
  }

  @Test("Tools say what they checked, with a sign that needs no colour")
  func tools() throws {
    var person = FakeDriver(header: FakeDriver.header(changing: ["width.root.minimum": "3"]))
    person.press("s", times: 30)
    for (text, words) in [("= 9", "ok  1 sum checked"), ("= 21", "?  13 + 9 is 22, not 21")] {
      let id = try #require(
        person.tree.nodes.indices.first { person.tree.details[$0].option?.text.contains(text) == true })
      _ = person.state.reduce { state in state.withRun { $0.select(NodeID(id)) } }
      #expect(try Self.row("calculator", try Self.lines(person, width: 80)).hasSuffix(words))
    }
  }

  @Test("Only what is right has the sign and the colour of what is right", arguments: ["32", "29", nil])
  func truth(reference: String?) throws {
    var header = FakeDriver.header(changing: ["width.root.minimum": "3"])
    header.problem.answer = reference
    var person = FakeDriver(header: header)
    person.press("s", times: 120)
    let run = try #require(person.state.run)
    let look = Look(theme: try GoldenViews.theme("dusk"), glyphs: .unicode)
    let signs = TreeSigns(look: look, run: run)
    var seen = 0
    for offset in run.tree.nodes.indices where run.tree.nodes[offset].terminal == .answer {
      let id = NodeID(offset)
      let answer = try #require(run.tree.details[offset].answer)
      seen += 1
      let expected =
        switch reference.map({ $0 == answer }) {
        case true?: ("✓", "tree.glyph.right")
        case false?: ("✗", "tree.glyph.wrong")
        case nil: ("◉", "tree.glyph.answer")
        }
      #expect(signs.state(id) == Span(expected.0, look(expected.1)))
      let number = try #require(PathPanel.verdict(id, run, look).first { $0.text == answer })
      let green = look("critic.agree").foreground
      #expect((number.style.foreground == green) == (reference == answer), "\(answer)")
    }
    #expect(seen > 1)
    // A tool's doubt is a sign of its own, and faint where the answer is known to be right.
    for offset in run.tree.nodes.indices where run.tree.isContradicted(NodeID(offset)) {
      #expect(signs.mark(NodeID(offset))?.text == "?")
    }
    for glyphs in [GlyphSet.unicode, .ascii] {
      let legend = TreeSigns.legend(glyphs)
      #expect(Set(legend.map(\.sign)).count == legend.count, "every sign means one thing")
    }
  }

  @Test("Rollouts: how the scores lie, which answers came how often")
  func rollouts() throws {
    var person = FakeDriver()
    person.press("s j f text:4 Enter")
    let rollouts = person.tree.rollouts(of: person.cursor)
    #expect(rollouts.count > 4)
    let lines = try Self.lines(person)
    let right = rollouts.count { $0.answer == "32" }
    let wrong = rollouts.count - right
    let row = try Self.row("answers", lines)
    #expect(row.contains("32 ×\(right)") && row.contains("29 ×\(wrong)"))
    // 0.25 lies in column 5 of 21, 0.875 in column 18; the more frequent one is the full height.
    let spread = Array(try Self.row("spread", lines).dropFirst(11).prefix(21))
    #expect(spread.count { $0 != "·" } == 2)
    #expect(spread[wrong > right ? 5 : 18] == "█" || wrong == right)
    #expect(spread[5] != "·" && spread[18] != "·")
  }

  @Test("Token digits end where the option does; those of the options before stand above")
  func tokens() throws {
    var person = FakeDriver()
    person.press("s", times: 12)
    let deep = try #require(person.tree.nodes.indices.last { person.tree.nodes[$0].depth == 2 })
    _ = person.state.reduce { state in state.withRun { $0.select(NodeID(deep)) } }
    let lines = try Self.lines(person, glyphs: .ascii)
    let option = try #require(person.tree.details[deep].option)
    let digits = option.logProbabilities.map { HeatGlyph.text(Double($0), .ascii) }.joined()
    #expect(try Self.row("each", lines).hasSuffix(" \(digits)|"))
    #expect(try Self.row("before", lines).filter { $0 == "|" }.count == 1)
    #expect(lines.allSatisfy { $0.allSatisfy(\.isASCII) })
  }
}
