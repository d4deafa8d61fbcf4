import Testing
import TreeSearch
import Vocabulary

@testable import Explorer

@Suite("A person commits a trajectory")
struct CommittingTests {
  /// A search far enough on that right and wrong answers are in its tree.
  private static func searched(reference: String? = "32") -> FakeDriver {
    var header = FakeDriver.header(changing: ["width.root.minimum": "3"])
    header.problem.answer = reference
    var person = FakeDriver(header: header)
    person.press("s", times: 120)
    return person
  }

  /// Puts the cursor on the first node that states an answer.
  private static func select(answer: String, _ person: inout FakeDriver) throws -> NodeID {
    let tree = person.tree
    let node = NodeID(try #require(tree.nodes.indices.first { tree.details[$0].answer == answer }))
    _ = person.state.reduce { state in state.withRun { $0.select(node) } }
    return node
  }

  private static func committed(_ node: NodeID, _ judgement: Judgement, insists: Bool = true) -> [Effect] {
    [.run(.commit(.trajectory(CommitRequest(node: node, judgement: judgement)), insists: insists))]
  }

  @Test("c shows trajectory and answer, takes a verdict and a note, and Enter commits")
  func commit() throws {
    var person = Self.searched()
    let leaf = try Self.select(answer: "32", &person)
    person.press("c")
    let path = person.tree.options(to: leaf).map { $0.text.split(separator: "\n").joined() }
    for step in path { #expect(person.screen().contains { $0.contains(step) }) }
    person.press("Tab text:neat Enter")
    #expect(person.takeEffects() == Self.committed(leaf, Judgement(verdict: .good, note: "neat")))
    #expect(person.screen()[23].contains("committed as c1"))
    #expect(person.state.run?.commits == ["c1"])
  }

  @Test(
    "The verdict that is suggested is good, but for an answer that is known to be wrong",
    arguments: [("32", "32", .good), ("29", "32", .bad), ("29", nil, .good)] as [(String, String?, Judgement.Verdict)])
  func suggestion(answer: String, reference: String?, verdict: Judgement.Verdict) throws {
    var person = Self.searched(reference: reference)
    let leaf = try Self.select(answer: answer, &person)
    person.press("c")
    #expect(person.screen().contains { $0.contains("[\(verdict.rawValue)]") })
    person.press("Enter")
    #expect(person.takeEffects() == Self.committed(leaf, Judgement(verdict: verdict)))
  }

  @Test(
    "Letters and arrows choose another verdict, or none",
    arguments: [
      ("b", .bad), ("u", .unsure), ("n", nil), ("n g", .good), ("Down", .bad), ("Down Down", .unsure),
      ("PageDown", nil), ("u Up", .bad), ("x b 7", .bad), ("Tab Down b", .bad),
    ] as [(String, Judgement.Verdict?)])
  func choice(script: String, verdict: Judgement.Verdict?) throws {
    var person = Self.searched()
    let leaf = try Self.select(answer: "32", &person)
    person.press("c \(script)")
    #expect(person.screen().contains { $0.contains("[\(verdict?.rawValue ?? "none")]") })
    person.press("Enter")
    #expect(person.takeEffects() == Self.committed(leaf, Judgement(verdict: verdict)))
  }

  @Test("What can be pressed and every score are read whole, at any width", arguments: [40, 80, 120])
  func whole(columns: Int) throws {
    var person = Self.searched()
    let leaf = try Self.select(answer: "32", &person)
    person.press("c")
    let rows = person.screen(Size(columns: columns, rows: 40))
    let text = rows.joined(separator: " ").split { $0 == " " || $0 == "│" }.joined(separator: " ")
    for word in ["verdict;", "rollout;", "Esc", "cancels."] { #expect(text.contains(word)) }
    for critic in person.tree.header.critics where person.tree.score(critic.name, of: leaf) != nil {
      #expect(text.contains("\(critic.name) \(Number.score(person.tree.score(critic.name, of: leaf), none: ""))"))
    }
  }

  @Test("From an inner node, the best trajectory through it is committed, with the labels of its steps and no others")
  func through() throws {
    var person = Self.searched()
    let wrong = try Self.select(answer: "29", &person)
    person.press("-")
    let right = try Self.select(answer: "32", &person)
    #expect(!person.tree.path(to: right).contains(wrong))
    person.press("h")
    let parent = person.cursor
    #expect(parent == person.tree[right].parent)
    person.press("+")
    let end = try #require(person.tree.trajectory(through: parent).last)
    #expect(person.tree[person.cursor].parent == parent, "a label goes on to the next step")
    #expect(end != parent && person.tree.path(to: end).contains(parent))
    _ = person.state.reduce { state in state.withRun { $0.select(parent) } }
    person.press("c b Enter")
    #expect(person.takeEffects() == Self.committed(end, Judgement(verdict: .bad, steps: [parent.offset: .good])))
  }

  @Test("In the line mode, a verdict may stand before the note")
  func plain() throws {
    for (line, judgement) in [
      ("", Judgement(verdict: .good)), ("checked", Judgement(verdict: .good, note: "checked")),
      ("bad adds wrongly", Judgement(verdict: .bad, note: "adds wrongly")), ("none", Judgement()),
    ] {
      var person = Self.searched()
      let leaf = try Self.select(answer: "32", &person)
      guard case .tell(let question) = person.state.read(line: "commit") else {
        Issue.record("nothing is asked")
        return
      }
      #expect(question.joined().contains("as good"))
      // Nobody has said yet what speaks against it: that is asked before it is made.
      #expect(person.state.read(line: line) == .act(Self.committed(leaf, judgement, insists: false)))
    }
  }

  @Test("The same key takes a step's label away, and the label is said in a word")
  func toggle() throws {
    var person = Self.searched()
    let leaf = try Self.select(answer: "32", &person)
    person.press("+ -")
    #expect(person.state.run?.labels == [leaf: .bad])
    #expect(person.screen()[23].contains("node \(leaf) is labelled bad"))
    person.press("-")
    #expect(person.state.run?.labels == [:])
  }

  @Test(
    "The path panel says whether the answer is right, in a word",
    arguments: [("32", "✓ correct"), ("29", "✗ wrong")])
  func verdict(answer: String, words: String) throws {
    var person = Self.searched()
    _ = try Self.select(answer: answer, &person)
    #expect(person.screen().contains { $0.contains("answer \(answer)") && $0.contains(words) })
  }
}
