import Canvas
import Testing

@testable import Explorer

/// An overlay that the explorer knows nothing of.
private struct Counter: Overlay {
  private(set) var count = 1
  private var text = TextField()

  var field: TextField? {
    get { text }
    set { text = newValue ?? TextField() }
  }

  mutating func move(by rows: Int, in state: ExplorerState) { count += rows }

  func confirm(in state: inout ExplorerState) -> [Effect] {
    guard count < 10 else {
      state.overlay = self
      return []
    }
    state.message = .notice("counted \(text.text) to \(count)")
    return [.session(.snapshot)]
  }

  func close(in state: inout ExplorerState) -> [Effect] {
    state.message = .notice("not counted")
    return []
  }

  func draw(_ state: ExplorerState, _ look: Look, on frame: inout Frame) {
    let inside = frame.popup(title: "Counter", width: 30, height: 4, look: look)
    frame.put("\(text.text) up to \(count)", x: inside.x, y: inside.y)
  }

  func sentences(matching query: String, in state: ExplorerState) -> [String] { ["The count is \(count)."] }
}

/// An overlay is one type and the row of its command: both are in this file, and nothing else was changed for them.
@Suite("An overlay from outside")
struct OwnOverlayTests {
  private static let command = Command(
    "test.count", "Count apples", "Counts whatever you type.", .anywhere, [.character("^")], hint: "count"
  ) { state in
    state.overlay = Counter()
    return []
  }

  private static func person() throws -> FakeDriver {
    var person = FakeDriver()
    let keys = try KeyMap(rebinding: [:], of: CommandTable.all + [command])
    person.state = ExplorerState(size: Size(columns: 80, rows: 24), keys: keys)
    person.act(.opened(OpenRun(id: "run-1", tree: person.search.tree)))
    return person
  }

  @Test("Its key opens it; it is drawn, typed into, moved, confirmed")
  func confirmed() throws {
    var person = try Self.person()
    person.press("^ text:pears Down Down PageDown")
    #expect(person.screen().contains { $0.contains("Counter") })
    #expect(person.screen().contains { $0.contains("pears up to 13") })
    person.press("Enter")
    #expect(person.state.overlay is Counter, "it may refuse")
    person.press("Up Up Up Up Enter")
    #expect(person.state.overlay == nil)
    #expect(person.takeEffects() == [.session(.snapshot)])
    #expect(person.screen()[23].contains("counted pears to 9"))
  }

  @Test("Escape closes it")
  func closed() throws {
    var person = try Self.person()
    person.press("^ Escape")
    #expect(person.state.overlay == nil && person.state.message?.text == "not counted")
    #expect(person.takeEffects().isEmpty)
  }

  @Test("Palette, help and line mode know its command")
  func listed() throws {
    var person = try Self.person()
    person.press(": text:apples")
    #expect(person.screen().contains { $0.contains("Count apples") })
    person.press("Enter")
    #expect(person.state.overlay is Counter)
    person.press("Escape ? text:whatever")
    #expect(person.screen().contains { $0.contains("Count apples") })
    person.press("Escape")
    #expect(person.state.read(line: "count") == .tell(["The count is 1."]))
    #expect(person.state.overlay == nil)
  }
}
