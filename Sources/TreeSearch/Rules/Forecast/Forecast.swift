import Vocabulary

/// What more simulations would buy: how likely another answer comes to lead, an answer appears that nobody has given, and the
/// right one is found; made of the answers so far and of nothing else.
///
/// The chances are closed forms over counts, as if every finished trajectory were a draw of its own; those of one tree share
/// their beginnings, so they are not, and `forecast.calibration` maps the chances to what came of such forecasts on other
/// problems. `evaluate` says how often they came true.
public struct Forecast: Codable, Equatable, Sendable {
  /// Simulations made when it was made.
  public let made: Int
  /// Simulations that it is about, on top of these.
  public let more: Int
  /// Finished trajectories so far, and the different answers that they state.
  public let trajectories, answers: Int
  /// The answer that leads; nil while none is stated.
  public let leader: String?
  /// The chance that another answer leads afterwards; nil where the final selection goes by the tree's shape, and without a leader.
  public let leaderChanges: Double?
  /// The chance that an answer appears that nobody has given so far.
  public let newAnswer: Double
  /// The chance that the right answer stands in the tree now, by the critics' own word.
  public let found: Double
  /// The same afterwards, ≥ ``found``.
  public let foundThen: Double
  /// Tokens that they will generate at the rate so far.
  public let tokens: Int

  /// By how much a thousand of those tokens raise the chance that the right answer is found; nil where they cost nothing.
  public var gainPerThousandTokens: Double? { tokens > 0 ? (foundThen - found) / Double(tokens) * 1000 : nil }

  /// What `more` simulations would buy the tree of `tally`. Complexity: O(answers × trajectories to come), a thousand at most of these.
  public init(_ tally: AnswerTally, more: Int, calibrations: CriticCalibrations = CriticCalibrations([])) {
    func calibrated(_ chance: Double, _ name: String) -> Double { calibrations[name]?.value(chance) ?? chance }
    let to = tally.trajectories(of: more)
    let fresh = tally.newAnswer(in: to)
    let now = tally.groups.map(\.best).max() ?? 0
    made = tally.simulations
    self.more = more
    trajectories = tally.trajectories
    answers = tally.groups.count
    leader = tally.leader.map { tally.groups[$0].answer }
    leaderChanges = tally.leaderChanges(in: to).map { calibrated($0, Self.leaderName) }
    newAnswer = calibrated(fresh, Self.answerName)
    found = calibrated(now, Self.foundName)
    // A right answer that is not there is a new one, and no likelier than one that n trajectories have missed.
    let missed = Double(tally.trajectories)
    let later = now + (1 - now) * min(fresh, Beta.anyOf(to, 0.5, 0.5 + missed))
    foundThen = max(found, calibrated(later, Self.foundName))
    tokens = more * tally.tokens / max(1, tally.simulations)
  }

  /// The chances' names in `forecast.calibration`.
  public static let (leaderName, answerName, foundName) = ("leader", "answer", "found")

  /// True where every number is one that a forecast can have.
  var isPlausible: Bool {
    let chances = [leaderChanges ?? 0, newAnswer, found, foundThen]
    return chances.allSatisfy { 0...1 ~= $0 } && min(made, more, trajectories, answers, tokens) >= 0
  }
}

extension AnswerTally {
  /// The chance that one of `more` trajectories states an answer that none has stated: that of a draw with a beta prior of ½ and ½,
  /// where the answers seen once say how often a draw was new (Good, 1953).
  package func newAnswer(in more: Int) -> Double {
    let (new, known) = (Double(singletons), Double(trajectories - singletons))
    return Beta.anyOf(more, 0.5 + new, 0.5 + known)
  }

  /// The chance that another answer leads after `more` trajectories; nil without a leader and for selections by the tree's shape.
  package func leaderChanges(in more: Int) -> Double? {
    guard let leader else { return nil }
    switch selection {
    case .majority: return overtaken(leader, in: more, by: groups.map { Double($0.votes) })
    case .weightedVote, .evidence:
      // In votes of mean weight.
      let unit = max(1e-9, groups.reduce(0) { $0 + $1.weight } / Double(max(1, trajectories)))
      return overtaken(leader, in: more, by: groups.map { $0.weight / unit })
    case .rerank: return surpassed(leader, in: more)
    case .greedyPath, .bestLeaf: return nil
    }
  }

  /// Votes: of the trajectories to come, those that fall on the leader or on a rival are split between them by Beta(rival + 1,
  /// leader + 1) (Adaptive-Consistency, Aggarwal et al., 2023); some rival must end ahead, an answer not seen yet among them.
  private func overtaken(_ leader: Int, in more: Int, by votes: [Double]) -> Double {
    let all = votes.reduce(0, +) + Double(votes.count + 1)
    let rivals = votes.indices.filter { $0 != leader }.map { votes[$0] } + [0]
    let stays = rivals.reduce(1.0) { stays, rival in
      let share = (votes[leader] + rival + 2) / all
      let between = Int((Double(more) * min(1, share)).rounded())
      let threshold = (Double(between) + votes[leader] - rival) / 2
      return stays * (1 - Beta.chance(ofMoreThan: threshold, of: between, rival + 1, votes[leader] + 1))
    }
    return 1 - stays
  }

  /// The best score: the greatest of n + m numbers in random order is one of the m later ones with chance m / (n + m), where so many
  /// share the first place as if they were as many times more; and it counts where it stands at another answer.
  private func surpassed(_ leader: Int, in more: Int) -> Double {
    if groups[leader].best >= 1 { return 0 }
    let seen = Double(trajectories * max(1, leaders))
    let record = Double(more) / (seen + Double(more))
    let weights = groups.reduce(0) { $0 + $1.weight }
    return record * (1 - (groups[leader].weight + 0.5) / (weights + 1))
  }
}

extension SearchTree {
  /// How many simulations the run's own limits leave, at the tokens a simulation has taken so far. Complexity: O(1).
  public var simulationsLeft: Int {
    let left = max(0, parameters[SearchParameters.simulationLimit] - simulations)
    let most = parameters[SearchParameters.tokenLimit]
    guard most > 0, simulations > 0, usage.generated > 0 else { return left }
    let tokens = Double(max(0, most - usage.generated))
    return min(left, Int((tokens * Double(simulations) / Double(usage.generated)).rounded(.up)))
  }

  /// What `more` simulations would buy, recalibrated as the parameters say. Complexity: O(nodes).
  public func forecast(more: Int) -> Forecast {
    Forecast(AnswerTally(self), more: more, calibrations: parameters.forecastCalibrations)
  }
}

extension SearchParameters {
  /// `forecast.keep`.
  public static let keepsForecasts = ParameterKey<Bool>(
    "forecast.keep", default: false,
    help: "Keep in the journal, each time the simulations have doubled, what those left are forecast to buy.",
    citation: "this program")
  /// `forecast.calibration`.
  public static let forecastCalibration = ParameterKey<String>(
    "forecast.calibration", calibrationBytes: 4096, default: "none",
    help:
      "How forecast chances are mapped to what came of such forecasts: NAME:platt:SLOPE:INTERCEPT or "
      + "NAME:isotonic:SCORE:VALUE:… for the names leader, answer and found; evaluate --forecasts prints them.",
    citation: "Platt, 1999; Zadrozny & Elkan, 2002")

  /// The maps in force.
  public var forecastCalibrations: CriticCalibrations {
    CriticCalibrations(self[Self.forecastCalibration]) ?? .init([])
  }
}
