import Testing
import TreeSearchTesting
import Vocabulary

@testable import TreeSearch

/// The answer is settled where the leader cannot be caught by the simulations that are left.
struct SettledLimitTests {
  private let critics = [
    CriticWeight(name: "value", weight: 1, scope: .everyNode), CriticWeight(name: "orm", weight: 1, scope: .outcome),
  ]

  /// The limit's word after each of these answers has been put in by hand; ORM scores by answer.
  private func words(
    _ answers: [String], orm: [String: Double] = [:], _ changes: [String: String]
  ) throws -> [StopReason?] {
    let all = ["limit.settled": "true", "limit.simulations": "10", "rollout.count": "0"].merging(changes) { $1 }
    var driver = Driver(try header(all, critics: critics)) { request, tree in
      let answer = tree.details[request.node.offset].answer ?? ""
      guard case .score(let critics) = request.kind else { return Answer(.rollouts([])) }
      return Answer(.scores(critics.map { CriticScore(critic: $0, score: $0 == "orm" ? orm[answer] : 0.5) }))
    }
    driver.run(to: 0)
    return try answers.enumerated().map { number, answer in
      try driver.act(.insert(node: .root, option: SearchOption("path \(number)\n#### \(answer)\n", .person)))
      return driver.search.limit
    }
  }

  @Test func majority() throws {
    // 10 simulations in all. After 5: 5 votes lead, 5 may come, a tie is possible. After 6: 6 > 4.
    let found = try words(Array(repeating: "1", count: 6), ["final.selection": "majority"])
    #expect(found == [nil, nil, nil, nil, nil, .settled])
    // Two votes for another: after 7 the lead is 5 − 2 = 3, 3 may come; after 8 it is 4 > 2.
    let split = try words(["1", "2", "1", "2", "1", "1", "1", "1"], ["final.selection": "majority"])
    #expect(split == [nil, nil, nil, nil, nil, nil, nil, .settled])
  }

  @Test func rolloutsAreVotesToo() throws {
    // n = 1: a simulation may bring a terminal and a rollout. After 6: 6 < 2·4; after 7: 7 > 2·3.
    let found = try words(
      Array(repeating: "1", count: 7), ["final.selection": "majority", "rollout.count": "1"])
    #expect(found.suffix(2) == [nil, .settled])
  }

  @Test func weightedVote() throws {
    // Each vote weighs its ORM score, .5; what comes may weigh 1. After 6: 3 < 4; after 7: 3.5 > 3.
    let found = try words(
      Array(repeating: "1", count: 7), orm: ["1": 0.5], ["final.selection": "weightedVote"])
    #expect(found == [nil, nil, nil, nil, nil, nil, .settled])
  }

  @Test func rerank() throws {
    // Only the greatest score there is cannot be beaten.
    let found = try words(["1", "2", "3"], orm: ["1": 0.9, "2": 1, "3": 0.2], ["final.selection": "rerank"])
    #expect(found == [nil, .settled, .settled])
  }

  @Test(arguments: ["greedyPath", "bestLeaf"])
  func neverUnderAMean(_ selection: String) throws {
    let found = try words(
      Array(repeating: "1", count: 9), orm: ["1": 1], ["final.selection": selection])
    #expect(found == Array(repeating: nil, count: 9))
  }

  @Test func offUnlessAskedFor() throws {
    let found = try words(
      Array(repeating: "1", count: 9), ["final.selection": "majority", "limit.settled": "false"])
    #expect(found == Array(repeating: nil, count: 9))
  }

  @Test func simulationsBeyondTheLimitCountWhereAnswersAreWantedFirst() throws {
    // Four simulations may become forty until nine answers stand: six votes settle nothing.
    let changes = ["final.selection": "majority", "limit.simulations": "4", "limit.terminals": "9"]
    #expect(try words(Array(repeating: "1", count: 6), changes) == Array(repeating: nil, count: 6))
  }

  @Test func aSimulationToATerminalMayRollOutOnEveryEdge() throws {
    // n = 1, depth at most 3: two inner nodes with a rollout each and the terminal are 3 trajectories a simulation.
    // After 7: 7 < 3·3; after 8: 8 > 3·2.
    let changes = [
      "final.selection": "majority", "rollout.count": "1", "search.toTerminal": "true", "depth.maximum": "3",
    ]
    #expect(try words(Array(repeating: "1", count: 8), changes).suffix(2) == [nil, .settled])
  }
}
