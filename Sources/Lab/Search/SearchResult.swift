import TreeInsight
import TreeSearch
import Vocabulary
import Workspace

/// Tokens of policy and rollout model: of prompts, how many they computed and how many a cache spared them; and of what they
/// wrote, how many came to nothing.
public struct PromptTokens: Encodable, Sendable {
  /// Tokens that were computed.
  public var computed: Int
  /// Tokens that a cache spared.
  public var reused: Int
  /// Tokens that were written.
  public var generated: Int
  /// Of these, the ones that were drawn again or written behind an end.
  public var discarded: Int

  /// The share of a cache; nil where nothing was sent.
  public var reusedShare: Double? { computed + reused > 0 ? Double(reused) / Double(computed + reused) : nil }
}

/// What `search --json` prints for one problem.
public struct SearchResult: Encodable, Sendable {
  /// The problem's id.
  public var problem: String
  /// The run's id in the workspace.
  public var run: String
  /// The answer that was chosen; nil where no trajectory states one.
  public var answer: String?
  /// Whether it agrees with the reference; nil without one.
  public var correct: Bool?
  /// The texts that lead to it, option by option; without an answer those of the best path.
  public var path: [String]
  /// Its score in [0, 1]; nil without one.
  public var score: Double?
  /// Simulations made.
  public var simulations: Int
  /// Nodes of the tree.
  public var nodes: Int
  /// Options drawn, rejected ones included.
  public var draws: Int
  /// Tokens by role.
  public var tokens: TokenUsage
  /// Of this search; nil for a run that is only looked at.
  public var prompts: PromptTokens?
  /// How often each critic was asked.
  public var criticCalls: [String: Int]
  /// Seconds spent working, pauses left out.
  public var seconds: Double
  /// Seed of every random choice.
  public var seed: UInt64
  /// Why the search stopped; nil where it has not.
  public var stopped: StopReason?
  /// The answer of each final selection.
  public var finals: [String: String?]
  /// Whether some trajectory states the reference answer; nil without one.
  public var goldReached: Bool?
  /// What as many simulations again would buy; nil where no trajectory states an answer.
  public var forecast: Forecast?
  /// Seconds that they would take at the rate of these; nil without a forecast.
  public var forecastSeconds: Double?
  /// What the run forecast of itself on the way, and what came of it; empty unless it kept that (`forecast.keep`).
  public var forecasts: [ForecastOutcome]
  /// The preset that was picked after the first answers, and by what (`auto.samples`); nil where none was.
  public var pick: PresetPick?
  /// Why the search could not go on, or that nobody could judge it; nil where it came to its end as it should.
  public var error: String?
  /// What else there is to say about it.
  public var findings: [SearchFinding]
  /// What was noted of the run; nil for one that has just been searched.
  public var notes: [RunNote]?
  /// How often each critic's verdicts on finished trajectories came true; not printed with the result.
  package var reliability: [String: Reliability]

  /// Reads the result off a finished tree.
  package init(run: String, tree: SearchTree, seconds: Double) {
    let header = tree.header
    let finals = tree.finalAnswers()
    let chosen = finals[tree.finalSelection]
    problem = header.problem.id
    self.run = run
    answer = chosen?.answer
    correct = header.problem.accepts(chosen?.answer)
    path = chosen.map { tree.texts(of: $0) } ?? tree.bestPath().compactMap { tree.details[$0.offset].option?.text }
    score = chosen?.score
    simulations = tree.simulations
    nodes = tree.nodeCount
    draws = tree.draws
    tokens = tree.usage
    criticCalls = tree.criticCalls
    self.seconds = seconds
    seed = header.seed
    stopped = tree.stopReason
    findings = tree.findings
    error =
      tree.stopReason == .failed
      ? tree.lastFailure ?? tree.failures.last?.message ?? "it failed"
      : findings.first { $0.kind == .noCritic }?.message
    self.finals = Dictionary(
      uniqueKeysWithValues: FinalSelection.allCases.map { ($0.rawValue, finals[$0]?.answer) })
    reliability = tree.reliability()
    forecast = chosen.map { _ in tree.forecast(more: tree.simulations) }
    forecastSeconds = forecast.flatMap { _ in seconds > 0 ? seconds : nil }
    forecasts = tree.forecastOutcomes()
    pick = tree.pick
    goldReached = header.problem.answer.map { _ in
      tree.candidates().contains { header.problem.accepts($0.answer) == true }
    }
  }

  enum CodingKeys: String, CodingKey {
    case problem, run, answer, correct, path, score, simulations, nodes, draws, tokens, prompts, criticCalls, seconds,
      seed,
      stopped
    case finals, goldReached, forecast, forecastSeconds, forecasts, pick, error, findings, notes
  }

  /// Writes every field, null where nothing is known: scripts need not ask whether a key is there.
  public func encode(to encoder: any Encoder) throws {
    var c = encoder.container(keyedBy: CodingKeys.self)
    try c.encode(problem, forKey: .problem)
    try c.encode(run, forKey: .run)
    try c.encode(answer, forKey: .answer)
    try c.encode(correct, forKey: .correct)
    try c.encode(path, forKey: .path)
    try c.encode(score, forKey: .score)
    try c.encode(simulations, forKey: .simulations)
    try c.encode(nodes, forKey: .nodes)
    try c.encode(draws, forKey: .draws)
    try c.encode(tokens, forKey: .tokens)
    try c.encode(prompts, forKey: .prompts)
    try c.encode(criticCalls, forKey: .criticCalls)
    try c.encode(seconds, forKey: .seconds)
    try c.encode(seed, forKey: .seed)
    try c.encode(stopped, forKey: .stopped)
    try c.encode(finals, forKey: .finals)
    try c.encode(goldReached, forKey: .goldReached)
    try c.encode(forecast, forKey: .forecast)
    try c.encode(forecastSeconds, forKey: .forecastSeconds)
    try c.encode(forecasts, forKey: .forecasts)
    try c.encode(pick, forKey: .pick)
    try c.encode(error, forKey: .error)
    try c.encode(findings, forKey: .findings)
    try c.encodeIfPresent(notes, forKey: .notes)
  }
}

extension SearchTree {
  /// Texts of a finished trajectory: the options in the tree, then the rollout's completion.
  package func texts(of candidate: Candidate) -> [String] {
    let options = options(to: candidate.node).map(\.text)
    return options + (candidate.rollout.map { [rollouts(of: candidate.node)[$0].text] } ?? [])
  }
}
