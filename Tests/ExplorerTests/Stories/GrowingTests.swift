import Testing
import TreeSearch

@testable import Explorer

@Suite("The tree grows under the cursor")
struct GrowingTests {
  @Test("The cursor stays on its node, and its row on the screen")
  func cursorStays() {
    var person = FakeDriver()
    person.press("s", times: 8)
    person.press("G k")
    let node = person.cursor
    for _ in 0..<60 {
      person.press("s")
      #expect(person.cursor == node)
      let row = person.frame().cursor?.y ?? -1
      let text = person.tree.details[node.offset].option?.text.split(separator: "\n").first ?? "?"
      #expect(person.screen()[row].contains(text.prefix(12)))
    }
  }

  @Test("Rows above the window may grow without moving what is seen")
  func anchorStays() {
    var person = FakeDriver(header: FakeDriver.header(changing: ["width.root.minimum": "30"]))
    person.press("s", times: 30)
    person.press("G k k k k k")
    let top = person.state.run?.top
    #expect(top != .root)
    person.press("k k")
    let kept = person.state.run?.top
    // Children appear below the first root child, far above the window.
    let first = person.tree.childList(of: .root)[0]
    person.act(.notice(""))
    try? person.search.intervene(.expand(node: first, count: 3))
    person.press("s")
    #expect(person.tree.childList(of: first).count == 3)
    #expect(person.state.run?.top == kept)
  }

  @Test("A run that is opened where it stands shows the same as one that was watched")
  func replay() {
    var person = FakeDriver()
    person.press("s", times: 12)
    var other = FakeDriver()
    other.act(.opened(OpenRun(id: "run-1", tree: person.search.tree)))
    person.act(.notice("same"))
    other.act(.notice("same"))
    #expect(person.screen() == other.screen())
  }
}
