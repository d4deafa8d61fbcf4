extension SearchTree {
  /// Weighted mean of what the critics said of `node`, overrides in place: s(s) of AlphaLLM, eq. 10, normalised to [0, 1].
  ///
  /// Critics that abstain drop out of numerator and denominator. Nil where nobody has an opinion.
  public func mergedReward(of node: NodeID) -> Double? {
    var sum = 0.0
    var weights = 0.0
    for critic in header.critics where critic.weight > 0 {
      guard let score = score(critic.name, of: node) else { continue }
      sum += critic.weight * score
      weights += critic.weight
    }
    return weights > 0 ? sum / weights : nil
  }

  /// A critic's number at `node`: a person's override, its own score, or (ORM at an inner node) the mean of the rollouts.
  public func score(_ critic: String, of node: NodeID) -> Double? {
    // Field by field, as `NodeDetail.score` says: a copy of the whole detail would cost more than the look-up.
    if !details[node.offset].overrides.isEmpty, let score = details[node.offset].overrides[critic] { return score }
    if let score = details[node.offset].scores.first(where: { $0.critic == critic })?.score { return score }
    return critic == CriticName.orm ? rolloutMean(of: node) : nil
  }

  /// Mean ORM score of the rollouts of `node`; nil without scored rollouts.
  public func rolloutMean(of node: NodeID) -> Double? {
    let scores = rollouts(of: node).compactMap(\.score)
    return scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)
  }

  /// Rollouts of `node`, those of undone interventions left out.
  public func rollouts(of node: NodeID) -> [Rollout] {
    details[node.offset].rollouts.filter { $0.cause.map { !interventions[$0].isUndone } ?? true }
  }

  /// v(s) for the importance rule: the value critic's number, else the reward.
  public func value(of node: NodeID) -> Double? {
    score(CriticName.value, of: node) ?? details[node.offset].reward
  }

  /// What is backed up at `node`: the merged score; where every critic abstains, no more and no less than a coin's.
  func reward(of node: NodeID) -> Double { mergedReward(of: node) ?? 0.5 }

  /// Adds `visits` and `value` at `node` and every ancestor, up to the first that is hidden: what is below that one is
  /// in no statistic above it.
  mutating func shift(from node: NodeID, visits: Int, value: Double) {
    var at = node
    while at.exists {
      nodes[at.offset].visits += visits
      nodes[at.offset].valueSum += value
      at = nodes[at.offset].isShown ? nodes[at.offset].parent : .none
    }
  }

  /// A child's value is known or has changed: the parent's importance follows. O(1) while importance grows.
  mutating func updateImportance(after node: NodeID) {
    let parent = nodes[node.offset].parent
    guard parent.exists, nodes[node.offset].isOpen, nodes[parent.offset].marks.contains(.evaluated),
      let v = value(of: node), let base = value(of: parent)
    else { return }
    nodes[parent.offset].importance = max(nodes[parent.offset].importance, abs(v - base))
  }

  /// Computes the importance of `node` afresh from its open children. O(width).
  mutating func recomputeImportance(of node: NodeID) {
    guard node.exists else { return }
    nodes[node.offset].importance = 0
    var child = nodes[node.offset].firstChild
    while child.exists {
      if nodes[child.offset].marks.contains(.evaluated) { updateImportance(after: child) }
      child = nodes[child.offset].nextSibling
    }
  }

  /// The reward of `node` changed after it was backed up: each of its own backups is corrected up to the root.
  mutating func correctReward(_ node: NodeID) {
    guard nodes[node.offset].marks.contains(.evaluated) else { return }
    if let old = details[node.offset].reward {  // a root whose critics failed has none
      let new = reward(of: node)
      details[node.offset].reward = new
      if new != old { shift(from: node, visits: 0, value: (new - old) * Double(ownBackups(of: node))) }
    }
    // Without a value critic the reward stands in for v(s).
    recomputeImportance(of: node)
    recomputeImportance(of: nodes[node.offset].parent)
  }

  /// Backups that began at `node` itself: its visits less those of its children. O(width).
  public func ownBackups(of node: NodeID) -> Int {
    children(of: node).reduce(nodes[node.offset].visits) { $0 - nodes[$1.offset].visits }
  }

  mutating func setOverride(_ node: NodeID, _ critic: String, _ score: Double?) {
    details[node.offset].overrides[critic] = score
    if details[node.offset].overrides.isEmpty {
      nodes[node.offset].marks.remove(.overridden)
    } else {
      nodes[node.offset].marks.insert(.overridden)
    }
    correctReward(node)
  }

  mutating func setPruned(_ node: NodeID, _ pruned: Bool) {
    guard nodes[node.offset].marks.contains(.pruned) != pruned else { return }
    if pruned { nodes[node.offset].marks.insert(.pruned) } else { nodes[node.offset].marks.remove(.pruned) }
    let parent = nodes[node.offset].parent
    if parent.exists, nodes[node.offset].isShown { nodes[parent.offset].openChildren += pruned ? -1 : 1 }
    recomputeImportance(of: parent)
    if pruned { dropUnreachableProposals() }
  }
}
