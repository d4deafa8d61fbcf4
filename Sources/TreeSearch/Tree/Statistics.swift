/// Visits, value sums and importance: what backups leave along a path, by the rules in force.
///
/// The numbers themselves stand in the nodes of the ``Arena``, where a descent finds all that it needs of a node in one
/// line of the processor's cache; nobody else writes them.
struct Statistics: Sendable, Equatable {
  private let backup: BackupRule
  /// Importance is the deviation of the children's Q from its mean, not of their v from the parent's.
  let usesSiblingMean: Bool
  /// Several simulations may be under way: nodes count them.
  let isParallel: Bool

  init(_ parameters: SearchParameters) {
    backup = BackupRule(parameters)
    usesSiblingMean = type(of: WidthRule(parameters).formula).usesSiblingMean
    isParallel = parameters[SearchParameters.workers] > 1
  }

  /// What a reward keeps of itself on each edge it climbs.
  private var discount: Double { if case .discounted(let factor) = backup { factor } else { 1 } }

  // MARK: - Backups

  /// `reward` is backed up from `node` to the root. Complexity: O(depth); O(depth × width) for sibling-mean importance.
  @inline(__always)
  func backUp(_ node: NodeID, _ reward: Double, in arena: inout Arena) {
    if backup == .mean {
      arena.backUp(reward, from: node)
    } else {
      shift(from: node, visits: 1, value: reward, in: &arena)
    }
    if usesSiblingMean { refreshSiblingMeans(above: node, in: &arena) }
  }

  /// Adds `visits` backups worth `value` at `node` and above, up to the first ancestor that is hidden: what is below that
  /// one is in no statistic above it. The value loses the discount on each edge; under the rule max, W follows from below.
  func shift(from node: NodeID, visits: Int32, value: Double, in arena: inout Arena) {
    var at = node
    var value = value
    while at.exists {
      let count = arena[at].visitCount + visits
      arena.setBackups(of: at, visits: count, valueSum: arena[at].valueSum + value)
      if backup == .max {
        arena.setBackups(of: at, visits: count, valueSum: maximum(at, in: arena) * Double(count))
      }
      value *= discount
      at = arena[at].isShown ? arena[at].parent : .none
    }
  }

  /// Takes what stands at `node` out of the statistics of its parent and above (`sign` −1), or adds it to them (1).
  func shiftParent(of node: NodeID, _ sign: Int32, in arena: inout Arena) {
    let (parent, visits, sum) = (arena[node].parent, arena[node].visitCount, arena[node].valueSum)
    shift(from: parent, visits: sign * visits, value: Double(sign) * sum * discount, in: &arena)
    recomputeImportance(of: parent, in: &arena)
  }

  /// The greatest of the node's own reward, where it was backed up, and its children's Q. O(width).
  private func maximum(_ node: NodeID, in arena: Arena) -> Double {
    var best = Self.ownBackups(of: node, in: arena) > 0 ? arena[node].reward ?? 0 : 0
    for child in arena.children(of: node) { best = max(best, arena[child].meanValue ?? 0) }
    return best
  }

  /// Backups that began at `node` itself: its visits less those of its children. O(width).
  static func ownBackups(of node: NodeID, in arena: Arena) -> Int {
    arena.children(of: node).reduce(arena[node].visits) { $0 - arena[$1].visits }
  }

  /// A simulation under way counts along its path; rollouts are part of an evaluation that counts already.
  @inline(__always)
  func count(_ request: borrowing Request, _ count: Int16, in arena: inout Arena) {
    guard isParallel else { return }
    if case .rollOut = request.kind { return }
    arena.addUnderWay(count, from: request.node)
  }

  /// W of every node, importance and simulations under way from what they are made of. O(nodes × width).
  ///
  /// What the first `imported` nodes brought of their own stays as it is.
  func recompute(in arena: inout Arena, imported: Int = 0, pending: [Request]) {
    let before = arena.nodes.prefix(imported).map(\.valueSum)
    // A child's id is greater than its parent's: going down the ids, children come before their parents.
    for offset in arena.nodes.indices.reversed() {
      let node = NodeID(offset)
      let visits = arena[node].visitCount
      let sum = offset < imported ? importedSum(of: node, before, in: arena) : sum(of: node, in: arena)
      arena.setBackups(of: node, visits: visits, valueSum: sum)
    }
    arena.clearUnderWay()
    for offset in arena.nodes.indices {
      arena.setImportance(of: NodeID(offset), 0)
      recomputeImportance(of: NodeID(offset), in: &arena)
    }
    for request in pending { count(request, 1, in: &arena) }
  }

  /// W of an imported node: what it was, and what its children's have changed by.
  private func importedSum(of node: NodeID, _ before: [Double], in arena: Arena) -> Double {
    arena.children(of: node).reduce(before[node.offset]) { sum, child in
      sum + discount * (arena[child].valueSum - (child.offset < before.count ? before[child.offset] : 0))
    }
  }

  /// N of `node` as given, and W from what it is made of. O(width).
  func gather(at node: NodeID, visits: Int32, in arena: inout Arena) {
    arena.setBackups(of: node, visits: visits, valueSum: 0)
    arena.setBackups(of: node, visits: visits, valueSum: sum(of: node, in: arena))
  }

  /// W from the children's and the node's own backups.
  private func sum(of node: NodeID, in arena: Arena) -> Double {
    if backup == .max { return maximum(node, in: arena) * Double(arena[node].visitCount) }
    let own = Double(Self.ownBackups(of: node, in: arena)) * (arena[node].reward ?? 0)
    return arena.children(of: node).reduce(own) { $0 + discount * arena[$1].valueSum }
  }

  // MARK: - Importance

  /// A child's value is known or has changed: the parent's importance follows. O(1) while importance grows.
  @inline(__always)
  func updateImportance(after node: NodeID, in arena: inout Arena) {
    let parent = arena[node].parent
    guard parent.exists, !usesSiblingMean, arena[node].isOpen, arena[parent].marks.contains(.evaluated) else { return }
    let gap = abs(arena[node].storedValue - arena[parent].storedValue)
    if gap > arena[parent].importance { arena.setImportance(of: parent, gap) }  // false where one is NaN
  }

  /// Computes the importance of `node` afresh from its open children. O(width).
  func recomputeImportance(of node: NodeID, in arena: inout Arena) {
    guard node.exists else { return }
    if usesSiblingMean { return refreshSiblingMean(of: node, in: &arena) }
    arena.setImportance(of: node, 0)
    for child in arena.allChildren(of: node) where arena[child].marks.contains(.evaluated) {
      updateImportance(after: child, in: &arena)
    }
  }

  private func refreshSiblingMeans(above node: NodeID, in arena: inout Arena) {
    var at = arena[node].parent
    while at.exists {
      refreshSiblingMean(of: at, in: &arena)
      at = arena[at].parent
    }
  }

  /// The greatest deviation of the children's Q from its mean; it only grows, as the width in AlphaLLM's code does.
  private func refreshSiblingMean(of node: NodeID, in arena: inout Arena) {
    let means = arena.children(of: node).filter { arena[$0].isOpen }.compactMap { arena[$0].meanValue }
    guard let most = means.max(), let least = means.min() else { return }
    let mean = means.reduce(0, +) / Double(means.count)
    arena.setImportance(of: node, max(arena[node].importance, most - mean, mean - least))
  }
}
