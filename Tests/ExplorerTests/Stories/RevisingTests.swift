import Canvas
import Testing
import TreeSearch

@testable import Explorer

@Suite("A person has a step written anew")
struct RevisingTests {
  private func person() -> FakeDriver { .searched(12, size: Size(columns: 100, rows: 30)) }

  @Test("I begins with what the critics say, and the revision stands beside what it revises")
  func revising() throws {
    var person = person()
    person.press("g j I")
    #expect(person.screen().contains { $0.contains("What speaks against node 1") })
    person.press("^u text:that_is_not_asked_for Enter")
    let made = try #require(person.tree.interventions.last?.intervention)
    #expect(made == .revise(node: NodeID(1), Revision(objection: "that is not asked for")))
    let new = NodeID(person.tree.nodes.count - 1)
    #expect(person.tree.revised(by: new)?.node == NodeID(1) && person.tree[new].parent == .root)
    person.state.run?.select(new)
    #expect(person.screen().contains { $0.contains("revises node 1") })
    person.press("u")
    #expect(!person.tree.isVisible(new))
  }

  @Test("all: has the whole answer written anew")
  func whole() throws {
    var person = person()
    person.press("g j I ^u text:all:_start_again Enter")
    let made = try #require(person.tree.interventions.last?.intervention)
    #expect(made == .revise(node: NodeID(1), Revision(objection: "start again", isWhole: true)))
  }

  @Test("The question cannot be revised, and nothing is sent without a reason")
  func refusals() {
    var person = person()
    person.press("g I")
    #expect(person.state.message?.text == "the question is no step: it cannot be revised")
    person.press("j I ^u Enter")
    #expect(person.tree.interventions.isEmpty && person.screen().contains { $0.contains("expected what is wrong") })
  }
}
