import Testing
import TreeSearchTesting
import Vocabulary

@testable import TreeSearch

/// What speaks for answers and how it is summed, worked out by hand.
struct EvidenceTests {
  private func near(_ a: Double?, _ b: Double) -> Bool { a.map { abs($0 - b) < 1e-6 } ?? false }

  /// Answers below the root with these ORM scores; 4 once with .9, 5 with .8 and .7, 3 with .5.
  private func answers(_ rules: [String: String]) throws -> SearchTree {
    let critics = [CriticWeight(name: "orm", weight: 1, scope: .outcome)]
    let scores = ["#### 4\n": 0.9, "x\n#### 5\n": 0.8, "y\n#### 5\n": 0.7, "#### 3\n": 0.5]
    let script = Script(scores: ["orm": scores])
    var driver = Driver(
      try header(rules.merging(["rollout.count": "0"]) { a, _ in a }, critics: critics), answer: script.answer)
    driver.run(to: 0)
    for text in ["#### 4\n", "x\n#### 5\n", "y\n#### 5\n", "#### 3\n"] {
      try driver.act(.insert(node: .root, option: SearchOption(text, .person)))
    }
    return driver.tree
  }

  private let only = [
    "evidence.steps": "0", "evidence.value": "0", "evidence.doubts": "0", "evidence.visits": "0", "evidence.none": "0",
  ]

  @Test func oddsAreSummedByAnswer() throws {
    // Weight 1: a trajectory weighs its odds. 4: 9; 5: 4 + 7/3; 3: 1; none of them: 1. Together 17 1/3.
    let tree = try answers(only.merging(["evidence.outcome": "1"]) { a, _ in a })
    let standings = tree.answerStandings()
    #expect(standings.map(\.answer) == ["4", "5", "3"] && standings.map(\.trajectories) == [1, 2, 1])
    for (standing, weight) in zip(standings, [9, 19.0 / 3, 1]) {
      #expect(near(standing.chance, weight / (9 + 19.0 / 3 + 1 + 1)))
    }
    #expect(tree.finalAnswers()[.evidence]?.answer == "4")
    // Alone it owes nothing to agreement; of two that weigh 4 and 7/3, ln 19/3 less the mean of ln 4 and ln 7/3, weighed so.
    #expect(near(standings[0].agreement, 0))
    #expect(near(standings[1].parts[.outcome], (4 * 1.3862943611 + 7.0 / 3 * 0.8472978604) / (19.0 / 3)))
    #expect(near(standings[1].parts[.outcome] + standings[1].agreement, 1.8458266904))
  }

  @Test func agreementOutweighsTheBestScore() throws {
    // Weight ½: √9 = 3 for the answer 4, √4 + √(7/3) = 3.5275 for 5, whose better trajectory is chosen.
    let tree = try answers(only.merging(["evidence.outcome": "0.5"]) { a, _ in a })
    #expect(tree.finalAnswers()[.evidence] == Candidate(node: NodeID(2), rollout: nil, answer: "5", score: 0.8))
    #expect(tree.finalAnswers()[.rerank]?.answer == "4")
  }

  @Test func whatIsSaidOnTheWayCounts() throws {
    let critics = [
      CriticWeight(name: "value", weight: 1, scope: .everyNode),
      CriticWeight(name: "prm", weight: 1, scope: .everyNode),
      CriticWeight(name: "calculator", weight: 1, scope: .everyNode),
      CriticWeight(name: "orm", weight: 1, scope: .outcome),
    ]
    let script = Script(
      scores: [
        "value": ["": 0.5, "a\n": 0.5, "#### 1\n": 0.8], "prm": ["": 0.9, "a\n": 0.2, "#### 1\n": 0.6],
        "calculator": ["": 0.9, "a\n": 0.9, "#### 1\n": 0.1], "orm": ["#### 1\n": 0.75],
      ])
    var driver = Driver(try header(["rollout.count": "0"], critics: critics), answer: script.answer)
    driver.run(to: 0)
    try driver.act(.insert(node: .root, option: SearchOption("a\n", .person)))
    try driver.act(.insert(node: NodeID(1), option: SearchOption("#### 1\n", .person)))
    let reading = driver.tree.evidence(for: try #require(driver.tree.candidates().first))
    // ln 3, ln ¼, ln 4, ln 1/9, and one visit.
    #expect(near(reading[.outcome], 1.0986122887) && near(reading[.steps], -1.3862943611))
    #expect(near(reading[.value], 1.3862943611) && near(reading[.doubts], -2.1972245773))
    #expect(reading[.visits] == 0)
    // A person who thinks better of the step takes what was said against it away.
    try driver.act(.override(node: NodeID(1), critic: "prm", score: 0.95))
    let then = driver.tree.evidence(for: try #require(driver.tree.candidates().first))
    #expect(near(then[.steps], 0.4054651081))
  }

  @Test func withoutAnAnswerNothingStands() throws {
    #expect(SearchTree(header: try header()).answerStandings().isEmpty)
  }
}
