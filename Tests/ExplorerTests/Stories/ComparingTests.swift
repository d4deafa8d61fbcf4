import Canvas
import Testing
import TreeInsight
import TreeSearch

@testable import Explorer

@Suite("A person compares")
struct ComparingTests {
  private func searched(_ size: Size = Size(columns: 120, rows: 40)) -> FakeDriver {
    .searched(size: size)
  }

  private func comparison(_ person: FakeDriver) -> Comparison? {
    (person.state.overlay as? ComparisonOverlay)?.comparison
  }

  @Test("= marks a node, and on another shows both side by side")
  func nodes() throws {
    var person = searched()
    person.press("j =")
    let first = person.cursor
    #expect(person.state.overlay == nil && person.state.run?.marked == first)
    person.press("] =")
    let second = person.cursor
    #expect(second != first)
    let comparison = try #require(self.comparison(person))
    #expect(comparison.a == "node \(first)" && comparison.b == "node \(second)")
    #expect(comparison.rows.first == .words("siblings below node 0"))
    let (n, m) = (Double(person.tree[first].visits), Double(person.tree[second].visits))
    #expect(comparison.rows.contains(.number("visits N", a: n, b: m, .count)))
    let (q, r) = (try #require(person.tree[first].meanValue), try #require(person.tree[second].meanValue))
    let ahead = "node \(q > r ? first : second) is ahead by Q +\(Number.fixed(abs(q - r), decimals: 3))"
    #expect(comparison.verdict?.contains(ahead) == true, "\(comparison.verdict ?? "")")
    #expect(comparison.sentences.contains { $0.hasPrefix("mean value Q: \(Number.fixed(q, decimals: 3)), and ") })
    try Golden.check(person.screen(Size(columns: 80, rows: 24)), "popup-compare-nodes-80x24", #_sourceLocation)
    person.press("Escape")
    // The mark stays: a third node is compared with it, and the marked one itself is marked again.
    person.press("] =")
    #expect(self.comparison(person)?.a == "node \(first)")
  }

  @Test("A node and one on its way, and the root, which has no option")
  func ancestors() throws {
    var person = searched()
    person.press("g = j =")
    let comparison = try #require(self.comparison(person))
    #expect(comparison.rows.first == .words("node 0 is on the way to node \(person.cursor)"))
    #expect(comparison.sentences.contains { $0.hasPrefix("option: none, and ") })
  }

  @Test("Numbers say by how much the second is more; what reads the same says nothing")
  func differences() {
    #expect(Comparison.Figure.score(3).difference(0.5, 0.625) == "+0.125")
    #expect(Comparison.Figure.score(2).difference(0.5, 0.25) == "-0.25")
    #expect(Comparison.Figure.score(2).difference(0.5, 0.501) == nil)
    #expect(Comparison.Figure.count.difference(12_000, 2_000) == "-10,000")
    let row = Comparison.Row.numbers(
      "depth 1", a: "node 1", b: "",
      [Comparison.Quantity("N", a: 4, b: 9, .count), Comparison.Quantity("Q", a: 0.5, b: nil, .score(3))])
    #expect(
      Comparison(title: "t", a: "x", b: "y", rows: [row]).sentences == [
        "t: x, y.", "depth 1: node 1  N 4  Q 0.500, and N 9 (+5).",
      ])
  }

  @Test("The verdict: what is right before what is wrong, then mean value")
  func verdicts() {
    func side(_ name: String, _ isRight: Bool?, _ q: Double?, _ visits: Int? = nil) -> Comparison.Side {
      Comparison.Side(name: name, answer: .init("5", isRight: isRight), q: q, visits: visits)
    }
    #expect(
      Comparison.verdict(side("a", false, 0.5, 9), side("b", true, 0.25, 4))
        == "b is right, a wrong; a is ahead by Q +0.250 with 5 visits more")
    #expect(Comparison.verdict(side("a", true, 0.5), side("b", true, 0.5)) == "both are right; equal in Q")
    #expect(Comparison.verdict(side("a", nil, nil), side("b", nil, 0.5)) == nil)
  }

  @Test("The colours: the better number and the right answer are of one colour, the worse and the wrong of another")
  func colours() throws {
    let theme = try GoldenViews.theme("dusk")
    let look = Look(theme: theme, glyphs: .unicode)
    let rows: [Comparison.Row] = [
      .pair("option", a: "Ana has 13 + 9 = 22 apples.", b: "Ana has 13 + 6 = 19 apples."),
      .number("Q", a: 0.5, b: 0.25, .score(2)), .number("N", a: 1, b: 3, .count),
      .answer("answer", a: .init("32", isRight: true), b: .init("29", isRight: false)),
    ]
    let table = ComparisonTable(Comparison(title: "t", a: "x", b: "y", rows: rows, verdict: "v"), width: 90, look)
    let spans = table.rows.joined()
    func style(_ text: String) -> Style? { spans.first { $0.text.hasPrefix(text) }?.style }
    #expect(style("9 ") == look("tree.lit") && style("22 ") == look("tree.lit"))
    #expect(style("6 ") == look("tree.lit") && style("apples.") == look("ui.text"))
    #expect(style(" (-0.25)") == look("critic.contradict") && style(" (+2)") == look("ui.notice"))
    #expect(style("32") == look("critic.agree") && style("29") == look("critic.contradict"))
    #expect(table.heads.count == 2)
  }

  @Test("| asks for the other runs: none, one and several")
  func choosing() throws {
    var person = searched()
    person.press("|")
    #expect(person.takeEffects() == [.run(.findRunsToCompare)])
    person.act(.runsToCompare([]))
    #expect(person.state.message?.text.contains("has no other run") == true)
    person.act(.runsToCompare([RunChoice(id: "r1", words: "3 sims")]))
    #expect(person.takeEffects() == [.run(.compareRun("r1"))])
    person.act(.runsToCompare([RunChoice(id: "r1", words: "3 sims"), RunChoice(id: "r2", words: "9 sims")]))
    #expect(person.screen().contains { $0.contains("b  r2  9 sims") })
    person.press("b")
    #expect(person.takeEffects() == [.run(.compareRun("r2"))] && person.state.overlay == nil)
  }

  @Test("The split view of two runs: where they part and what became of it")
  func runs() throws {
    var person = searched()
    let timeline = try #require(person.state.run?.timeline)
    var other = FakeDriver(header: FakeDriver.header(changing: ["width.root.minimum": "2"]))
    other.press("s", times: 12)
    let theirs = try #require(other.state.run?.timeline)
    let difference = RunDifference(timeline, theirs)
    person.act(.compared(difference, a: "run-1", b: "run-2"))
    let comparison = try #require(self.comparison(person))
    let parting = try #require(difference.parting)
    #expect(comparison.rows.contains(.pair("width.root.minimum", a: "3", b: "2")))
    #expect(
      comparison.rows.contains(.pair("event \(parting.at + 1)", a: parting.a, b: parting.b ?? "the journal ends")))
    try Golden.check(person.screen(), "popup-compare-runs-120x40", #_sourceLocation)
    try Golden.check(person.screen(Size(columns: 60, rows: 16)), "popup-compare-runs-60x16", #_sourceLocation)
  }

  @Test("What does not fit scrolls below the heads, and no further than to its end")
  func scrolling() throws {
    var person = searched(Size(columns: 60, rows: 12))
    person.press("j = ] =")
    let top = person.screen()
    person.press("Down")
    #expect(person.screen() != top && person.screen()[2].contains("node"))
    person.press("Down", times: 500)
    let bottom = person.screen()
    person.press("Down")
    #expect(person.screen() == bottom)
  }

  @Test("Equal runs say so")
  func equal() throws {
    let timeline = try #require(searched().state.run?.timeline)
    let comparison = Comparison(RunDifference(timeline, timeline), a: "x", b: "y")
    #expect(comparison.rows == [.words("the runs are the same, event by event")])
  }
}
