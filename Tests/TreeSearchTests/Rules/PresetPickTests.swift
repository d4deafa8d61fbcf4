import Foundation
import Testing
import TreeSearchTesting
import Vocabulary

@testable import TreeSearch

/// What `auto.samples` picks, worked out by hand.
struct PresetPickTests {
  private func look(_ agreement: Double, _ chance: Double, _ doubted: Double = 0) -> FirstLook {
    FirstLook(trajectories: 4, agreement: agreement, chance: chance, doubted: doubted)
  }

  /// Three children of the root, which state these answers; the ORM says 0.5 of each, so that each weighs as much as none of them.
  private func run(_ answers: [String], doubts: [String: Double] = [:], to simulations: Int = 5) throws -> Driver {
    let draws = answers.enumerated().map { "line \($0.offset)\n#### \($0.element)\n" }
    let even = Dictionary(draws.map { ($0, 0.5) }) { a, _ in a }
    let tool = Dictionary(
      uniqueKeysWithValues: zip(draws, answers).compactMap { line, answer in
        doubts[answer].map { (line, $0) }
      })
    let script = Script(draws: ["": draws], scores: ["value": [:], "orm": even, "calculator": tool])
    let rules = [
      "auto.samples": "3", "rollout.count": "0", "width.root.minimum": "3", "width.root.maximum": "3",
      "evidence.none": "0", "auto.easy": "0.8", "auto.hard": "0.3",
    ]
    var driver = Driver(try header(rules, critics: [.value, .orm, .calculator]), answer: script.answer)
    driver.run(to: simulations)
    return driver
  }

  private func picks(_ driver: Driver) -> [PresetPick] {
    driver.journal.compactMap { if case .picked(let pick) = $0 { pick } else { nil } }
  }

  @Test func easeIsTheMeanOfAgreementAndChanceLessWhatToolsDoubt() throws {
    #expect(look(1, 0.5).ease == 0.75)
    #expect(look(0.75, 0.25, 0.5).ease == 0.25)
    #expect(look(0, 0).ease == 0 && look(1, 1).ease == 1 && look(1, 1, 1).ease == 0)
    let parameters = SearchParameters()
    #expect(PredictedDifficulty(ease: 0.5, parameters) == .easy)
    #expect(PredictedDifficulty(ease: 0.49, parameters) == .middle)
    #expect(PredictedDifficulty(ease: 0.2, parameters) == .middle)
    #expect(PredictedDifficulty(ease: 0.19, parameters) == .hard)
  }

  @Test func agreementPicksForAnEasyProblem() throws {
    // Three of three; 3 of the weight 4: (1 + .75) / 2.
    let driver = try run(["7", "7", "7"])
    let pick = try #require(picks(driver).first)
    #expect(pick.look == FirstLook(trajectories: 3, agreement: 1, chance: 0.75, doubted: 0))
    #expect(pick.look.ease == 0.875 && pick.difficulty == .easy && pick.preset == "etascope" && pick.made == 3)
    #expect(driver.tree.parameters.changes["stop.rule"] == .word("forecast"))
  }

  @Test func aMajorityPicksForOneInTheMiddle() throws {
    // Two of three; 2 of the weight 4: (2/3 + 1/2) / 2 = .583.
    let driver = try run(["7", "8", "7"])
    let pick = try #require(picks(driver).first)
    #expect(abs(pick.look.ease - 7.0 / 12) < 1e-12 && pick.difficulty == .middle)
    // Width and rollouts are set otherwise than the preset auto has them: they stay.
    #expect(pick.settings == ["width.spare": .integer(4)])
    #expect(driver.tree.parameters[SearchParameters.spareDraws] == 4)
    #expect(driver.search.rules.spare == 4)
  }

  @Test func answersThatDifferOrThatAToolDoubtsPickForAHardOne() throws {
    // One of three; 1 of the weight 4: (1/3 + 1/4) / 2 = .292.
    let different = try #require(picks(run(["7", "8", "9"])).first)
    #expect(abs(different.look.ease - 7.0 / 24) < 1e-12 && different.difficulty == .hard)
    // Two agree, and a tool doubts them: .583 · (1 − 2/3) = .194.
    let doubted = try #require(picks(run(["7", "8", "7"], doubts: ["7": 0.1])).first)
    #expect(abs(doubted.look.doubted - 2.0 / 3) < 1e-12 && doubted.difficulty == .hard)
  }

  @Test func itIsPickedOnceAndReplays() throws {
    let driver = try run(["7", "8", "7"], to: 9)
    #expect(picks(driver).count == 1 && picks(driver).first == driver.tree.pick)
    var tree = try SearchTree(header: driver.tree.header, events: driver.journal)
    #expect(tree == driver.tree)
    let pick = try #require(tree.pick)
    #expect(throws: ReplayError.self) { try tree.apply(.picked(pick)) }
    let packet = try EventPacker.packet(of: driver.journal)
    var unpacked: [SearchEvent] = []
    try EventUnpacker.forEach(in: packet) {
      unpacked.append($0)
      return true
    }
    #expect(unpacked == driver.journal)
    #expect(try run(["7", "8", "7"], to: 9).journal == driver.journal)
  }

  @Test func withoutItNothingIsPicked() throws {
    let policy = SeededPolicy()
    var driver = Driver(try header()) { policy.answer($0, depth: Int($1[$0.node].depth)) }
    driver.run(to: 12)
    #expect(picks(driver).isEmpty && driver.tree.pick == nil)
  }

  @Test func whatThePresetAutoPicks() throws {
    let auto = try Preset.named("auto")
    func settings(_ ease: Double) -> [String: ParameterValue] {
      PresetPick(look(ease, ease), made: 4, under: auto).settings
    }
    #expect(settings(0.9) == ["width.root.minimum": .integer(2), "stop.rule": .word("forecast")])
    #expect(settings(0.4) == ["width.root.minimum": .integer(2), "width.spare": .integer(4)])
    #expect(settings(0.1) == ["width.root.minimum": .integer(2), "width.spare": .integer(1)])
    for difficulty in PredictedDifficulty.allCases {
      let pick = difficulty.pick
      var tried = SearchParameters()
      for (id, value) in pick.preset.settings + pick.settings { try tried.set(id, to: value) }
    }
  }

  @Test func aJournalThatPicksWhatCannotBeIsDamaged() throws {
    func tree() throws -> SearchTree { try SearchTree(header: header(["auto.samples": "1"]), events: []) }
    func pick(_ settings: [String: ParameterValue]) throws -> PresetPick {
      struct Fields: Codable {
        var made = 0
        var look = FirstLook(trajectories: 1, agreement: 1, chance: 1, doubted: 0)
        var difficulty = PredictedDifficulty.easy
        var preset = "etascope"
        var settings: [String: ParameterValue]
      }
      let data = try JSONEncoder().encode(Fields(settings: settings))
      return try JSONDecoder().decode(PresetPick.self, from: data)
    }
    var sound = try tree()
    try sound.apply(.picked(pick(["width.spare": .integer(2)])))
    #expect(sound.parameters[SearchParameters.spareDraws] == 2)
    for settings in [["width.spare": ParameterValue.integer(-1)], ["width.nothing": .integer(1)]] {
      var damaged = try tree()
      #expect(throws: ReplayError.self) { try damaged.apply(.picked(pick(settings))) }
    }
  }
}
