import Vocabulary

/// What critics and people say of nodes, and what comes of it.
extension SearchTree {
  /// Weighted mean of what the critics said of `node`, overrides in place: s(s) of AlphaLLM, eq. 10, normalised to [0, 1].
  ///
  /// Critics that abstain drop out of numerator and denominator. Nil where nobody has an opinion.
  @inline(__always)
  public func mergedReward(of node: NodeID) -> Double? {
    var sum = 0.0
    var total = 0.0
    for critic in weights.indices where weights[critic] > 0 {
      guard let score = score(critic, of: node) else { continue }
      sum += weights[critic] * score
      total += weights[critic]
    }
    return total > 0 ? sum / total : nil
  }

  /// A critic's number at `node`: a person's override, its own score, or (ORM at an inner node) the mean of the rollouts.
  public func score(_ critic: String, of node: NodeID) -> Double? {
    if let number = header.critics.firstIndex(where: { $0.name == critic }) { return score(number, of: node) }
    if let score = store.extras[node.index]?.overrides[critic] { return score }
    if let score = store.extras[node.index]?.foreign.first(where: { $0.critic == critic })?.score { return score }
    return critic == CriticName.orm ? rolloutMean(of: node) : nil
  }

  /// The same by the critic's number in the header.
  @inline(__always)
  package func score(_ critic: Int, of node: NodeID) -> Double? {
    if nodes[node.offset].marks.contains(.overridden),
      let score = store.extras[node.index]?.overrides[header.critics[critic].name]
    {
      return score
    }
    if let score = store.score(critic, at: node.offset) { return score }
    return critic == outcomeCritic ? Self.rolloutMean(store.extras[node.index], interventions) : nil
  }

  /// Mean ORM score of the rollouts of `node`; nil without scored rollouts.
  public func rolloutMean(of node: NodeID) -> Double? { Self.rolloutMean(store.extras[node.index], interventions) }

  /// Rollouts of `node`, those of undone interventions left out.
  public func rollouts(of node: NodeID) -> [Rollout] { Self.rollouts(store.extras[node.index], interventions) }

  // Static, because the hot path comes by: to call a method that is not inlined, the compiler copies the whole tree.
  private static func rolloutMean(_ extra: DetailStore.Extra?, _ interventions: [InterventionRecord]) -> Double? {
    let scores = rollouts(extra, interventions).compactMap(\.score)
    return scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)
  }

  private static func rollouts(_ extra: DetailStore.Extra?, _ interventions: [InterventionRecord]) -> [Rollout] {
    guard let all = extra?.rollouts, !all.isEmpty else { return [] }
    return all.filter { $0.cause.map { !interventions[$0].isUndone } ?? true }
  }

  /// v(s) for the importance rule: the value critic's number, else the reward.
  @inline(__always)
  public func value(of node: NodeID) -> Double? {
    (valueCritic >= 0 ? score(valueCritic, of: node) : nil) ?? nodes[node.offset].reward
  }

  /// What is backed up at `node`: the merged score; where every critic abstains, no more and no less than a coin's.
  @inline(always)
  func reward(of node: NodeID) -> Double { mergedReward(of: node) ?? 0.5 }

  mutating func setOverride(_ node: NodeID, _ critic: String, _ score: Double?) {
    store.extras[node.index, default: .init()].overrides[critic] = score
    if store.extras[node.index]?.overrides.isEmpty ?? true {
      nodes[node.offset].marks.remove(.overridden)
    } else {
      nodes[node.offset].marks.insert(.overridden)
    }
    correctReward(node)
  }

  /// The reward of `node` changed after it was backed up: each of its own backups is corrected up to the root.
  mutating func correctReward(_ node: NodeID) {
    guard nodes[node.offset].marks.contains(.evaluated) else { return }
    if let old = nodes[node.offset].reward {  // a root whose critics failed has none
      let new = reward(of: node)
      nodes[node.offset].storedReward = new
      if new != old { shift(from: node, visits: 0, value: (new - old) * Double(ownBackups(of: node))) }
    }
    nodes[node.offset].storedValue = value(of: node) ?? .nan
    // Without a value critic the reward stands in for v(s).
    recomputeImportance(of: node)
    recomputeImportance(of: nodes[node.offset].parent)
  }

  mutating func setPruned(_ node: NodeID, _ pruned: Bool) {
    guard nodes[node.offset].marks.contains(.pruned) != pruned else { return }
    if pruned { nodes[node.offset].marks.insert(.pruned) } else { nodes[node.offset].marks.remove(.pruned) }
    refreshEntry(of: node)
    let parent = nodes[node.offset].parent
    if parent.exists, nodes[node.offset].isShown { nodes[parent.offset].openChildren += pruned ? -1 : 1 }
    recomputeImportance(of: parent)
    if pruned { dropUnreachableProposals() }
  }

  /// Changes a parameter in force; statistics whose meaning changes with it are computed afresh, in O(nodes).
  mutating func setParameter(_ id: String, _ value: ParameterValue?) {
    guard let value, (try? parameters.set(id, to: value.description)) != nil else { return }
    let rules = StatisticsRules(parameters)
    guard rules != statistics else { return }
    statistics = rules
    recomputeStatistics()
  }
}
