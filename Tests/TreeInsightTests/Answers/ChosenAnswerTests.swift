import Testing
import TreeSearch
import TreeSearchTesting
import Vocabulary

@testable import TreeInsight

/// What is kept event by event is what a look at the whole tree finds.
struct ChosenAnswerTests {
  /// Whatever a driver and a person do, in whatever order, by every rule; and afterwards at every earlier moment.
  @Test(arguments: FinalSelection.allCases)
  func isWhatAScanFinds(_ selection: FinalSelection) throws {
    var changes = 0
    for seed in 0..<80 as Range<UInt64> {
      // Every kind of evidence weighs something.
      let rules = [
        "final.selection": selection.rawValue, "evidence.outcome": "0.7", "evidence.steps": "0.4",
        "evidence.value": "0.3",
        "evidence.doubts": "0.6", "evidence.visits": "0.5",
      ]
      var session = try RandomSession(seed: seed, interventions: seed % 3 != 0, rules: rules)
      var tree = session.tree
      var chosen = ChosenAnswer(tree)
      for _ in 0..<70 { _ = session.step() }
      var expected: [Candidate?] = []
      for event in session.driver.journal {
        try tree.apply(event)
        changes += chosen.note(event, in: tree) ? 1 : 0
        expected.append(tree.chosen)
        try #require(chosen.candidate(in: tree) == tree.chosen, "seed \(seed), after \(event)")
      }
      var past = SearchTree(header: tree.header)
      for (event, expected) in zip(session.driver.journal, expected) {
        try past.apply(event)
        try #require(chosen.candidate(in: past) == expected, "seed \(seed), at moment \(past.eventCount)")
      }
      try #require(ChosenAnswer(tree).candidate(in: tree) == tree.chosen, "seed \(seed)")
    }
    #expect(changes > 20, "the schedules choose something")
  }

  @Test func theFirstOfEqualsWins() {
    var tournament = Tournament<Int>()
    #expect(tournament.winner == nil)
    for (place, key) in [(5, 3), (2, 3), (9, 1)] { tournament.set(key, at: place) }
    #expect(tournament.winner == 2)
    tournament.set(nil, at: 2)
    #expect(tournament.winner == 5)
    tournament.set(4, at: 100)
    #expect(tournament.winner == 100 && tournament[100] == 4 && tournament[2] == nil)
    for place in [5, 9, 100] { tournament.set(nil, at: place) }
    #expect(tournament.winner == nil)
  }

  @Test func aTournamentIsAScan() {
    var random = SplitMix(seed: 11)
    var tournament = Tournament<Int>()
    var keys: [Int?] = Array(repeating: nil, count: 300)
    for _ in 0..<3000 {
      let place = random.below(300)
      keys[place] = random.below(3) == 0 ? nil : random.below(40)
      tournament.set(keys[place], at: place)
      let most = keys.compactMap { $0 }.max()
      #expect(tournament.winner == most.map { most in keys.firstIndex(of: most) ?? -1 })
    }
  }
}
