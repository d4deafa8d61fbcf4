import Testing
import TreeSearchTesting
import Vocabulary

@testable import TreeInsight
@testable import TreeSearch

/// Where a trajectory first goes wrong.
struct FirstWrongStepTests {
  /// 0 ─ 1 "good" ─ 2 "better" ─ 3 "#### 25" (right)
  ///   │          └ 4 "worse" ─ 5 "#### 7" (wrong)
  private func tree(
    reference: String? = "25", scores: [String: [String: Double]] = [:], rollouts: [String: [(String, Double?)]] = [:]
  ) throws -> SearchTree {
    let critics = ["value", "prm", "orm", "calculator"].map { CriticWeight(name: $0, weight: 1, scope: .everyNode) }
    var header = try header(["rollout.count": "1"], critics: critics)
    header.problem.answer = reference
    let script = Script(
      draws: ["": ["good\n"], "good\n": ["better\n", "worse\n"], "better\n": ["#### 25\n"], "worse\n": ["#### 7\n"]],
      scores: scores)
    script.rollouts = rollouts
    var driver = Driver(header, answer: script.answer)
    driver.run(to: 0)
    for parent in [0, 1, 2, 1, 4] { try driver.act(.expand(node: NodeID(parent), count: 1)) }
    return driver.tree
  }

  @Test("From one step on the right answer is out of reach")
  func parting() throws {
    let found = try #require(FirstWrongStep(to: NodeID(5), in: try tree()))
    #expect(found.node == NodeID(4) && found.evidence == .parting(from: NodeID(1), right: "25"))
    #expect(
      found.sentence
        == "the first wrong step is node 4: below node 1 the right answer 25 was reached, below this one never")
    #expect(FirstWrongStep(to: NodeID(3), in: try tree()) == nil, "a right path has none")
  }

  @Test("A rollout that answers right shows that a step was not wrong yet")
  func rolledOut() throws {
    let found = FirstWrongStep(to: NodeID(5), in: try tree(rollouts: ["worse\n": [("#### 25", 0.5)]]))
    #expect(found?.node == NodeID(5))
    #expect(found?.evidence == .parting(from: NodeID(4), right: "25"))
  }

  @Test("A person's label is surest; without a reference tools speak, then the process critic")
  func evidence() throws {
    let judged = try tree(
      reference: nil, scores: ["calculator": ["worse\n": 0], "prm": ["good\n": 0.875, "worse\n": 0.25]])
    #expect(FirstWrongStep(to: NodeID(5), in: judged, labels: [NodeID(1): .bad])?.evidence == .label)
    #expect(FirstWrongStep(to: NodeID(5), in: judged)?.evidence == .tool("calculator", note: nil))
    let fallen = try tree(reference: nil, scores: ["prm": ["good\n": 0.875, "worse\n": 0.25]])
    #expect(FirstWrongStep(to: NodeID(5), in: fallen)?.evidence == .fall(from: 0.875, to: 0.25))
    #expect(FirstWrongStep(to: NodeID(5), in: try tree(reference: nil)) == nil)
    #expect(FirstWrongStep(to: .root, in: judged) == nil)
  }
}
