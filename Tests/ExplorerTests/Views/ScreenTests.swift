import Canvas
import Testing
import TreeInsight
import TreeSearch

@testable import Explorer

@Suite("Screens")
struct ScreenTests {
  /// A size with its name in golden files.
  static let sizes: [(name: String, size: Size)] = [
    ("200x50", Size(columns: 200, rows: 50)), ("120x36", Size(columns: 120, rows: 36)),
    ("100x30", Size(columns: 100, rows: 30)),
    ("80x24", Size(columns: 80, rows: 24)), ("60x16", Size(columns: 60, rows: 16)),
    ("40x10", Size(columns: 40, rows: 10)),
  ]

  /// A search some way in, with everything that a row can show.
  static func explored(_ size: Size, glyphs: GlyphSet = .unicode) -> FakeDriver {
    var person = FakeDriver(
      size: size, header: FakeDriver.header(changing: ["width.root.minimum": "3"]),
      themes: ["dusk", "paper", "terminal16"], problems: ProblemListTests.entries)
    person.state.glyphs = glyphs
    person.press("s", times: 36)
    person.press("j e text:3 Enter i text:Add_the_apples_of_both. Enter G h x g j j v text:0.75 Enter m")
    return person
  }

  @Test("Between the sizes of the other goldens: panels side by side on few rows")
  func between() throws {
    try Golden.check(Self.explored(Size(columns: 100, rows: 30)).screen(), "run-100x30", #_sourceLocation)
  }

  @Test(
    "Two numbers that could be taken for one have names of their own: the answer's score, and the greatest reward so far"
  )
  func twoScores() throws {
    var person = FakeDriver(size: Size(columns: 120, rows: 36))
    person.press("s", times: 80)
    let run = try #require(person.state.run)
    let (chosen, reward) = (try #require(run.chosen), try #require(run.course.best(at: run.course.count)))
    let (score, greatest) = (Number.score(chosen.score), Number.score(reward))
    #expect(score != greatest, "what this test needs")
    let lines = person.screen()
    #expect(lines[34].contains("best \(chosen.answer) by rerank  score \(score)"))
    let strip = try #require(lines.first { $0.hasPrefix(" reward ") })
    #expect(strip.hasSuffix(" \(greatest)") || strip.contains(" \(greatest) "))
    // Whatever else is called the best says of what: a path, or the score of an answer's best trajectory.
    for line in lines.dropLast(2) where line.contains("best ") {
      #expect(line.contains("best score ") || line.lowercased().contains("best path"), "\(line)")
    }
  }

  @Test("The node panel and the path panel alone", arguments: [("node", "Tab"), ("path", "Tab Tab")])
  func single(name: String, script: String) throws {
    var person = Self.explored(Size(columns: 50, rows: 24))
    person.press("b \(script)")
    try Golden.check(person.screen(), "single-\(name)-50x24", #_sourceLocation)
  }

  @Test("The list of problems", arguments: ["80x24", "60x16"])
  func problems(name: String) throws {
    let size = try #require(Self.sizes.first { $0.name == name }).size
    var state = ExplorerState(size: size, problems: ProblemListTests.entries)
    _ = state.reduce(.key(.down))
    let frame = state.view(size: size, theme: .monochrome, glyphs: .unicode)
    try Golden.check(FrameText.lines(frame), "problems-\(name)", #_sourceLocation)
  }

  @Test("The finished trajectory's node, in full")
  func leaf() throws {
    var person = Self.explored(Size(columns: 120, rows: 40))
    person.press("s", times: 80)
    person.press("b + Tab")
    #expect(person.tree[person.cursor].terminal == .answer)
    try Golden.check(person.screen(), "leaf-120x40", #_sourceLocation)
  }
}
