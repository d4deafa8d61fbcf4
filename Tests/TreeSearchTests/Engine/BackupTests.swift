import Testing
import TreeSearchTesting

@testable import TreeSearch

struct BackupTests {
  /// Root with exactly two children, v(root) = .5, v(a) = .8, v(b) = .4, children of a .2 and .6.
  private func small() throws -> Driver {
    let script = Script(
      draws: ["": ["a\n", "b\n"], "a\n": ["c\n", "d\n"]],
      scores: ["value": ["": 0.5, "a\n": 0.8, "b\n": 0.4, "c\n": 0.2, "d\n": 0.6]])
    let changes = [
      "width.root.minimum": "2", "width.root.maximum": "2", "width.minimum": "2", "width.maximum": "2",
      "rollout.count": "0",
    ]
    return Driver(try header(changes), answer: script.answer)
  }

  @Test func runningMeanFromNodeToRoot() throws {
    var driver = try small()
    driver.run(to: 1)
    #expect(driver.tree[.root].visits == 1)
    #expect(driver.tree[.root].valueSum == 0.8)
    driver.run(to: 2)
    #expect(abs((driver.tree[.root].meanValue ?? -1) - 0.6) < 1e-12)
    // a: .8 + √ln 2 = 1.6326 beats b: .4 + √ln 2 = 1.2326, so the third simulation widens a.
    let a = try #require(driver.search.terms(of: NodeID(1)))
    let b = try #require(driver.search.terms(of: NodeID(2)))
    #expect(abs(a.total - 1.6325546111576977) < 1e-12)
    #expect(abs(b.total - 1.2325546111576977) < 1e-12)
    #expect(driver.search.terms(of: .root) == nil)
    driver.run(to: 3)
    #expect(driver.tree.lastSelected == NodeID(1))
    #expect(driver.tree.kids(NodeID(1)) == [3])
    #expect(driver.tree[NodeID(1)].visits == 2)
    #expect(abs(driver.tree[NodeID(1)].valueSum - 1.0) < 1e-12)
    #expect(driver.tree[.root].visits == 3)
    #expect(abs(driver.tree[.root].valueSum - 1.4) < 1e-12)
    #expect(driver.tree.ownBackups(of: .root) == 0)
    #expect(driver.tree.ownBackups(of: NodeID(1)) == 1)
    #expect(driver.tree.simulations == 3)
    #expect(driver.tree.nodeCount == 4)
  }

  @Test func importanceIsTheGreatestGapOfTheValueCritic() throws {
    var driver = try small()
    driver.run(to: 1)
    #expect(abs(driver.tree[.root].importance - 0.3) < 1e-12)
    driver.run(to: 3)
    #expect(abs(driver.tree[.root].importance - 0.3) < 1e-12)  // |.4 − .5| is smaller
    #expect(abs(driver.tree[NodeID(1)].importance - 0.6) < 1e-12)  // |.2 − .8|
    #expect(driver.tree[NodeID(2)].importance == 0)
  }

  @Test func importanceUsesTheValueCriticNotTheReward() throws {
    let script = Script(
      draws: ["": ["a\n"]], scores: ["value": ["": 0.5, "a\n": 0.75], "prm": ["a\n": 0.25]])
    let critics = [
      CriticWeight(name: "value", weight: 1, scope: .everyNode),
      CriticWeight(name: "prm", weight: 1, scope: .everyNode),
    ]
    var driver = Driver(try header(["rollout.count": "0"], critics: critics), answer: script.answer)
    driver.run(to: 1)
    #expect(driver.tree.details[1].reward == 0.5)
    #expect(driver.tree[.root].importance == 0.25)
    #expect(driver.tree.value(of: NodeID(1)) == 0.75)
  }

  @Test func aTerminalReachedAgainBacksUpItsCachedReward() throws {
    let script = Script(draws: ["": ["#### 7\n"]], scores: ["value": ["": 0.5, "#### 7\n": 0.75]])
    var driver = Driver(
      try header(["width.root.minimum": "1", "width.root.maximum": "1"]), answer: script.answer)
    driver.run(to: 5)
    #expect(driver.tree[NodeID(1)].terminal == .answer)
    #expect(driver.tree.details[1].answer == "7")
    #expect(driver.tree[NodeID(1)].visits == 5)
    #expect(driver.tree[NodeID(1)].valueSum == 3.75)
    #expect(driver.tree[.root].visits == 5)
    #expect(driver.tree.criticCalls["value"] == 2)  // the root once, the terminal once
    #expect(driver.tree.terminals == 1)
    #expect(driver.journal.filter { $0 == .selected(node: NodeID(1), widen: false) }.count == 4)
  }

  @Test func criticsThatAbstainDropOutOfTheWeightedMean() throws {
    let critics = [
      CriticWeight(name: "value", weight: 1, scope: .everyNode),
      CriticWeight(name: "prm", weight: 2, scope: .everyNode),
      CriticWeight(name: "calculator", weight: 5, scope: .everyNode),
      CriticWeight(name: "watched", weight: 0, scope: .everyNode),
    ]
    let script = Script(
      draws: ["": ["a\n", "b\n", "c\n"]],
      scores: [
        "value": ["": 0.5, "a\n": 0.5, "b\n": 0.5], "prm": ["a\n": 0.8, "b\n": 0.8], "calculator": ["b\n": 0],
        "watched": ["a\n": 1, "b\n": 1, "c\n": 1],
      ])
    var driver = Driver(try header(["rollout.count": "0"], critics: critics), answer: script.answer)
    driver.run(to: 3)
    // a: (1·.5 + 2·.8) / 3 = .7, the calculator abstains. b: (.5 + 1.6 + 0) / 8 = .2625. c: nobody speaks: a coin.
    #expect(abs((driver.tree.details[1].reward ?? -1) - 0.7) < 1e-12)
    #expect(abs((driver.tree.details[2].reward ?? -1) - 0.2625) < 1e-12)
    #expect(driver.tree.mergedReward(of: NodeID(3)) == nil)
    #expect(driver.tree.details[3].reward == 0.5)
  }

  @Test func rolloutsGiveTheOutcomeScoreOfAnInnerNode() throws {
    let critics = [
      CriticWeight(name: "value", weight: 1, scope: .everyNode), CriticWeight(name: "orm", weight: 1, scope: .outcome),
    ]
    let script = Script(
      draws: ["": ["a\n", "#### 1\n"]],
      scores: ["value": ["": 0.5, "a\n": 0.5, "#### 1\n": 0.5], "orm": ["#### 1\n": 0.25]])
    script.rollouts["a\n"] = [("#### 3", 1), ("#### 4", 0.5), ("so", nil), ("#### 3", 0.75)]
    var driver = Driver(try header(critics: critics), answer: script.answer)
    driver.run(to: 2)
    // ORM of a: (1 + .5 + .75) / 3 = .75, reward (.5 + .75) / 2; of the terminal: its own score, no rollouts.
    #expect(driver.tree.rolloutMean(of: NodeID(1)) == 0.75)
    #expect(driver.tree.details[1].reward == 0.625)
    #expect(driver.tree.details[2].reward == 0.375)
    #expect(driver.tree.details[2].rollouts.isEmpty)
    #expect(driver.tree.details[1].rollouts.map(\.answer) == ["3", "4", nil, "3"])
    let kinds = driver.requests.map(\.kind)
    #expect(kinds.contains(.score(critics: ["value"])))
    #expect(kinds.contains(.score(critics: ["value", "orm"])))
  }

  @Test func theDepthCapDecodesToTheEnd() throws {
    let script = Script(draws: ["": ["a\n"], "a\n": ["b\n"], "b\n": ["c\n"]], scores: ["value": [:]])
    let changes = [
      "depth.maximum": "2", "width.root.minimum": "1", "width.root.maximum": "1", "width.minimum": "1",
      "width.maximum": "1", "rollout.count": "0",
    ]
    var driver = Driver(try header(changes), answer: script.answer)
    driver.run(to: 4)
    let toEnd = driver.requests.compactMap { request -> Bool? in
      if case .propose(_, _, let toEnd, _) = request.kind { toEnd } else { nil }
    }
    #expect(toEnd == [false, true])
    #expect(driver.tree.nodes.map(\.terminal) == [nil, nil, .depthCap])
    #expect(driver.tree[NodeID(2)].visits == 3)
    #expect(driver.tree.terminals == 0)  // only answers count
  }

  @Test func theFirstOfEqualsIsEntered() throws {
    let script = Script(
      draws: ["": ["a\n", "b\n"]], scores: ["value": ["": 0.5, "a\n": 0.5, "b\n": 0.5, "end\n": 0.5]])
    let changes = ["width.root.minimum": "2", "width.root.maximum": "2", "rollout.count": "0"]
    var driver = Driver(try header(changes), answer: script.answer)
    driver.run(to: 3)
    #expect(driver.search.terms(of: NodeID(2))?.exploitation == 0.5)
    #expect(driver.tree.lastSelected == NodeID(1))
  }

  @Test func endOfTextIsTerminalWithoutAnAnswer() throws {
    var driver = Driver(try header(["rollout.count": "0"])) { request, _ in
      switch request.kind {
      case .propose: Answer(.options([SearchOption("I give up", .endOfText)]))
      default: Answer(.scores([CriticScore(critic: "value", score: 0.5)]))
      }
    }
    driver.run(to: 1)
    #expect(driver.tree[NodeID(1)].terminal == .endOfText)
    #expect(driver.tree.details[1].answer == nil)
  }
}
