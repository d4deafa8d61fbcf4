import Canvas
import Testing
import TreeSearch

@testable import Explorer

@Suite("The mouse")
struct MouseTests {
  private static func click(_ x: Int, _ y: Int) -> Action { .mouse(MouseEvent(kind: .press(.left), x: x, y: y)) }

  @Test("A click selects a row and gives its panel the keyboard; another one folds")
  func rows() {
    var person = FakeDriver()
    person.press("s", times: 30)
    person.press("Tab")
    person.act(Self.click(20, 4))
    #expect(person.state.run?.focus == .tree)
    #expect(person.frame().cursor?.y == 4)
    let before = person.screen()
    person.press("g")
    person.act(Self.click(3, 2))
    #expect(person.screen() != before)
    #expect(person.state.run.map { $0.isExpanded(.root) } == false)
  }

  @Test("A click on a step of the path selects it")
  func path() {
    var person = FakeDriver(size: Size(columns: 120, rows: 40))
    person.press("s", times: 30)
    let layout = person.state.layout.panel(.path)
    person.act(Self.click(layout.x + 12, layout.y + 1))
    #expect(person.cursor == person.tree.bestPath()[1])
    #expect(person.state.run?.focus == .path)
  }

  @Test("The wheel moves in the tree and scrolls the node panel")
  func wheel() {
    var person = FakeDriver()
    person.press("s", times: 30)
    person.act(.mouse(MouseEvent(kind: .wheelDown, x: 5, y: 5)))
    #expect(person.cursor != .root)
    person.press("j")
    let node = person.state.layout.panel(.node)
    person.act(.mouse(MouseEvent(kind: .wheelDown, x: node.x + 1, y: node.y + 2)))
    #expect(person.state.run?.nodeScroll == 3)
    person.act(.mouse(MouseEvent(kind: .wheelUp, x: node.x + 1, y: node.y + 2)))
    #expect(person.state.run?.nodeScroll == 0)
  }

  @Test("Clicks below an open popup do nothing")
  func popup() {
    var person = FakeDriver()
    person.press("s s ?")
    person.act(Self.click(20, 4))
    #expect(person.cursor == .root)
    #expect(person.state.overlay != nil)
  }
}
