import Foundation
import Testing
import TreeSearchTesting
import Vocabulary

@testable import TreeSearch

struct ReplayTests {
  private func journal(seed: UInt64, to simulations: Int = 25) throws -> (Driver, RandomPolicy) {
    var random = SplitMix(seed: seed)
    let run = try RandomPolicy.run(&random)
    var driver = Driver(run.header, answer: run.policy.answer)
    driver.run(to: simulations)
    return (driver, run.policy)
  }

  @Test func everyPrefixGoesOnToTheSameJournal() throws {
    for seed in 0..<40 as Range<UInt64> {
      let (whole, policy) = try journal(seed: seed, to: 15)
      // With several workers what is asked next depends on when the driver asks.
      if whole.tree.statistics.isParallel { continue }
      for length in 0...whole.journal.count {
        let prefix = try SearchTree(header: whole.tree.header, events: whole.journal.prefix(length))
        var resumed = Driver(resuming: prefix, answer: policy.answer)
        resumed.run(to: 15)
        let same = Array(whole.journal.prefix(length)) + resumed.journal == whole.journal
        try #require(same, "seed \(seed), cut after \(length) events")
        try #require(resumed.tree.differences(from: whole.tree).isEmpty, "seed \(seed), cut after \(length) events")
      }
    }
  }

  @Test func everyPrefixOfAWildSessionComesToAnEnd() throws {
    for seed in 500..<530 as Range<UInt64> {
      var session = try RandomSession(seed: seed)
      for _ in 0..<50 { _ = session.step() }
      let journal = session.driver.journal
      for length in 0...journal.count {
        let prefix = try SearchTree(header: session.tree.header, events: journal.prefix(length))
        var resumed = Driver(resuming: prefix, answer: session.driver.answer)
        resumed.run(to: prefix.simulations + 3)
        try #require(!resumed.tree.isBusy, "seed \(seed), cut after \(length) events")
        let broken = Invariants.check(resumed.tree)
        try #require(broken.isEmpty, "seed \(seed), cut after \(length) events: \(broken)")
      }
    }
  }

  @Test func sameSeedSameEvents() throws {
    for seed in 0..<10 as Range<UInt64> {
      #expect(try journal(seed: seed).0.journal == journal(seed: seed).0.journal, "seed \(seed)")
    }
  }

  @Test func anotherSeedAnotherTree() throws {
    func texts(_ seed: UInt64) throws -> [String] {
      var driver = Driver(
        try header(["option.greedyFirst": "false"], seed: seed), answer: RandomPolicy(vocabulary: 50).answer)
      driver.run(to: 10)
      return driver.tree.nodes.indices.map { driver.tree.text(NodeID($0)) }
    }
    #expect(try texts(1) == texts(1))
    #expect(try texts(1) != texts(2))
  }

  @Test func theJournalSurvivesJSON() throws {
    for seed in 0..<40 as Range<UInt64> {
      var session = try RandomSession(seed: seed)
      for _ in 0..<60 { _ = session.step() }
      let tree = session.tree
      let encoder = JSONEncoder()
      let header = try JSONDecoder().decode(RunHeader.self, from: encoder.encode(tree.header))
      #expect(header == tree.header, "seed \(seed)")
      let events = try session.driver.journal.map {
        try JSONDecoder().decode(SearchEvent.self, from: encoder.encode($0))
      }
      #expect(events == session.driver.journal, "seed \(seed)")
      #expect(try SearchTree(header: header, events: events).differences(from: tree).isEmpty, "seed \(seed)")
    }
  }
}
