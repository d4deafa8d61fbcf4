import Canvas
import Foundation
import Testing

@testable import Explorer

@Suite("The rounds screen, at every size")
struct RoundsGoldenTests {
  /// Name and script.
  static let scripts: [(name: String, script: String)] = [
    ("rounds", ""), ("details", "Tab j j j"), ("older round", "j j j l l"), ("failed round", "G l l l"),
    ("imagine", "h h h Enter j"), ("search", "h h Enter"), ("filter", "h Enter"), ("gate", "Enter j"),
    ("decided", "Enter a a d"), ("gate in order", "Enter R"), ("gate filtered", "Enter / text:audit Enter"),
    ("gate details", "Enter Tab j j j"), ("commit", "l Enter"), ("export", "l l Enter"), ("train", "j l l l Enter"),
    ("failed training", "G l l l Enter"), ("evaluate", "l l l l Enter"), ("promote", "l l l l l Enter"),
    ("approve", "A"), ("refuse", "D text:no"), ("compare", "j = j ="), ("help", "Enter ?"),
  ]

  /// A person at the rounds screen.
  static func person(_ size: Size) -> FakeDriver {
    var person = FakeDriver(
      size: size, header: FakeDriver.header(changing: ["width.root.minimum": "3"]), themes: ["dusk"],
      problems: ProblemListTests.entries)
    person.press("s", times: 8)
    person.press("P R")
    return person
  }

  private static func frames(
    _ size: Size, theme: Theme, glyphs: GlyphSet, of scripts: [(name: String, script: String)] = scripts
  ) -> [(name: String, frame: Frame)] {
    let first = person(size)
    return scripts.map { name, script in
      var person = first
      person.press(script)
      return (name, person.state.view(size: size, theme: theme, glyphs: glyphs))
    }
  }

  @Test("In Unicode without colours", arguments: [(160, 45), (100, 30), (80, 24), (60, 16), (40, 10)])
  func text(columns: Int, rows: Int) throws {
    let size = Size(columns: columns, rows: rows)
    let views = Self.frames(size, theme: .monochrome, glyphs: .unicode)
    for view in views { #expect(FrameCheck.problem(view.frame, size) == nil, "\(view.name)") }
    try Golden.check(
      GoldenViews.document(views.map { ($0.name, FrameText.lines($0.frame)) }), "rounds-\(columns)x\(rows)",
      #_sourceLocation)
  }

  /// The list with strip and curve, lists of stages, the gate and its question, curves, what stands side by side, a failure.
  private static let coloured = [
    "rounds", "failed round", "imagine", "search", "gate", "decided", "approve", "train", "failed training", "evaluate",
    "promote", "compare",
  ]

  @Test(
    "The colours of a dark and of a light theme, wide and narrow",
    arguments: [(120, 36, "dusk"), (120, 36, "paper"), (80, 24, "dusk"), (80, 24, "paper")])
  func colours(columns: Int, rows: Int, theme: String) throws {
    let frames = Self.frames(
      Size(columns: columns, rows: rows), theme: try GoldenViews.theme(theme), glyphs: .unicode,
      of: Self.scripts.filter { Self.coloured.contains($0.name) })
    #expect(frames.count == Self.coloured.count)
    try Golden.check(
      GoldenViews.colours(frames), "rounds-colours-\(columns)x\(rows)-\(theme)", #_sourceLocation)
  }

  @Test("In ASCII without colours")
  func ascii() throws {
    let views = Self.frames(Size(columns: 80, rows: 24), theme: .monochrome, glyphs: .ascii).map {
      (name: $0.name, rows: FrameText.lines($0.frame))
    }
    for view in views { #expect(view.rows.allSatisfy { $0.allSatisfy(\.isASCII) }, "\(view.name)") }
    try Golden.check(GoldenViews.document(views), "rounds-80x24-ascii", #_sourceLocation)
  }
}
