import Canvas
import Foundation
import Testing
import TreeInsight
import TreeSearch

@testable import Explorer

@Suite("Arranging the panels")
struct ArrangingTests {
  private static let sizes = [
    Size(columns: 200, rows: 50), Size(columns: 120, rows: 40), Size(columns: 80, rows: 24),
    Size(columns: 60, rows: 16),
    Size(columns: 50, rows: 20), Size(columns: 40, rows: 10),
  ]

  private static func person(_ size: Size) -> FakeDriver {
    var person = FakeDriver(size: size, header: FakeDriver.header(changing: ["width.root.minimum": "3"]))
    person.press("s", times: 30)
    person.press("b")
    return person
  }

  private static func mouse(_ kind: MouseEvent.Kind, _ x: Int, _ y: Int) -> Action {
    .mouse(MouseEvent(kind: kind, x: x, y: y))
  }

  private static func places(_ person: FakeDriver) -> [Panel: Rect] {
    Dictionary(uniqueKeysWithValues: Panel.allCases.map { ($0, person.state.layout.panel($0)) })
  }

  private static func column(of word: String, in line: String) throws -> Int {
    let range = try #require(line.range(of: word))
    return line.distance(from: line.startIndex, to: range.lowerBound)
  }

  @Test("Zoom gives the screen to the panel that has the keyboard, and takes it back", arguments: sizes)
  func zoom(size: Size) {
    var person = Self.person(size)
    let before = Self.places(person)
    person.press("Tab z")
    #expect(person.state.layout.panel(.node) == person.state.layout.body)
    #expect(person.state.layout.panel(.tree).isEmpty)
    person.press("Tab")
    #expect(person.state.layout.panel(.path) == person.state.layout.body)
    person.press("z 1")
    #expect(Self.places(person) == before)
  }

  @Test("Panels share the body without a gap, whatever is hidden and however it is resized", arguments: sizes)
  func tiling(size: Size) {
    var person = Self.person(size)
    for script in ["(", ") ) ) ) ) ) ) ) ) ) ) )", "Tab (", ") ) ) ) ) ) ) ) ) )", "H", "H", "Z", "1 H", "3 H"] {
      person.press(script)
      let layout = person.state.layout
      let shown = Panel.allCases.map { layout.panel($0) }.filter { !$0.isEmpty }
      let cells = (shown + [layout.divider]).reduce(0) { $0 + $1.width * $1.height }
      let second = layout.handles.count { $0.split.isSideBySide } - 1
      #expect(second < 1, "there is one divider at most")
      #expect(cells == layout.body.width * layout.body.height, "\(script)")
      #expect(shown.allSatisfy { $0.height >= 3 && $0.width >= 25 }, "\(script)")
      #expect(person.state.run.map { !layout.panel($0.focus).isEmpty } == true, "\(script)")
    }
  }

  @Test("The last panel cannot be hidden; all of them come back, or one by its number")
  func hiding() throws {
    var person = Self.person(Size(columns: 120, rows: 40))
    person.press("H H")
    #expect(person.state.run?.focus == .path)
    #expect(person.state.layout.panel(.path) == person.state.layout.body)
    person.press("H")
    #expect(person.state.message == .failure("no other panel is shown; Z shows all"))
    person.press("2")
    #expect(person.state.run?.focus == .node)
    #expect(Panel.allCases.filter { !person.state.layout.panel($0).isEmpty } == [.node, .path])
    person.press("Tab Tab Tab")
    #expect(person.state.run?.focus == .path)
    person.press("Z")
    #expect(Panel.allCases.allSatisfy { !person.state.layout.panel($0).isEmpty })
  }

  @Test("The keys move the line beside the panel that has the keyboard, both ways")
  func resizing() {
    var person = Self.person(Size(columns: 120, rows: 40))
    let before = Self.places(person)
    person.press(")")
    #expect(person.state.layout.panel(.tree).width == 78)
    person.press("( (")
    #expect(person.state.layout.panel(.tree).width == 66)
    person.press(") 3 )")
    #expect(person.state.layout.panel(.path).height > before[.path]?.height ?? 0)
    #expect(person.state.layout.panel(.tree) == before[.tree])
    person.press("z (")
    #expect(person.state.message == .failure("one panel has the whole screen"))
  }

  @Test("Lines are pulled with the mouse: the cell under it is where they go", arguments: sizes.prefix(3))
  func pulling(size: Size) throws {
    for split in Self.person(size).state.layout.handles.map(\.split) {
      var person = Self.person(size)
      let line = try #require(person.state.layout.handles.first { $0.split == split }).line
      let far = split.isSideBySide ? (line.x - 7, line.y + 1) : (line.x + 1, line.y + 2)
      // Where two lines meet, the one across is held.
      person.act(Self.mouse(.press(.left), line.x, split.isSideBySide ? line.bottom - 1 : line.y))
      person.act(Self.mouse(.drag, far.0, far.1))
      let moved = try #require(person.state.layout.handles.first { $0.split == split }).line
      #expect(split.isSideBySide ? moved.x == far.0 : moved.y == far.1)
      person.act(Self.mouse(.drag, -50, -50))
      person.act(Self.mouse(.drag, line.x, line.y))
      person.act(Self.mouse(.release(.left), line.x, line.y))
      person.act(Self.mouse(.drag, 0, 0))
      let back = try #require(person.state.layout.handles.first { $0.split == split }).line
      #expect(back == line)
    }
  }

  @Test("Where panels share a place its rule names them all; a click on a name shows that panel")
  func tabs() throws {
    var person = Self.person(Size(columns: 50, rows: 20))
    #expect(person.screen()[1].contains(" Tree  2 Node  3 Path "))
    person.act(Self.mouse(.press(.left), 9, 1))
    #expect(person.state.run?.focus == .node)
    #expect(person.screen()[1].contains(" 1 Tree  Node \(person.cursor) "))
    person.act(Self.mouse(.press(.left), try Self.column(of: "Path", in: person.screen()[1]), 1))
    #expect(person.state.run?.focus == .path)
    var small = Self.person(Size(columns: 60, rows: 16))
    let rule = small.state.layout.panel(.node).y
    #expect(small.screen()[rule].contains("  3 Path "))
    small.act(Self.mouse(.press(.left), try Self.column(of: "Path", in: small.screen()[rule]), rule))
    #expect(small.state.run?.focus == .path)
  }

  @Test("An arrangement stays when another run is opened")
  func staying() throws {
    var person = Self.person(Size(columns: 120, rows: 40))
    person.press("H")
    person.act(.opened(OpenRun(id: "run-2", tree: person.search.tree)))
    #expect(person.state.layout.panel(.tree).isEmpty)
    #expect(person.state.run?.focus == .node)
  }
}
