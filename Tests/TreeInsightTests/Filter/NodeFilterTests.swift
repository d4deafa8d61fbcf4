import Foundation
import Testing
import TreeSearchTesting
import Vocabulary

@testable import TreeInsight
@testable import TreeSearch

/// The filter language: what each term means, how terms combine, and where errors are.
struct NodeFilterTests {
  /// 0 ─ 1 "2 + 2 = 5" (contradicted) ─ 2 "#### 25" (terminal)
  ///   └ 3 "mine" (inserted, pruned)  └ 4 "#### 7" (terminal)
  static func tree(answer: String? = "so 5 * 5 is\n#### 25.0") throws -> SearchTree {
    let critics = ["value", "prm", "calculator"].map { CriticWeight(name: $0, weight: 1, scope: .everyNode) }
    var header = try header(["rollout.count": "0"], critics: critics)
    header.problem.answer = answer
    let script = Script(
      draws: ["": ["2 + 2 = 5\n"], "2 + 2 = 5\n": ["#### 25\n", "#### 7\n"]],
      scores: [
        "value": ["": 0.5, "2 + 2 = 5\n": 0.25, "#### 25\n": 1, "mine\n": 0.5, "#### 7\n": 0.5],
        "prm": ["2 + 2 = 5\n": 0.75, "#### 25\n": 0.5, "mine\n": 0.5], "calculator": ["2 + 2 = 5\n": 0],
      ])
    var driver = Driver(header, answer: script.answer)
    driver.run(to: 0)
    try driver.act(.expand(node: .root, count: 1))
    try driver.act(.expand(node: NodeID(1), count: 1))
    try driver.act(.insert(node: .root, option: SearchOption("mine\n", .person)))
    try driver.act(.expand(node: NodeID(1), count: 1))
    try driver.act(.prune(node: NodeID(3)))
    try driver.act(.override(node: NodeID(4), critic: "prm", score: 0.5))
    return driver.tree
  }

  private func matches(_ source: String, in tree: SearchTree) throws -> [Int] {
    let filter = try NodeFilter(source)
    return tree.nodes.indices.filter { filter.matches(NodeID($0), in: tree) }
  }

  @Test(arguments: [
    ("n>1", [0, 1]), ("visits = 1", [2, 3, 4]), ("n!=1", [0, 1]), ("n == 4", [0]), ("q>=0.75", [2]),
    ("depth=2", [2, 4]),
    ("v>=0.5", [0, 2, 3, 4]), ("value<0.3", [1]), ("prm<0.6", [2, 3, 4]), ("critic.calculator=0", [1]), ("orm>0.2", []),
    ("reward=0.5", [0, 3, 4]), ("importance>0.2", [0, 1]), ("importance>0.3", [1]), ("children=0", [2, 3, 4]),
    ("id>2", [3, 4]), ("draws=1", [1, 2, 4]), ("rollouts>0", []), ("critics differ > 0.4", [1, 2]),
    ("critics differ=0", [3, 4]),
  ])
  func numbersAreCompared(_ source: String, _ expected: [Int]) throws {
    #expect(try matches(source, in: Self.tree()) == expected)
  }

  @Test(
    "What is chosen, by each rule, and first errors, which only the whole tree can say",
    arguments: [
      ("chosen", [1, 2]), ("chosen.rerank", [1, 2]), ("CHOSEN.WEIGHTEDVOTE", [1, 2]), ("chosen.greedyPath", [1, 2]),
      ("not chosen id>0", [3, 4]), ("first-error", [4]), ("first-error or chosen.majority", [1, 2, 4]),
      ("chosen.bestLeaf terminal", [2]),
    ])
  func whole(_ source: String, _ expected: [Int]) throws {
    let tree = try Self.tree()
    #expect(try matches(source, in: tree) == expected)
    let filter = try NodeFilter(source)
    let facts = filter.facts(of: tree)
    #expect(filter.asksOfWhole && facts != nil)
    #expect(tree.nodes.indices.filter { filter.matches(NodeID($0), in: tree, facts: facts) } == expected)
  }

  @Test("The facts of a whole tree are found only where they are asked for, and heed people's labels")
  func facts() throws {
    let tree = try Self.tree()
    #expect(try !NodeFilter("n>1 or terminal").asksOfWhole && NodeFilter("n>1").facts(of: tree) == nil)
    let filter = try NodeFilter("first-error")
    let facts = filter.facts(of: tree, labels: [NodeID(1): .bad])
    #expect(tree.nodes.indices.filter { filter.matches(NodeID($0), in: tree, facts: facts) } == [1])
    #expect(FirstWrongStep.all(in: tree) == [NodeID(4)])
  }

  @Test(
    "Questions of the whole tree are a filter's alone, name a selection, and have no number",
    arguments: [
      (
        "chosen.rank", 8,
        "chosen: expected greedyPath, bestLeaf, rerank, weightedVote, majority, evidence, found 'chosen.rank'"
      ),
      ("first-error>2", 12, "'first-error' is true or not, and has no number: expected no > after it"),
      ("chosen=25", 7, "'chosen' is true or not, and has no number: expected no = after it"),
    ])
  func wholeErrors(_ source: String, _ column: Int, _ message: String) throws {
    #expect(throws: FilterError(at: column, message)) { try NodeFilter(source) }
    #expect(
      throws: FilterError(
        at: 1, "'first-error' is asked of a whole tree: only a filter knows it; \"first-error\" looks for the text")
    ) { try Breakpoint("first-error") }
  }

  @Test("What a rollout answers is found where it began, and compared by its value")
  func rollouts() throws {
    let critics = ["value", "orm"].map { CriticWeight(name: $0, weight: 1, scope: .everyNode) }
    let script = Script(draws: ["": ["one\n"]], scores: ["value": ["": 0.5, "one\n": 0.5]])
    script.rollouts = ["one\n": [("#### 33", 0.4), ("#### 7", 0.1)]]
    var driver = Driver(try header(["rollout.count": "2"], critics: critics), answer: script.answer)
    driver.run(to: 1)
    let tree = driver.tree
    #expect(try matches("rollout=33.0", in: tree) == [1])
    #expect(try matches("rollout!=33", in: tree) == [1], "the other one answers 7")
    #expect(try matches("rollout=34", in: tree) == [])
    #expect(try matches("not rollout=33", in: tree) == [0])
    #expect(try matches("answer=33", in: tree) == [], "it is no node's own answer")
  }

  @Test(arguments: [
    ("terminal", [2, 4]), ("answered", [2, 4]), ("correct", [2]), ("wrong", [4]), ("pruned", [3]), ("inserted", [3]),
    ("overridden", [4]), ("open", [0, 1, 2, 4]), ("frozen", []), ("contradicted", [1]), ("contradiction", [1]),
    ("answer=25", [2]), ("answer = 25.0", [2]), ("answer!=25", [4]), ("answer=\"7\"", [4]), ("merged", []),
    ("PRUNED", [3]),
  ])
  func factsHold(_ source: String, _ expected: [Int]) throws {
    #expect(try matches(source, in: Self.tree()) == expected)
  }

  @Test func aGroupIsMerged() throws {
    var tree = try Self.tree()
    tree.arena.mark(NodeID(2), .group)
    #expect(try matches("merged", in: tree) == [2])
  }

  /// Random texts over a small alphabet, beyond ASCII among them: found where Foundation finds them in lower case.
  @Test func textIsFoundWhateverTheCase() {
    var random = SplitMix(seed: 5)
    let alphabets = [Array("aAbB "), Array("aAéÉßK\u{212A}😀")]
    var found = 0
    for _ in 0..<20_000 {
      func text(_ most: Int) -> String {
        let alphabet = alphabets[random.below(2)]
        return String((0...random.below(most)).map { _ in alphabet[random.below(alphabet.count)] })
      }
      let (sought, text) = (text(3), text(8))
      let isFound = SoughtText(sought).isFound(in: text)
      #expect(isFound == text.lowercased().contains(sought.lowercased()), "\(sought) in \(text)")
      if isFound { found += 1 }
    }
    #expect(found > 2000)
    #expect(!SoughtText("aab").isFound(in: "ab"))
  }

  @Test func withoutAReferenceNothingIsRightOrWrong() throws {
    let tree = try Self.tree(answer: nil)
    #expect(try matches("correct or wrong", in: tree) == [])
  }

  @Test(arguments: [
    ("\"2 + 2\"", [1]), ("MINE", [3]), ("####", [2, 4]), ("\"n>1\"", []), ("terminal q>0.6", [2]),
    ("terminal and q>0.6", [2]), ("not terminal", [0, 1, 3]), ("!terminal", [0, 1, 3]), ("not not pruned", [3]),
    ("pruned or wrong", [3, 4]), ("pruned|wrong || correct", [2, 3, 4]), ("depth=1 pruned or depth=2 correct", [2, 3]),
    ("(pruned or depth=2) !correct", [3, 4]), ("!(pruned or terminal)", [0, 1]), ("((id=1))", [1]),
    ("not n>1", [2, 3, 4]),
  ])
  func termsCombine(_ source: String, _ expected: [Int]) throws {
    #expect(try matches(source, in: Self.tree()) == expected)
  }

  @Test(arguments: [
    ("", 1, "expected terms such as n>10, q<0.4, pruned or \"text\", found the end"),
    ("n>1 nn>1", 5, "unknown field 'nn': did you mean 'n'?"),
    ("frequency>1", 1, "unknown field 'frequency': expected n, q, v, prm, orm"),
    ("n>x", 3, "n: expected a number, found 'x'"), ("n>", 3, "n: expected a number, found the end"),
    ("n=>1", 2, "n: expected <, <=, =, !=, >= or >, found '=>'"), ("n", 2, "n: expected <, <=, =, !=, >= or >"),
    ("n>nan", 3, "n: expected a number, found 'nan'"), (">1", 1, "expected a field before '>'"),
    ("q<0.4 termnal", 7, "unknown word 'termnal': did you mean 'terminal'? \"termnal\" looks for the text"),
    ("(n>1", 5, "expected ) for the ( in column 1"), ("n>1)", 4, "this ) closes nothing"),
    ("n>1 or", 7, "expected terms such as"), ("()", 2, "expected terms such as"), ("not", 4, "expected a term after"),
    ("\"open", 1, "this quotation has no end"), ("\"\"", 1, "expected some text"),
    ("correct>>0.3", 8, "'correct' is true or not, and has no number: expected no >> after it"),
    ("prm>>0.3", 4, "prm: expected <, <=, =, !=, >= or >, found '>>'"),
    ("rollout>3", 8, "rollout: expected = or !=, found '>'; 'rollouts' counts them"),
    ("answer>3", 7, "answer: expected = or !=, found '>'"), ("answer=", 8, "answer: expected an answer"),
    ("critics q", 9, "expected 'critics differ', found 'q'"), ("n>1 merge", 5, "'merge' is an event"),
    ("best changes", 1, "'best changes' is an event"), ("critic.>1", 1, "unknown field 'critic.'"),
  ])
  func errorsSayWhere(_ source: String, _ column: Int, _ message: String) throws {
    let error = try #require(throws: FilterError.self) { try NodeFilter(source) }
    #expect(error.column == column, "\(error)")
    #expect(error.message.hasPrefix(message), "\(error)")
  }

  @Test func nestingHasAnEnd() throws {
    #expect(throws: Never.self) {
      try NodeFilter(String(repeating: "(", count: 60) + "n>1" + String(repeating: ")", count: 60))
    }
    let error = try #require(throws: FilterError.self) { try NodeFilter(String(repeating: "(", count: 4000)) }
    #expect(error.column == 65)
    #expect(throws: FilterError.self) { try NodeFilter(String(repeating: "!", count: 4000) + "pruned") }
  }

  /// Whatever is typed is read or refused at a column of the text; nothing traps.
  @Test func anythingTypedIsReadOrRefused() {
    let pieces = [
      "n", ">", "=", "1", " ", "(", ")", "!", "|", "\"", "not ", "or ", "critics ", "differ", "best ", "é", "answer",
    ]
    var random = SplitMix(seed: 11)
    for _ in 0..<20_000 {
      let text = (0..<random.below(12)).map { _ in pieces[random.below(pieces.count)] }.joined()
      do {
        _ = try NodeFilter(text)
      } catch {
        #expect((1...text.count + 1).contains(error.column), "\(text): \(error)")
      }
      _ = FilterCompletion.breakpoint(text, cursor: random.below(14))
    }
  }
}
