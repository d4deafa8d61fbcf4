import Testing
import TreeSearchTesting

@testable import TreeSearch

struct FinalSelectionTests {
  private let critics = [
    CriticWeight(name: "value", weight: 1, scope: .everyNode), CriticWeight(name: "orm", weight: 0, scope: .outcome),
  ]

  /// A tree put in by hand in which the five selections choose five different answers.
  private func five() throws -> Driver {
    let values: [String: Double] = [
      "": 0.5, "A\n": 0.9, "#### 1\n": 0.3, "#### 2\n": 0.2, "B\n": 0, "#### 3\n": 0.95, "#### 4\n": 0.05,
      "x\n#### 5\n": 0.05, "y\n#### 5\n": 0.05, "x\n#### 6\n": 0.05, "y\n#### 6\n": 0.05, "z\n#### 6\n": 0.05,
    ]
    let outcomes: [String: Double] = [
      "#### 1\n": 0.4, "#### 2\n": 0.1, "#### 3\n": 0.5, "#### 4\n": 0.9, "x\n#### 5\n": 0.8, "y\n#### 5\n": 0.7,
      "x\n#### 6\n": 0.3, "y\n#### 6\n": 0.4, "z\n#### 6\n": 0.2,
    ]
    let script = Script(scores: ["value": values, "orm": outcomes])
    var driver = Driver(try header(["rollout.count": "0"], critics: critics), answer: script.answer)
    driver.run(to: 0)
    try driver.act(.insert(node: .root, option: SearchOption("A\n", .person)))  // 1
    try driver.act(.insert(node: .root, option: SearchOption("B\n", .person)))  // 2
    for text in ["#### 1\n", "#### 2\n"] {
      try driver.act(.insert(node: NodeID(1), option: SearchOption(text, .person)))  // 3, 4
    }
    let below = [
      "#### 3\n", "#### 4\n", "x\n#### 5\n", "y\n#### 5\n", "x\n#### 6\n", "y\n#### 6\n", "z\n#### 6\n",
    ]
    for text in below { try driver.act(.insert(node: NodeID(2), option: SearchOption(text, .person))) }  // 5…11
    return driver
  }

  @Test func fiveSelectionsFiveWinners() throws {
    let tree = try five().tree
    // Q(A) = (.9 + .3 + .2) / 3 = .4667 beats Q(B) = (0 + .95 + 6·.05) / 8 = .15625.
    #expect(abs((tree[NodeID(1)].meanValue ?? -1) - 1.4 / 3) < 1e-12)
    #expect(abs((tree[NodeID(2)].meanValue ?? -1) - 0.15625) < 1e-12)
    let finals = tree.finalAnswers()
    #expect(finals[.greedyPath] == Candidate(node: NodeID(3), rollout: nil, answer: "1", score: 0.4))
    #expect(finals[.bestLeaf] == Candidate(node: NodeID(5), rollout: nil, answer: "3", score: 0.5))
    #expect(finals[.rerank] == Candidate(node: NodeID(6), rollout: nil, answer: "4", score: 0.9))
    // Sums of ORM: 5 has .8 + .7 = 1.5, 6 has .9, 4 has .9, 3 has .5, 1 has .4, 2 has .1. Votes: 6 has three.
    #expect(finals[.weightedVote] == Candidate(node: NodeID(7), rollout: nil, answer: "5", score: 0.8))
    #expect(finals[.majority] == Candidate(node: NodeID(10), rollout: nil, answer: "6", score: 0.4))
    #expect(tree.terminals == 9)
    #expect(tree.bestPath() == [NodeID(0), NodeID(1), NodeID(3)])
  }

  @Test func prunedBranchesHaveNoSay() throws {
    var driver = try five()
    try driver.act(.prune(node: NodeID(2)))
    let finals = driver.tree.finalAnswers()
    #expect(finals[.rerank]?.answer == "1")
    #expect(finals[.majority]?.answer == "1")
    #expect(driver.tree.candidates().count == 2)
  }

  @Test func rolloutsCompleteAnUnfinishedLeaf() throws {
    let script = Script(draws: ["": ["a\n"]], scores: ["value": ["": 0.5, "a\n": 0.5]])
    script.rollouts["a\n"] = [("#### 3", 0.25), ("#### 4", 0.75), ("no answer", 1), ("#### 3", 0.5)]
    var driver = Driver(try header(critics: critics), answer: script.answer)
    driver.run(to: 1)
    let finals = driver.tree.finalAnswers()
    #expect(finals[.rerank] == Candidate(node: NodeID(1), rollout: 1, answer: "4", score: 0.75))
    #expect(finals[.majority] == Candidate(node: NodeID(1), rollout: 3, answer: "3", score: 0.5))
    #expect(finals[.weightedVote]?.answer == "3")  // .25 + .5 equals .75: the first seen of equals
    #expect(finals[.greedyPath]?.answer == "4")
  }

  @Test func withoutAnAnswerThereIsNoChoice() throws {
    let finals = SearchTree(header: try header()).finalAnswers()
    for selection in FinalSelection.allCases { #expect(finals[selection] == nil) }
  }
}
