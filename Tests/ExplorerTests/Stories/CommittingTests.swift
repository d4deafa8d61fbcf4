import Testing
import TreeSearch

@testable import Explorer

@Suite("A person commits a trajectory")
struct CommittingTests {
  private static func searched() -> FakeDriver {
    var person = FakeDriver(header: FakeDriver.header(changing: ["width.root.minimum": "3"]))
    person.press("s", times: 120)
    person.press("b")
    return person
  }

  @Test("c shows trajectory and answer, takes a note, and Enter commits")
  func commit() {
    var person = Self.searched()
    let leaf = person.cursor
    #expect(person.tree[leaf].terminal == .answer)
    person.press("c")
    let path = person.tree.options(to: leaf).map { $0.text.split(separator: "\n").joined() }
    for step in path { #expect(person.screen().contains { $0.contains(step) }) }
    person.press("text:neat Enter")
    #expect(person.takeEffects() == [.run(.commit(CommitRequest(node: leaf, label: "good", note: "neat", steps: [:])))])
    #expect(person.screen()[23].contains("committed as c1"))
    #expect(person.state.run?.commits == ["c1"])
  }

  @Test("Tab leads to the label, whose suggestion goes away when another is typed")
  func label() {
    var person = Self.searched()
    person.press("c text:no Tab text:bad Enter")
    #expect(
      person.takeEffects() == [.run(.commit(CommitRequest(node: person.cursor, label: "bad", note: "no", steps: [:])))])
  }

  @Test("From an inner node, the best trajectory through it is committed, with the labels of its steps")
  func through() {
    var person = Self.searched()
    let leaf = person.cursor
    let path = person.tree.path(to: leaf)
    person.press("h +")
    let parent = person.cursor
    #expect(parent == path[path.count - 2])
    person.press("[ ] c Enter")
    let target = person.tree.trajectory(through: person.cursor).last ?? .root
    #expect(
      person.takeEffects() == [
        .run(
          .commit(
            CommitRequest(
              node: target, label: "good", note: "", steps: person.cursor == parent ? [parent: .good] : [:])))
      ])
  }

  @Test("The same key takes a step's label away")
  func toggle() {
    var person = Self.searched()
    person.press("+ -")
    #expect(person.state.run?.labels == [person.cursor: .bad])
    person.press("-")
    #expect(person.state.run?.labels == [:])
  }

  @Test("The path panel says whether the answer is right, in a word")
  func verdict() {
    let person = Self.searched()
    let answer = person.tree.details[person.cursor.offset].answer
    #expect(person.screen().contains { $0.contains(answer == "32" ? "✓ correct" : "✗ wrong") })
  }
}
