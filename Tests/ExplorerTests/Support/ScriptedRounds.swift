import TreeInsight
import Vocabulary

@testable import Explorer

/// Keeps and drives rounds as a program would, without one: four rounds of a series, one of which waits at its gate, and one that
/// has failed.
struct ScriptedRounds {
  var rounds: [RoundEntry]
  /// The filter's list of the round that waits.
  var trajectories: [StageItem]
  /// What is told from now on.
  private(set) var watched = RoundsWatch.nothing

  init() {
    rounds = [Self.waiting, Self.kept, Self.second, Self.first, Self.failed]
    trajectories = Self.candidates
  }

  /// Carries one effect out: what becomes of it.
  mutating func carryOut(_ effect: RoundsEffect) -> [RoundsUpdate] {
    switch effect {
    case .watch(let watch):
      watched = watch
      return told
    case .decide(let round, let item, let isAccepted, let note):
      guard case .trajectory(var decided) = trajectories[item] else { return [] }
      decided.decision = .init(isAccepted: isAccepted, who: "kim", note: note)
      trajectories[item] = .trajectory(decided)
      return [.items(round: round, stage: .gate, first: item, [trajectories[item]])]
    case .approve(let round, _):
      return change(round) { entry in
        (entry.approver, entry.standing, entry.driver) = ("kim", .running, .here)
        entry.stages[.gate]?.standing = .done
        entry.stages[.commit, default: StageEntry()].standing = .running
      }
    case .refuse(let round, let note): return change(round) { ($0.standing, $0.reason) = (.refused, note) }
    case .sign(let round, _): return change(round) { $0.signer = "kim" }
    case .pause(let round): return change(round) { ($0.standing, $0.driver) = (.resting, .nobody) }
    case .resume(let round): return change(round) { ($0.standing, $0.driver) = (.running, .here) }
    case .compare(let a, let b):
      return [
        .compared(
          RoundComparison(
            a: a, b: b,
            figures: [
              RoundFigure("gain", 0.076, interval: [0.051, 0.101]), RoundFigure("McNemar p", 0.0004),
            ], problems: Self.trials))
      ]
    }
  }

  private mutating func change(_ round: String, _ change: (inout RoundEntry) -> Void) -> [RoundsUpdate] {
    guard let at = rounds.firstIndex(where: { $0.id == round }) else { return [] }
    change(&rounds[at])
    return [.round(rounds[at])]
  }

  private var told: [RoundsUpdate] {
    switch watched {
    case .nothing: []
    case .rounds: [.rounds(rounds)]
    case .stage(let round, let stage):
      [.rounds(rounds)]
        + (items(of: stage).isEmpty ? [] : [.items(round: round, stage: stage, first: 0, items(of: stage))])
    }
  }

  private func items(of stage: RoundStageName) -> [StageItem] {
    switch stage {
    case .imagine: Self.prompts
    case .search: Self.searches
    case .filter, .gate: trajectories
    case .commit: trajectories.filter { $0.trajectory?.commit != nil }
    case .evaluate: Self.trials.map(StageItem.trial)
    case .promote: Self.conditions
    case .export, .train: []
    }
  }
}

extension ScriptedRounds {
  /// A round that has come to its end.
  private static func done(_ number: Int, _ standing: RoundStanding, before: [Double], after: [Double], gain: [Double])
    -> RoundEntry
  {
    var round = RoundEntry(id: "lift-\(number)", series: "lift", number: number)
    round.begun = "2026-11-2\(number) 21:40"
    round.standing = standing
    for stage in RoundStageName.allCases { round.stages[stage] = StageEntry(.done, seconds: 61) }
    (round.accepted, round.candidates) = (398 + number, 500)
    round.before = RoundFigure("greedy before", before[0], interval: Array(before.dropFirst()))
    round.after = RoundFigure("greedy after", after[0], interval: Array(after.dropFirst()))
    round.gain = RoundFigure(
      "greedy gain", gain[0], interval: Array(gain.dropFirst()), note: "exact McNemar p 0.0004")
    round.plan = plan
    round.losses = (1...200).map { LossPoint(step: $0 * 5, loss: 0.3 + 2.0 / Double($0 + 3)) }
    round.steps = 1000
    round.reason = standing == .promoted ? "every condition holds" : "the gain's interval holds 0"
    return round
  }

  static let plan = [
    RoundFact("policy", "SampleData/Models/careless"),
    RoundFact("problems", "1,000 given, 500 imagined (numbers, policy)"),
    RoundFact("search", "40 simulations, seed 7"), RoundFact("rule", "score>=0.8 agree>=4 not contradicted"),
    RoundFact("gate", "a person, audit 5 %"), RoundFact("trainer", "embedded, SFT, 1 epoch, 0.0005"),
    RoundFact("held out", "1,000 problems, 16 samples each"),
  ]

  static let first = done(
    1, .promoted, before: [0.293, 0.265, 0.322], after: [0.445, 0.414, 0.476], gain: [0.152, 0.121, 0.184])
  static let second = done(
    2, .promoted, before: [0.445, 0.414, 0.476], after: [0.521, 0.49, 0.552], gain: [0.076, 0.051, 0.101])
  static let kept = done(
    3, .kept, before: [0.521, 0.49, 0.552], after: [0.533, 0.502, 0.564], gain: [0.012, -0.011, 0.035])

  static let waiting: RoundEntry = {
    var round = RoundEntry(id: "lift-4", series: "lift", number: 4)
    (round.begun, round.standing, round.plan) = ("2026-11-28 21:40", .waiting, plan)
    round.stages[.imagine] = StageEntry(
      .done, [RoundFigure("tried", 812), RoundFigure("accepted", 500), RoundFigure("refused: unsolved", 203)],
      seconds: 75, tokens: 1_234_567, remarks: ["500 of 500 questions"])
    round.stages[.search] = StageEntry(
      .done, [RoundFigure("right", 0.806, interval: [0.78, 0.83], note: "of 1,000 with a reference answer")],
      seconds: 1_204)
    round.stages[.filter] = StageEntry(
      .done,
      [
        RoundFigure("trajectories", 500), RoundFigure("passed", 412),
        RoundFigure("audit precision", 0.96, interval: [0.865, 0.989], note: "50 drawn"),
      ], seconds: 12)
    round.stages[.gate] = StageEntry(.asks, [RoundFigure("accepted", 412), RoundFigure("of the audit to decide", 8)])
    round.stages[.export] = StageEntry(.skipped)
    (round.accepted, round.candidates) = (412, 500)
    round.reason = "the gate waits for a person"
    return round
  }()

  static let failed: RoundEntry = {
    var round = RoundEntry(id: "dpo-1", series: "dpo", number: 1)
    round.standing = .failed
    for stage in RoundStageName.allCases.prefix(6) { round.stages[stage] = StageEntry(.done) }
    var train = StageEntry(.failed)
    train.failure = "the trainer ended with code 1: RuntimeError: loss is nan"
    round.stages[.train] = train
    (round.accepted, round.reason) = (96, "train failed")
    (round.losses, round.steps) = ([LossPoint(step: 1, loss: 0.69), LossPoint(step: 40, loss: .nan)], 200)
    return round
  }()

  static let prompts: [StageItem] = [
    PromptItem(id: "i-0001", kind: "numbers", text: "Ivy has 9 apples. Ivy buys 2 packs of 7 apples.", reason: nil),
    PromptItem(
      id: "i-0002", kind: "policy", text: "Finn has 3 marbles. Omar loses 9 marbles. How many are left?",
      reason: "never introduced: Omar"),
    PromptItem(
      id: "i-0003", kind: "backward", text: "Ana has x trays of 3 apples and 4 apples, 13 in all. What is x?",
      reason: "held-out leak: 'trays of 3 apples'"),
  ].enumerated().map { index, item in
    var item = item
    (item.answer, item.distance, item.passRate) = ("\(20 + index)", 0.25 * Double(index + 1), 0.5)
    item.neighbour = "easy-0001"
    item.facts = [RoundFact("parents", "easy-0001"), RoundFact("evidence", "4 of 4 solutions agree")]
    return .prompt(item)
  }

  static let searches: [StageItem] = (0..<3).map { index in
    var item = SearchItem(problem: "easy-000\(index)", question: "How many apples are left?", run: "run-\(index)")
    (item.simulations, item.tokens, item.isRight) = (40, 4_000 + index, index == 2 ? nil : index == 0)
    (item.answer, item.error) = index == 2 ? (nil, "the server is gone") : ("32", nil)
    return .search(item)
  }

  static let candidates: [StageItem] = (0..<12).map { index in
    var item = TrajectoryItem(
      problem: "easy-\(1000 + index)", question: "Ana has 13 apples. Ana buys 3 trays of 3 apples. How many has she?",
      text:
        "Ana buys 3 * 3 = 9 apples.\nAna has 13 + 9 = \(index == 5 ? 21 : 22) apples.\n#### \(index == 5 ? 21 : 22)",
      answer: index == 5 ? "21" : "22", isRight: index < 4 ? nil : index != 5,
      place: TreePlace(run: "run-\(index)", node: min(index, 4), rollout: index == 3 ? 1 : nil),
      facts: TrajectoryFacts(
        score: 0.98 - 0.02 * Double(index), agree: index == 7 ? 3 : 5, share: 0.6, steps: 3,
        weakest: index == 2 ? 0.31 : 0.9, isContradicted: index == 5), passed: index < 9)
    item.margin = abs(0.18 - 0.02 * Double(index))
    item.isAudited = index.isMultiple(of: 5)
    if index == 1 { item.decision = .init(isAccepted: false, who: "lee", note: "the second step is missing") }
    if index == 4 { item.commit = "c0ffee" }
    return .trajectory(item)
  }

  static let trials: [TrialItem] = (0..<9).map { index in
    var before = TrialItem.Side(answer: "\(index)", isRight: index.isMultiple(of: 3))
    (before.samples, before.right) = (16, index)
    var after = TrialItem.Side(answer: "\(index + 1)", isRight: index.isMultiple(of: 2))
    after.run = "run-\(index)"
    if index == 3 { before.run = "run-a" }
    return TrialItem(
      problem: "dev-\(index)", question: "How many marbles has Finn?", reference: "\(index)", before: before,
      after: after)
  }

  static let conditions: [StageItem] = [
    .condition(ConditionItem(name: "the gain's interval excludes 0", holds: true, found: "0.152 [0.121, 0.184]")),
    .condition(ConditionItem(name: "pass@16 has not fallen", holds: true, found: "0.004 [-0.01, 0.018]")),
    .condition(ConditionItem(name: "a person signed", holds: false, found: "nobody")),
  ]
}

extension StageEntry {
  /// A stage with what it says.
  init(
    _ standing: StageStanding, _ figures: [RoundFigure] = [], seconds: Double? = nil, tokens: Int = 0,
    remarks: [String] = []
  ) {
    self.init()
    (self.standing, self.figures, self.seconds, self.tokens, self.remarks) = (
      standing, figures, seconds, tokens, remarks
    )
  }
}
