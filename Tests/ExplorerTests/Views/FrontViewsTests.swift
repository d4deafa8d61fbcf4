import Canvas
import Testing
import TreeInsight
import TreeSearch

@testable import Explorer

/// The views that people are in most: a small tree with the rows below it, what is chosen and decided, and the lists.
@Suite("The views in front, at every size")
struct FrontViewsTests {
  static let sizes = [(200, 50), (120, 36), (80, 24), (60, 16), (40, 10)]

  /// A person some simulations into a search, with problems to go back to.
  private static func person(_ size: Size, glyphs: GlyphSet, simulations: Int) -> FakeDriver {
    var person = FakeDriver(size: size, themes: ["dusk", "paper"], problems: ProblemsPanelTests.entries)
    person.state.glyphs = glyphs
    person.press("s", times: simulations)
    return person
  }

  /// Name, simulations before, and script.
  private static let scripts: [(name: String, simulations: Int, script: String)] = [
    ("a new search", 0, ""), ("a small tree", 6, ""), ("its chosen end", 6, "b"), ("the first wrong step", 6, "b !"),
    ("final selections", 6, "5"), ("commit", 6, "b c"), ("forecast", 12, "@"),
    ("a tree that fills the screen", 40, "O"),
    ("problems", 6, "P"), ("problems filtered", 6, "P / text:wr"), ("problems sorted", 6, "P K a G"),
    ("rounds", 6, "P R"),
  ]

  private static func frames(_ size: Size, theme: Theme, glyphs: GlyphSet) -> [(name: String, frame: Frame)] {
    func frame(_ person: FakeDriver) -> Frame { person.state.view(size: size, theme: theme, glyphs: glyphs) }
    var frames = scripts.map { view in
      var person = Self.person(size, glyphs: glyphs, simulations: view.simulations)
      person.press(view.script)
      return (name: view.name, frame: frame(person))
    }
    var runs = Self.person(size, glyphs: glyphs, simulations: 6)
    runs.press("P r")
    runs.act(.runs(RunsListTests.rows))
    frames.append(("runs", frame(runs)))
    runs.press("text:wrong_or_pro")
    frames.append(("runs filtered", frame(runs)))
    runs.press("^u BackTab")
    frames.append(("runs by name", frame(runs)))
    return frames
  }

  @Test("Without colours, in Unicode and in ASCII", arguments: sizes, ["", "-ascii"])
  func text(size: (Int, Int), suffix: String) throws {
    let (size, glyphs) = (Size(columns: size.0, rows: size.1), suffix.isEmpty ? GlyphSet.unicode : .ascii)
    let frames = Self.frames(size, theme: .monochrome, glyphs: glyphs)
    let views = frames.map { (name: $0.name, rows: FrameText.lines($0.frame)) }
    for view in frames { #expect(FrameCheck.problem(view.frame, size) == nil, "\(view.name)") }
    if glyphs == .ascii {
      for view in views { #expect(view.rows.allSatisfy { $0.allSatisfy(\.isASCII) }, "\(view.name)") }
    }
    try Golden.check(GoldenViews.document(views), "front-\(size.columns)x\(size.rows)\(suffix)", #_sourceLocation)
  }

  @Test("The colours of a dark and of a light theme", arguments: sizes, ["dusk", "paper"])
  func colours(size: (Int, Int), theme: String) throws {
    let size = Size(columns: size.0, rows: size.1)
    let frames = Self.frames(size, theme: try GoldenViews.theme(theme), glyphs: .unicode)
    try Golden.check(
      GoldenViews.colours(frames), "front-colours-\(size.columns)x\(size.rows)-\(theme)", #_sourceLocation)
  }
}
