import Canvas
import TreeSearch
import Testing

@testable import Explorer

@Suite("Screens")
struct ScreenTests {
  /// A size with its name in golden files.
  static let sizes: [(name: String, size: Size)] = [
    ("200x50", Size(columns: 200, rows: 50)), ("100x30", Size(columns: 100, rows: 30)),
    ("80x24", Size(columns: 80, rows: 24)), ("60x16", Size(columns: 60, rows: 16)),
    ("40x10", Size(columns: 40, rows: 10)),
  ]

  /// A search some way in, with everything that a row can show.
  static func explored(_ size: Size) -> FakeDriver {
    var person = FakeDriver(
      size: size, header: FakeDriver.header(changing: ["width.root.minimum": "3"]),
      themes: ["dusk", "paper", "terminal16"])
    person.press("s", times: 36)
    person.press("j e text:3 Enter i text:Add_the_apples_of_both. Enter G h x g j j v text:0.75 Enter m")
    return person
  }

  @Test("Every size shows the run", arguments: sizes.map(\.name))
  func run(name: String) throws {
    let size = try #require(Self.sizes.first { $0.name == name }).size
    try Golden.check(Self.explored(size).screen(), "run-\(name)", #_sourceLocation)
  }

  @Test("ASCII terminals show the same with other signs")
  func ascii() throws {
    let screen = Self.explored(Size(columns: 80, rows: 24)).screen(glyphs: .ascii)
    try Golden.check(screen, "run-80x24-ascii", #_sourceLocation)
    #expect(screen.allSatisfy { $0.allSatisfy(\.isASCII) })
  }

  @Test(
    "Popups",
    arguments: [
      ("help", "? Down Down"), ("palette", ": text:ex"), ("prompt", "e"), ("filter", "/ text:n>1_ora"),
      ("override", "v"),
      ("commit", "b c text:clear_steps"), ("why", "w"), ("theme", "t"), ("settings", ", Down Down Down"),
      ("setting", ", Down Down Enter text:x Enter"), ("why-past", "{ { w"),
    ])
  func popup(name: String, script: String) throws {
    var person = Self.explored(Size(columns: 80, rows: 24))
    person.press(script)
    try Golden.check(person.screen(), "popup-\(name)-80x24", #_sourceLocation)
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
