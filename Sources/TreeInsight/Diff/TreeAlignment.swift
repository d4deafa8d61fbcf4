import TreeSearch

/// Two trees of one problem laid over each other: which node of the one is which of the other.
///
/// Two nodes are the same where their parents are and their steps say the same: the same text, else the same statement in another
/// spelling, else one that joined a group of the other, else nearly the same words about the same numbers (``StepLikeness``). A
/// node stands for all steps on its way, so that below a node without a partner nothing has one.
public struct TreeAlignment: Equatable, Sendable {
  /// A node in both trees.
  public struct Pair: Hashable, Sendable {
    /// Its ids.
    public let a, b: NodeID
    /// How it was found.
    public let by: StepLikeness
  }

  /// The nodes that both trees have, the root first, parents before children.
  public let pairs: [Pair]
  /// Where branches begin that only one tree has.
  public let branchesOfA, branchesOfB: [NodeID]
  private let inB: [NodeID: NodeID]
  private let inA: [NodeID: NodeID]

  /// Lays `b` over `a`; hidden nodes are left out, pruned ones are not.
  ///
  /// - Complexity: O(nodes × length of a step); where siblings have no equal, 64² comparisons a node more at most.
  public init(_ a: SearchTree, _ b: SearchTree) {
    var pairs = [Pair(a: .root, b: .root, by: .text)]
    var (onlyA, onlyB): ([NodeID], [NodeID]) = ([], [])
    var at = 0
    while at < pairs.count {
      let matching = SiblingMatching(
        a.children(of: pairs[at].a).map { DiffStep($0, in: a) }, b.children(of: pairs[at].b).map { DiffStep($0, in: b) }
      )
      pairs += matching.pairs
      onlyA += matching.left.map(\.id)
      onlyB += matching.right.map(\.id)
      at += 1
    }
    self.pairs = pairs
    (branchesOfA, branchesOfB) = (onlyA, onlyB)
    inB = Dictionary(uniqueKeysWithValues: pairs.map { ($0.a, $0.b) })
    inA = Dictionary(uniqueKeysWithValues: pairs.map { ($0.b, $0.a) })
  }

  /// The partner of a node of the first tree in the second; nil where it has none.
  public func inB(_ id: NodeID) -> NodeID? { inB[id] }

  /// The partner of a node of the second tree in the first; nil where it has none.
  public func inA(_ id: NodeID) -> NodeID? { inA[id] }
}
