import Testing
import TreeSearch

@testable import Explorer

@Suite("A person moves the end of a step")
struct SplittingTests {
  private func text(_ node: NodeID, _ person: FakeDriver) -> String {
    person.tree.details[node.offset].option?.text ?? ""
  }

  @Test("\\ shows where the step can be cut; Enter splits it there, and u makes it one again")
  func split() throws {
    var person = FakeDriver()
    person.press("s s j")
    let (node, whole) = (person.cursor, text(person.cursor, person))
    person.press("+ \\")
    #expect(person.screen().contains { $0.contains("Split node \(node)") })
    person.press("g Right")
    person.press("Enter")
    let first = person.cursor
    #expect(person.state.overlay == nil && first != node)
    let second = try #require(person.tree.childList(of: first).first)
    #expect(text(first, person) + text(second, person) == whole)
    #expect(text(first, person).split(separator: " ").count == 2, "one word more than the first")
    #expect(person.tree.details[first.offset].option?.termination == .cut)
    #expect(person.tree[first].reward != nil && person.tree[second].reward != nil, "both are judged")
    #expect(person.state.run?.labels[first] == nil, "what was said of the whole is said of neither part")
    person.press("u")
    #expect(person.cursor == node && text(person.cursor, person) == whole)
    person.press("^r")
    #expect(person.cursor == first)
  }

  @Test("_ joins a step with the one that follows it, and goes on from there")
  func join() throws {
    var person = FakeDriver()
    person.press("s s j")
    person.press("i text:Ana_has_22. Enter")
    let last = person.cursor
    person.press("i text:####_22 Enter")
    let end = person.cursor
    person.press("+ k _")
    let joined = person.cursor
    #expect(text(joined, person) == "Ana has 22.\n#### 22\n")
    #expect(!person.tree.holds(last) && !person.tree.holds(end))
    #expect(person.tree[joined].terminal == .answer && person.tree.details[joined.offset].answer == "22")
    person.press("_")
    #expect(person.screen().contains { $0.contains("no step follows node \(joined)") })
    person.press("u")
    #expect(person.tree.holds(last) && person.tree.holds(end) && person.state.run?.labels[end] == .good)
  }

  @Test("Labels of what follows a cut go along")
  func labels() throws {
    var person = FakeDriver()
    person.press("s s j")
    person.press("i text:Ana_has_22. Enter +")
    let labelled = person.cursor
    person.press("h \\ Enter")
    let copy = try #require(person.tree.interventions.last?.copies[labelled])
    #expect(person.state.run?.labels[copy] == .good)
  }

  @Test("The cut goes before the token that surprised most, where its tokens are known")
  func tokens() throws {
    var tree = SearchTree(header: FakeDriver().tree.header)
    var option = SearchOption(bytes: Array("3 + 4 = 8é.\n".utf8), termination: .newline)
    (option.tokens, option.logProbabilities) = ([1, 2, 3, 4, 5, 6], [-0.1, -0.2, -0.1, -3, -0.4, -0.1])
    try tree.apply(.intervened(.insert(node: .root, option: option)))
    try tree.apply(.inserted(node: NodeID(1), cause: 0, terminal: nil, answer: nil))
    var form = SplitOverlay(node: NodeID(1), in: tree)
    var state = FakeDriver().state
    // "3", " +", " 4", " = 8" and the first byte of é, its second, the rest.
    form.take(spelling: [1, 2, 2, 5, 1, 2], of: NodeID(1))
    func parts() -> (SearchOption, SearchOption)? {
      guard case .run(.intervene(.split(_, let first, let second)))? = form.confirm(in: &state).first else {
        return nil
      }
      return (first, second)
    }
    let (first, second) = try #require(parts())
    #expect(first.text == "3 + 4" && second.text == " = 8é.\n")
    #expect(first.tokens == [1, 2, 3] && second.tokens == [4, 5, 6] && second.logProbabilities == [-3, -0.4, -0.1])
    form.move(by: 1, in: state)
    #expect(parts()?.0.text == "3 + 4 = 8é", "half a character is no place to cut at")
    #expect(parts()?.0.tokens == [1, 2, 3, 4, 5])
    // A spelling that is not the option's says nothing.
    form = SplitOverlay(node: NodeID(1), in: tree)
    form.take(spelling: [1, 2], of: NodeID(1))
    #expect(parts()?.0.tokens.isEmpty == true)
    let (isFound, isFoundNowhere) = (form.fill("= 8", in: state), form.fill("nowhere", in: state))
    #expect(isFound && !isFoundNowhere && parts()?.1.text == " = 8é.\n")
  }

  @Test("A step of one word has nowhere to be cut; the question is no step")
  func nowhere() {
    var person = FakeDriver()
    person.press("s s j i text:So Enter \\ Enter")
    #expect(person.screen().contains { $0.contains("holds one word: there is nowhere to cut it") })
    person.press("g \\")
    #expect(person.state.overlay == nil)
    #expect(person.screen().contains { $0.contains("the question is no step") })
  }
}
