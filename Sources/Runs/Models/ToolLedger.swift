import Critics
import TreeInsight
import TreeSearch
import Vocabulary

/// What a run teaches about its tools: each rollout's outcome is an outcome of every option on its path, and of what a
/// tool had found there.
///
/// The ledger is a function of the tree: built from a reopened one it holds what it would hold had it been kept all along.
struct ToolLedger {
  /// What tools are told with the next request.
  private(set) var context: ToolContext

  /// Critics of the header that are tools or may be.
  private let names: [String]
  /// Outcomes of the rollouts at and below each node.
  private var outcomes: [ToolTrust.Count] = []
  /// Nodes whose scores have come.
  private var isScored: [Bool] = []
  private var asked: [RequestID: NodeID] = [:]

  /// The ledger of `tree`. Complexity: O(nodes), where tools take part.
  init(_ tree: SearchTree) {
    names = tree.header.critics.filter { $0.weight > 0 && !CriticName.learned.contains($0.name) }.map(\.name)
    context = ToolContext(enabled: Set(names), checks: ProblemChecks(tree.header.problem))
    rebuild(from: tree)
  }

  /// Takes note of events that have made `tree`. Complexity: O(depth) a rollout; O(nodes) after an intervention.
  mutating func learn(from events: [SearchEvent], in tree: SearchTree) {
    guard !names.isEmpty else { return }
    let isChanged = events.contains { event in
      switch event {
      case .intervened, .undone, .redone: true
      default: false
      }
    }
    if isChanged { return rebuild(from: tree) }
    for event in events {
      switch event {
      case .asked(let request): asked[request.id] = request.node
      case .answered(let id, let answer):
        guard let node = asked.removeValue(forKey: id) else { continue }
        grow(to: tree.details.count)
        learn(answer, at: node, in: tree)
      case .failed(let id, _, _), .ignored(let id, _): asked[id] = nil
      default: break
      }
    }
  }

  private mutating func learn(_ answer: Answer, at node: NodeID, in tree: SearchTree) {
    switch answer.content {
    case .scores:
      isScored[node.offset] = true
      learn(outcomes[node.offset], at: node, in: tree)
    case .rollouts(let rollouts):
      count(rollouts)
      let count = Self.count(rollouts)
      guard count.all > 0 else { return }
      var at = node
      while at.exists {
        outcomes[at.offset] += count
        if isScored[at.offset] { learn(count, at: at, in: tree) }
        at = tree[at].parent
      }
    case .options, .similarities: break
    }
  }

  private mutating func learn(_ count: ToolTrust.Count, at node: NodeID, in tree: SearchTree) {
    guard count.all > 0 else { return }
    for name in names { context.trust.learn(name, ToolTrust.kind(of: tree.score(name, of: node)), count) }
  }

  private mutating func grow(to count: Int) {
    let missing = count - outcomes.count
    guard missing > 0 else { return }
    outcomes += Array(repeating: .init(), count: missing)
    isScored += Array(repeating: false, count: missing)
  }

  private mutating func rebuild(from tree: SearchTree) {
    guard !names.isEmpty else { return }
    (context.trust, outcomes, isScored, context.answers) = (ToolTrust(), [], [], [:])
    context.redraws = tree.parameters[SearchParameters.toolRedraws]
    asked = tree.pending.values.reduce(into: [:]) { $0[$1.id] = $1.node }
    grow(to: tree.details.count)
    // A parent's number is smaller than its children's: backwards, every subtree is complete when it is reached.
    for offset in (0..<tree.details.count).reversed() {
      let node = NodeID(offset)
      let rollouts = tree.rollouts(of: node)
      count(rollouts)
      outcomes[offset] += Self.count(rollouts)
      let parent = tree[node].parent
      if parent.exists { outcomes[parent.offset] += outcomes[offset] }
      isScored[offset] = !tree.details[offset].scores.isEmpty
      if isScored[offset] { learn(outcomes[offset], at: node, in: tree) }
    }
  }

  private mutating func count(_ rollouts: [Rollout]) {
    for answer in rollouts.compactMap(\.answer) { context.answers[answer, default: 0] += 1 }
  }

  /// Outcomes as the ORM saw them, before any tool had its say: a tool must not confirm itself.
  private static func count(_ rollouts: [Rollout]) -> ToolTrust.Count {
    let scores = rollouts.compactMap { $0.ormScore ?? $0.score }
    let good = scores.count { $0 >= 0.5 }
    return ToolTrust.Count(good: good, bad: scores.count - good)
  }
}

extension ToolTrust.Count {
  fileprivate static func += (a: inout Self, b: Self) {
    a.good += b.good
    a.bad += b.bad
  }
}
