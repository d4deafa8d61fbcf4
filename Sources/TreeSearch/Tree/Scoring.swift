import Vocabulary

/// What the scores of a run's critics come to: whose number is v(s), what each weighs, and how many each gave.
///
/// A critic has a number, its place in the run's header.
struct Scoring: Sendable, Equatable {
  private let names: [String]
  /// By critic.
  let weights: [Double]
  /// Numbers of the value critic and the ORM; −1 for none.
  private let valueCritic, outcomeCritic: Int
  /// Scores given, by critic.
  private var counts: [Int]
  /// The same of critics that the header does not name.
  private var foreign: [String: Int] = [:]
  /// By critic, what its scores come to; nil where they count as they are.
  private var maps: [CriticCalibration?]
  /// True where there is any.
  private var isCalibrated: Bool

  init(_ critics: [CriticWeight], _ parameters: SearchParameters) {
    names = critics.map(\.name)
    weights = critics.map(\.weight)
    valueCritic = names.firstIndex(of: CriticName.value) ?? -1
    outcomeCritic = names.firstIndex(of: CriticName.orm) ?? -1
    counts = Array(repeating: 0, count: names.count)
    (maps, isCalibrated) = (Array(repeating: nil, count: names.count), false)
    calibrate(parameters)
  }

  /// Takes the calibrations of `parameters` over; true where they are others than before.
  @discardableResult
  mutating func calibrate(_ parameters: SearchParameters) -> Bool {
    let calibrations = parameters.calibrations
    let now = names.map { calibrations[$0] }
    guard now != maps else { return false }
    (maps, isCalibrated) = (now, now.contains { $0 != nil })
    return true
  }

  /// True where a value critic scores the root.
  var hasValueCritic: Bool { valueCritic >= 0 }

  // MARK: - How often

  /// A critic gave so many scores.
  @inline(__always)
  mutating func count(_ more: Int, by critic: String) {
    guard more > 0 else { return }
    if let at = names.firstIndex(of: critic) { counts[at] += more } else { foreign[critic, default: 0] += more }
  }

  /// Scores given, by critic, of those that were asked at all.
  var countsByName: [String: Int] {
    zip(names, counts).reduce(into: foreign) { if $1.1 > 0 { $0[$1.0] = $1.1 } }
  }

  // MARK: - Of a node

  /// A critic's number at `node`: a person's override, its own score, or (ORM at an inner node) the mean of the rollouts.
  @inline(__always)
  func score(_ critic: Int, of node: NodeID, in arena: Arena, _ acts: UndoLog) -> Double? {
    if arena.nodes[node.offset].marks.contains(.overridden),
      let score = arena.details.extras[node.index]?.overrides[names[critic]]
    {
      return score
    }
    if let score = arena.details.score(critic, at: node.offset) { return score }
    return critic == outcomeCritic ? Self.rolloutMean(arena.details.extras[node.index], acts.records) : nil
  }

  /// What the critic's number at `node` counts as: recalibrated, unless a person put their own in its place.
  @inline(__always)
  func counted(_ critic: Int, of node: NodeID, in arena: Arena, _ acts: UndoLog) -> Double? {
    let own = score(critic, of: node, in: arena, acts)
    return isCalibrated ? calibrated(own, critic, of: node, in: arena) : own
  }

  /// Out of line, so that searches without a calibration pay for one look at a flag.
  @inline(never)
  private func calibrated(_ own: Double?, _ critic: Int, of node: NodeID, in arena: Arena) -> Double? {
    guard let map = maps[critic], let own else { return own }
    if arena.nodes[node.offset].marks.contains(.overridden),
      arena.details.extras[node.index]?.overrides[names[critic]] != nil
    {
      return own
    }
    return map.value(own)
  }

  /// What `score`, which a critic gave, counts as.
  @inline(__always)
  func counted(_ score: Double?, by critic: Int) -> Double? {
    isCalibrated ? calibrated(score, by: critic) : score
  }

  @inline(never)
  private func calibrated(_ score: Double?, by critic: Int) -> Double? {
    guard critic >= 0, let map = maps[critic] else { return score }
    return score.map(map.value)
  }

  /// What an ORM's score of a rollout counts as.
  func countedOutcome(_ score: Double?) -> Double? { counted(score, by: outcomeCritic) }

  /// The number of a critic in the header; nil where it is none of the header's.
  func number(of critic: String) -> Int? { names.firstIndex(of: critic) }

  /// The same by the critic's name, which the header need not know.
  func score(_ critic: String, of node: NodeID, in arena: Arena, _ acts: UndoLog) -> Double? {
    if let number = names.firstIndex(of: critic) { return score(number, of: node, in: arena, acts) }
    let extra = arena.details.extras[node.index]
    if let score = extra?.overrides[critic] { return score }
    if let score = extra?.foreign.first(where: { $0.critic == critic })?.score { return score }
    return critic == CriticName.orm ? Self.rolloutMean(extra, acts.records) : nil
  }

  /// Weighted mean of what the critics said of `node`, overrides in place; nil where nobody has an opinion.
  @inline(__always)
  func mergedReward(of node: NodeID, in arena: Arena, _ acts: UndoLog) -> Double? {
    var sum = 0.0
    var total = 0.0
    for critic in weights.indices where weights[critic] > 0 {
      guard let score = counted(critic, of: node, in: arena, acts) else { continue }
      sum += weights[critic] * score
      total += weights[critic]
    }
    return total > 0 ? sum / total : nil
  }

  /// What is backed up at `node`: the merged score; where every critic abstains, no more and no less than a coin's.
  @inline(__always)
  func reward(of node: NodeID, in arena: Arena, _ acts: UndoLog) -> Double {
    mergedReward(of: node, in: arena, acts) ?? 0.5
  }

  /// v(s) for the importance rule: the value critic's number, else `reward`.
  @inline(__always)
  func value(of node: NodeID, reward: Double?, in arena: Arena, _ acts: UndoLog) -> Double? {
    (hasValueCritic ? counted(valueCritic, of: node, in: arena, acts) : nil) ?? reward
  }

  /// The same before there is a reward that a person could overrule: the value critic's own score, else `reward`.
  @inline(__always)
  func firstValue(of node: NodeID, reward: Double, in arena: Arena) -> Double {
    (hasValueCritic ? counted(arena.details.score(valueCritic, at: node.offset), by: valueCritic) : nil) ?? reward
  }

  // MARK: - Of rollouts

  // Static, because the hot path comes by: to call a method that is not inlined, the compiler copies the whole value.

  /// Mean ORM score of a node's rollouts; nil without scored ones.
  static func rolloutMean(_ extra: DetailStore.Extra?, _ acts: [InterventionRecord]) -> Double? {
    let scores = rollouts(extra, acts).compactMap(\.score)
    return scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)
  }

  /// Rollouts of a node, those of undone interventions left out.
  static func rollouts(_ extra: DetailStore.Extra?, _ acts: [InterventionRecord]) -> [Rollout] {
    guard let all = extra?.rollouts, !all.isEmpty else { return [] }
    return all.filter { $0.cause.map { !acts[$0].isUndone } ?? true }
  }
}

/// What critics and people say of nodes.
extension SearchTree {
  /// Weighted mean of what the critics said of `node`, overrides in place: s(s) of AlphaLLM, eq. 10, normalised to [0, 1].
  ///
  /// Critics that abstain drop out of numerator and denominator. Nil where nobody has an opinion.
  public func mergedReward(of node: NodeID) -> Double? { scoring.mergedReward(of: node, in: arena, acts) }

  /// A critic's number at `node`: a person's override, its own score, or (ORM at an inner node) the mean of the rollouts.
  public func score(_ critic: String, of node: NodeID) -> Double? { scoring.score(critic, of: node, in: arena, acts) }

  /// The same by the critic's number in the header.
  @inline(__always)
  package func score(_ critic: Int, of node: NodeID) -> Double? { scoring.score(critic, of: node, in: arena, acts) }

  /// What a critic's number at `node` counts as: recalibrated where the parameter `critics.calibration` says so, else
  /// what the critic said. A person's override counts as it is.
  public func countedScore(_ critic: String, of node: NodeID) -> Double? {
    guard let number = scoring.number(of: critic) else { return score(critic, of: node) }
    return countedScore(number, of: node)
  }

  /// The same by the critic's number in the header.
  package func countedScore(_ critic: Int, of node: NodeID) -> Double? {
    scoring.counted(critic, of: node, in: arena, acts)
  }

  /// Mean ORM score of the rollouts of `node`; nil without scored rollouts.
  public func rolloutMean(of node: NodeID) -> Double? {
    Scoring.rolloutMean(arena.details.extras[node.index], acts.records)
  }

  /// The intervention that made the node, if a person did. Complexity: O(1).
  public func cause(of node: NodeID) -> Int? { arena.details.extras[node.index]?.cause }

  /// Rollouts of `node`, those of undone interventions left out.
  public func rollouts(of node: NodeID) -> [Rollout] {
    Scoring.rollouts(arena.details.extras[node.index], acts.records)
  }

  /// v(s) for the importance rule: the value critic's number, else the reward.
  public func value(of node: NodeID) -> Double? {
    scoring.value(of: node, reward: arena[node].reward, in: arena, acts)
  }

  /// Scores given, by critic.
  public var criticCalls: [String: Int] { scoring.countsByName }

  /// Weights of the header's critics, in its order.
  package var weights: [Double] { scoring.weights }

  /// What is backed up at `node`.
  @inline(__always)
  func reward(of node: NodeID) -> Double {
    if isImported(node) { return importedReward(of: node) }
    return scoring.reward(of: node, in: arena, acts)
  }

  /// What an imported node was given stands where none of the run's critics has an opinion.
  @inline(never)
  private func importedReward(of node: NodeID) -> Double {
    scoring.mergedReward(of: node, in: arena, acts) ?? arena[node].reward ?? 0.5
  }
}
