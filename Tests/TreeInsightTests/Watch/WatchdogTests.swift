import Foundation
import Testing
import TreeSearchTesting
import Vocabulary

@testable import TreeInsight
@testable import TreeSearch

/// Each watchdog fires on a component that is broken on purpose, and none on healthy runs.
struct WatchdogTests {
  private let healthy = HealthyPolicy()

  @Test func noneFiresOnFiftyHealthyRuns() throws {
    var answers = 0
    for seed in 0..<50 as Range<UInt64> {
      let (header, journal) = try healthy.run(seed)
      #expect(try Watching.alarms(header, journal) == [], "seed \(seed)")
      answers += try SearchTree(header: header, events: journal).terminals
    }
    #expect(answers > 50 * CalibrationWatchdog.leastTrajectories, "too few to be judged by calibration")
  }

  @Test func noneFiresInBatches() throws {
    for seed in 0..<20 as Range<UInt64> {
      let (header, journal) = try healthy.run(seed)
      var random = SplitMix(seed: seed)
      var tree = SearchTree(header: header)
      var watch = SearchWatch(tree: tree, watchdogs: true)
      var rest = journal[...]
      while !rest.isEmpty {
        let batch = Array(rest.prefix(1 + random.below(12)))
        rest = rest.dropFirst(batch.count)
        for event in batch { try tree.apply(event) }
        #expect(watch.notices(after: batch, in: tree) == [], "seed \(seed)")
      }
    }
  }

  /// A person who prunes, undoes, inserts and overrides, and requests that fail, are no fault of the search.
  @Test func noStructuralOneFiresWhateverAPersonDoes() throws {
    let structural = [VisitWatchdog.name, BackupWatchdog.name, WidthWatchdog.name]
    for seed in 0..<150 as Range<UInt64> {
      var session = try RandomSession(seed: seed)
      var watch = SearchWatch(tree: session.tree, watchdogs: true)
      var shown = 0
      for _ in 0..<60 {
        let act = session.step()
        let events = Array(session.driver.journal[shown...])
        shown = session.driver.journal.count
        let alarms = watch.notices(after: events, in: session.tree).filter {
          if case .alarm(let alarm) = $0 { structural.contains(alarm.watchdog) } else { false }
        }
        #expect(alarms == [], "seed \(seed), \(act)")
      }
      let header = session.tree.header
      let alarms = try Watching.alarms(header, session.driver.journal).filter { structural.contains($0.watchdog) }
      #expect(alarms == [], "seed \(seed)")
    }
  }

  @Test func aSkippedBackupIsSeen() throws {
    let (header, journal) = try healthy.run(3, simulations: 10)
    var tree = SearchTree(header: header)
    var reader = EventReader(tree: tree)
    var dogs = Watchdogs(tree: tree)
    var alarms: [Alarm] = []
    for event in journal {
      let before = tree
      try tree.apply(event)
      // The fifth backup is told and not done.
      let isSkipped = if case .backedUp = event { tree.simulations == 5 } else { false }
      let seen = isSkipped ? before : tree
      alarms += dogs.alarms(after: reader.read([event], in: seen), in: seen)
      if isSkipped { break }
    }
    let backup = try #require(alarms.first { $0.watchdog == "backup" })
    #expect(backup.node == .root)
    #expect(backup.finding == "a backup through it should make 5 visits, it has 4")
    #expect(alarms.contains { $0.watchdog == "visits" }, "the backup is counted and in no visits")
  }

  @Test func anAncestorLeftOutIsSeen() throws {
    let (header, journal) = try healthy.run(4)
    var broken: NodeID?
    let alarms = try Watching.alarms(header, journal) { event, tree in
      if case .backedUp(let node, _) = event, tree[node].depth == 2, broken == nil {
        broken = tree.path(to: node)[1]
        tree.breakVisits(of: tree.path(to: node)[1], by: -1)
      }
    }
    #expect(alarms.first { $0.watchdog == "backup" }?.node == broken)
    #expect(alarms.first { $0.watchdog == "visits" }?.node == .root, "its children have fewer visits than it passed on")
  }

  @Test func aVisitTooManyIsSeenWhereItIs() throws {
    let (header, journal) = try healthy.run(5, simulations: 8)
    let alarms = try Watching.alarms(header, journal) { event, tree in
      if case .backedUp = event, tree.simulations == 6 { tree.breakVisits(of: .root, by: 1) }
    }
    let first = try #require(alarms.first { $0.watchdog == "visits" })
    #expect(first.node == .root)
    #expect(first.finding == "7 visits are not the 6 of its children and its own 0")
    #expect(!alarms.filter { $0.watchdog == "visits" }.dropFirst().contains { $0.node == .root }, "told once")
  }

  @Test func aCriticOutOfRangeIsSeen() throws {
    var broken = healthy
    broken.fault = { request, answer in
      guard request.node != .root, case .scores(var scores) = answer.content else { return }
      scores[0].score = 1.5
      answer.content = .scores(scores)
    }
    let (header, journal) = try broken.run(6, answers: 20)
    let alarm = try #require(try Watching.alarms(header, journal).first)
    #expect(alarm.watchdog == "reward range")
    #expect(alarm.finding == "critic value gave 1.5, outside [0, 1]")
  }

  @Test func aRewardOutOfRangeIsSeen() throws {
    let (header, journal) = try healthy.run(7, simulations: 3)
    for reward in [-0.1, 1.01, Double.nan] {
      let tree = try SearchTree(header: header, events: journal)
      var dogs = Watchdogs(tree: tree)
      let event = Observation(event: .evaluated(node: NodeID(1), reward: reward), request: nil, node: NodeID(1))
      #expect(dogs.alarms(after: [event], in: tree).map(\.watchdog) == ["reward range"])
    }
  }

  /// A rule that allows three children at the root, applied to the journal of a search that made more.
  @Test func aWidthRuleNotKeptIsSeen() throws {
    var (header, journal) = try healthy.run(8)
    try header.parameters.set("width.root.maximum", to: "3")
    let tree = try SearchTree(header: header, events: journal)
    try #require(tree.kids(.root).count > 3)
    let alarms = try Watching.alarms(header, journal)
    #expect(alarms.map(\.watchdog) == ["width"])
    #expect(alarms.first?.finding == "the search gave it 4 children, the width rule never allowed more than 3")
  }

  @Test func aConstantCriticIsSeen() throws {
    var broken = healthy
    broken.fault = { _, answer in
      guard case .scores(let scores) = answer.content else { return }
      answer.content = .scores(scores.map { $0.critic == "prm" ? CriticScore(critic: "prm", score: 0.5) : $0 })
    }
    let (header, journal) = try broken.run(9, simulations: 120)
    let alarms = try Watching.alarms(header, journal)
    #expect(alarms.map(\.watchdog) == ["constant critic"])
    #expect(alarms.first?.finding == "critic prm gave 0.5 to each of the last 50 nodes")
    let few = try broken.run(9, simulations: 30)
    #expect(try Watching.alarms(few.header, few.journal) == [], "49 nodes may be alike")
  }

  @Test func aMissingLabelIsSeen() throws {
    var broken = healthy
    broken.fault = { _, answer in
      guard case .scores(var scores) = answer.content else { return }
      scores[0].note = CriticScore.labelNotInTopK + ": ' yes' is none of 20"
      answer.content = .scores(scores)
    }
    let (header, journal) = try broken.run(10, simulations: 3)
    let alarms = try Watching.alarms(header, journal)
    #expect(alarms.map(\.watchdog) == ["label"], "once, until the person goes on")
    #expect(alarms.first?.finding == "critic value: label not in top-k: ' yes' is none of 20")
  }

  @Test(arguments: [(2, ["log-probability"]), (1, [])])
  func certainOptionsAreSeen(_ tokens: Int, _ expected: [String]) throws {
    var broken = healthy
    broken.fault = { _, answer in
      guard case .options(var options) = answer.content else { return }
      options[0].tokens = Array(repeating: 1, count: tokens)
      options[0].logProbabilities = Array(repeating: 0, count: tokens)
      answer.content = .options(options)
    }
    let (header, journal) = try broken.run(11, simulations: 5)
    #expect(try Watching.alarms(header, journal).map(\.watchdog) == expected)
  }

  @Test func aServerThatIgnoresTheSeedIsSeen() throws {
    var broken = healthy
    broken.fault = { request, answer in
      guard case .propose(_, let temperature, _, _) = request.kind, temperature > 0 else { return }
      answer.content = .options([Self.option("the same\n", probability: 0.001)])
    }
    let (header, journal) = try broken.run(12, simulations: 20, ["merge.draws": "8"])
    let alarms = try Watching.alarms(header, journal)
    #expect(alarms.map(\.watchdog) == ["seed"])
    #expect(alarms.first?.finding.hasPrefix("7 requests with different seeds brought one option") == true)
  }

  /// An option that is nearly certain is drawn again and again by any model.
  @Test func aProbableOptionMayRepeat() throws {
    var confident = healthy
    confident.fault = { request, answer in
      guard case .propose(_, let temperature, _, _) = request.kind, temperature > 0 else { return }
      answer.content = .options([Self.option("the same\n", probability: 0.4)])
    }
    let (header, journal) = try confident.run(12, simulations: 20, ["merge.draws": "8"])
    #expect(try Watching.alarms(header, journal) == [])
  }

  @Test func temperingIsBounded() {
    let option = Self.option("x\n", probability: 0.25)
    // Each of two tokens has p = 0.5: by hand, temperature 1 gives ln 0.25.
    let plain = SeedWatchdog.logProbability(option, temperature: 1, nucleus: 1)
    #expect(abs(plain - -1.3862943611) < 1e-6)
    #expect(SeedWatchdog.logProbability(option, temperature: 2, nucleus: 1) == plain)
    #expect(abs(SeedWatchdog.logProbability(option, temperature: 1, nucleus: 0.8) - -0.9400072585) < 1e-6)
    // T = 0.5: 0.25 / (0.25 + 0.25 / 2^20), and nearly 1.
    #expect(abs(SeedWatchdog.logProbability(option, temperature: 0.5, nucleus: 1) - 2 * -9.536738616e-7) < 1e-9)
    #expect(SeedWatchdog.logProbability(SearchOption("no log-probabilities"), temperature: 1, nucleus: 1) == 0)
  }

  private static func option(_ text: String, probability: Double) -> SearchOption {
    let each = Float(log(probability) / 2)
    return SearchOption(
      tokens: [1, 2], bytes: Array(text.utf8), logProbabilities: [each, each], termination: .newline)
  }

  @Test(arguments: [(12, "the reference answer"), (13, "the ORM")] as [(UInt64, String)])
  func criticsThatKnowNothingAreSeen(_ seed: UInt64, _ other: String) throws {
    var broken = healthy
    broken.fault = { request, answer in
      guard case .scores(let scores) = answer.content else { return }
      answer.content = .scores(
        scores.map { score in
          score.critic == "value" ? CriticScore(critic: "value", score: 1 - (score.score ?? 0)) : score
        })
    }
    let (header, journal) = try broken.run(seed, simulations: 80)
    let alarm = try #require(try Watching.alarms(header, journal).first)
    #expect(alarm.watchdog == "calibration" && alarm.cause == "value")
    #expect(alarm.finding.hasPrefix("over 30 finished trajectories critic value and \(other) disagree"))
  }

  @Test func theCalibrationErrorIsThatOfTheDefinition() {
    var error = CalibrationError()
    for (score, outcome) in [(0.05, 0.0), (0.15, 1.0), (0.85, 1.0), (0.85, 0.0), (1.0, 1.0)] {
      error.add(score, outcome: outcome)
    }
    // Bins: |0.05 − 0|, |0.15 − 1|, |1.7 − 1|, |1 − 1| over 5.
    #expect(abs(error.value - (0.05 + 0.85 + 0.7 + 0) / 5) < 1e-12)
    #expect(error.count == 5)
  }

  @Test func anAlarmIsToldAgainAfterThePersonWentOn() throws {
    let (header, journal) = try healthy.run(7, simulations: 3)
    let tree = try SearchTree(header: header, events: journal)
    var dogs = Watchdogs(tree: tree)
    let bad = Observation(event: .evaluated(node: NodeID(1), reward: 2), request: nil, node: NodeID(1))
    #expect(dogs.alarms(after: [bad], in: tree).count == 1)
    #expect(dogs.alarms(after: [bad], in: tree).count == 0)
    dogs.goOn()
    #expect(dogs.alarms(after: [bad], in: tree).count == 1)
  }
}
