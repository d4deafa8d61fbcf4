import Testing
import TreeInsight
import TreeSearch

@testable import Explorer

@Suite("A person acts on the tree")
struct InterveningTests {
  @Test("e on a node without children adds as many as asked for, and shows them")
  func expand() {
    var person = FakeDriver()
    person.press("s s j")
    let node = person.cursor
    #expect(person.tree.childList(of: node).isEmpty)
    person.press("e text:3 Enter")
    #expect(person.tree.childList(of: node).count == 3)
    #expect(person.cursor == node)
    person.press("u")
    #expect(person.tree.childList(of: node).isEmpty)
    person.press("^r")
    #expect(person.tree.childList(of: node).count == 3)
  }

  @Test("e takes the suggested number when nothing is typed")
  func suggestion() {
    var person = FakeDriver()
    person.press("s s j e Enter")
    #expect(person.tree.childList(of: person.cursor).count == 2)
  }

  @Test("A number out of range keeps the prompt open and says what was expected")
  func badNumber() {
    var person = FakeDriver()
    person.press("s j e text:65 Enter")
    #expect(person.screen().contains { $0.contains("expected a number from 1 to 64") })
    #expect(person.tree.interventions.isEmpty)
    person.press("^u text:2 Enter")
    #expect(person.tree.childList(of: person.cursor).count == 2)
  }

  @Test("i adds a typed option that every critic scores; u takes it back")
  func insert() {
    var person = FakeDriver()
    person.press("s s j i text:Ana_has_13_+_9_=_22. Enter")
    let parent = NodeID(1)
    let child = person.tree.childList(of: parent).last
    #expect(person.cursor == child, "who writes a line goes on from there")
    #expect(child.flatMap { person.tree.details[$0.offset].option?.text } == "Ana has 13 + 9 = 22.\n")
    for critic in ["value", "prm", "calculator"] {
      #expect(child.flatMap { person.tree.score(critic, of: $0) } != nil)
    }
    #expect(person.screen().contains { $0.contains("+ Ana has 13 + 9 = 22.") })
    person.press("u")
    #expect(person.cursor == parent && person.tree.childList(of: parent).isEmpty)
  }

  @Test("Several lines, typed or pasted, become steps one below the other")
  func severalLines() {
    var person = FakeDriver()
    person.press("s s j i")
    _ = person.state.reduce(.paste("Ana has 13 + 9 = 22.\n\n  So 22.\r\n"))
    person.press("^o text:#### Enter")
    let lines = ["Ana has 13 + 9 = 22.\n", "So 22.\n", "####\n"]
    #expect(person.tree.path(to: person.cursor).suffix(3).map { person.tree.details[$0.offset].option?.text } == lines)
    person.press("i ^o ^o Enter")
    #expect(person.screen().contains { $0.contains("an option needs some text") })
  }

  @Test("E puts other words beside a line, which is pruned, and goes on from them")
  func edit() throws {
    var person = FakeDriver()
    person.press("s s j")
    let (old, parent) = (person.cursor, person.tree[person.cursor].parent)
    let text = try #require(person.tree.details[old.offset].option?.text).filter { !$0.isNewline }
    person.press("E")
    #expect(person.state.overlay?.field?.text == text, "the box holds the line as it is")
    person.press("text:_really ^o text:Then Enter")
    #expect(person.tree[old].marks.contains(.pruned))
    let path = person.tree.path(to: person.cursor)
    #expect(path.contains(parent) && !path.contains(old))
    #expect(path.suffix(2).map { person.tree.details[$0.offset].option?.text } == ["\(text) really\n", "Then\n"])
    person.press("u")
    #expect(!person.tree[old].marks.contains(.pruned))
  }

  @Test("x prunes, no later simulation enters, and x or u restores")
  func prune() {
    var person = FakeDriver()
    person.press("s", times: 15)
    person.press("j x")
    let visits = person.tree[person.cursor].visits
    #expect(person.tree[person.cursor].marks.contains(.pruned))
    person.press("s", times: 10)
    #expect(person.tree[person.cursor].visits == visits)
    #expect(person.screen().contains { $0.contains("×") })
    person.press("x")
    #expect(!person.tree[person.cursor].marks.contains(.pruned))
    person.press("u")
    #expect(person.tree[person.cursor].marks.contains(.pruned))
    #expect(person.screen()[23].contains("undone"))
  }

  @Test("v puts a score of one's own in a critic's place, shown beside the critic's; empty gives it back")
  func override() {
    var person = FakeDriver(size: Size(columns: 200, rows: 50))
    person.press("s s j v text:0.8 Enter")
    #expect(person.tree.score("value", of: person.cursor) == 0.8)
    let own = person.tree.details[person.cursor.offset].scores.first { $0.critic == "value" }?.score
    let shown = "\(Number.score(own ?? -1)) → 0.80 (yours)"
    #expect(person.screen().contains { $0.contains(shown) })
    person.press("v ^u Enter")
    #expect(person.tree.score("value", of: person.cursor) == own)
  }

  @Test("v refuses a score outside of 0 to 1, and Tab chooses the next critic")
  func overrideForm() {
    var person = FakeDriver()
    person.press("s s j v Tab text:1.5 Enter")
    #expect(person.screen().contains { $0.contains("expected a score from 0 to 1") })
    person.press("^u text:0.25 Enter")
    #expect(person.tree.score("prm", of: person.cursor) == 0.25)
  }

  @Test("f adds rollouts, u takes them back")
  func rollOut() {
    var person = FakeDriver()
    person.press("s s j")
    let before = person.tree.rollouts(of: person.cursor).count
    person.press("f text:2 Enter")
    #expect(person.tree.rollouts(of: person.cursor).count == before + 2)
    person.press("u")
    #expect(person.tree.rollouts(of: person.cursor).count == before)
  }

  @Test("What cannot be done says why")
  func disabled() {
    var person = FakeDriver()
    for (key, reason) in [
      ("u", "nothing to undo"), ("^r", "nothing to redo"), ("x", "the root cannot be pruned"),
      ("c", "nothing to commit"), ("o", "no children yet"),
      ("n", "no filter is set"), ("'", "no bookmark is set"),
    ] {
      person.press(key)
      #expect(person.screen()[23].contains(reason), "\(key)")
      #expect(person.takeEffects() == [], "\(key)")
    }
  }

  @Test("When undo takes the selected node away, its parent is selected")
  func cursorAfterUndo() {
    var person = FakeDriver()
    person.press("s s j i text:mine Enter l")
    #expect(person.tree[person.cursor].marks.contains(.inserted))
    let parent = person.tree[person.cursor].parent
    person.press("u")
    #expect(person.cursor == parent)
  }
}
