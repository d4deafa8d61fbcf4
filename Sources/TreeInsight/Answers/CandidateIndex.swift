import TreeSearch
import Vocabulary

/// The finished trajectories of a growing tree, in the order of one final selection.
enum CandidateIndex: Sendable {
  /// The best path says it at any time.
  case greedyPath
  case rerank(Tournament<Double>)
  case bestLeaf(Tournament<LeafRank>)
  case vote(CandidateVote, VoteWeight)

  /// A leaf by its mean value, then its best score.
  struct LeafRank: Comparable, Sendable {
    let q: Double
    let score: Double

    static func < (a: LeafRank, b: LeafRank) -> Bool { (a.q, a.score) < (b.q, b.score) }
  }

  /// The finished trajectories of `tree`. Complexity: O(nodes log nodes).
  init(_ selection: FinalSelection, _ tree: SearchTree) {
    switch selection {
    case .greedyPath: self = .greedyPath
    case .rerank: self = .rerank(Tournament())
    case .bestLeaf: self = .bestLeaf(Tournament())
    case .weightedVote, .majority, .evidence:
      guard let weight = VoteWeight(selection, tree.parameters) else {
        preconditionFailure("\(selection) counts votes")
      }
      self = .vote(CandidateVote(among: tree.header.problem.choices), weight)
    }
    var last: NodeID?
    for candidate in tree.candidates() where candidate.node != last {
      last = candidate.node
      update(candidate.node, in: tree)
    }
  }

  /// Takes up what has become of the trajectories that end in `id`. Where none ever did, which is so at most nodes, there is nothing
  /// to take up, and false is returned: nothing else can be chosen for it. Complexity: O(depth + rollouts + log nodes); O(1) at most
  /// nodes.
  @discardableResult
  mutating func update(_ id: NodeID, in tree: SearchTree) -> Bool {
    if case .greedyPath = self { return true }
    guard tree.mayFinish(at: id) else { return false }
    let counts = tree.isReachable(id) && (id == .root || tree[id].visits > 0)
    let candidates = counts ? tree.candidates(at: id) : []
    let score = candidates.map(\.score).max()
    switch self {
    case .greedyPath: break
    case .rerank(var ranks):
      self = .greedyPath  // or the tournament would be copied
      ranks.set(score, at: id.offset)
      self = .rerank(ranks)
    case .bestLeaf(var ranks):
      self = .greedyPath
      let isLeaf = tree[id].openChildren == 0
      // Only a root without a visit has no mean value, and is the last to be chosen.
      let rank = isLeaf ? score.map { LeafRank(q: tree[id].meanValue ?? -1, score: $0) } : nil
      ranks.set(rank, at: id.offset)
      self = .bestLeaf(ranks)
    case .vote(var vote, let weight):
      self = .greedyPath
      for candidate in candidates { vote.count(candidate, weight: weight(candidate, in: tree)) }
      self = .vote(vote, weight)
    }
    return true
  }

  /// Critics have said something else of `id`: the same, and of what ends below it where a trajectory is worth what was said on the way.
  ///
  /// Complexity: that of ``update(_:in:)``, for each node below `id` under `evidence`.
  @discardableResult
  mutating func updateScores(_ id: NodeID, in tree: SearchTree) -> Bool {
    guard case .vote(_, .evidence) = self else { return update(id, in: tree) }
    var (waiting, isOther) = ([id], false)
    while let next = waiting.popLast() {
      if update(next, in: tree) { isOther = true }
      waiting += tree.children(of: next)
    }
    return isOther
  }

  /// Where the chosen one ends.
  func chosen(in tree: SearchTree) -> CandidatePlace? {
    switch self {
    case .greedyPath: return tree.greedyCandidate().map { CandidatePlace(node: $0.node, rollout: $0.rollout) }
    case .rerank(let ranks): return ranks.winner.flatMap { Self.best(at: NodeID($0), in: tree) }
    case .bestLeaf(let ranks): return ranks.winner.flatMap { Self.best(at: NodeID($0), in: tree) }
    case .vote(let vote, _): return vote.winner
    }
  }

  private static func best(at id: NodeID, in tree: SearchTree) -> CandidatePlace? {
    var best: Candidate?
    for candidate in tree.candidates(at: id) where candidate.score > best?.score ?? -1 { best = candidate }
    return best.map { CandidatePlace(node: id, rollout: $0.rollout) }
  }
}
