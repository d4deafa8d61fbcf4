import Vocabulary

/// The part of a node that selection reads: links and statistics, apart from texts and scores.
///
/// 64 bytes, as long as a line of the processor's cache. What a descent reads stands together behind 16 bytes that it does
/// not: large arrays begin 48 bytes into a line, so that one line is all that a descent fetches of a node.
public struct Node: Sendable, Equatable {
  /// The merged critic score, NaN before evaluation.
  var storedReward: Double = .nan
  /// v(s), NaN before evaluation.
  var storedValue: Double = .nan
  /// Sum of the rewards backed up through the node, W.
  public internal(set) var valueSum: Double = 0
  /// I(s) as the width rule defines it: max over open children of |v(child) − v(s)| (AlphaLLM, section 4.3.2), or the
  /// greatest deviation of their Q from its mean so far (its code).
  public internal(set) var importance: Double = 0
  var visitCount: Int32 = 0
  /// Its place among its siblings in the tree's table of children; 0 for the root, which has none.
  var place: Int32 = 0
  /// Where its children stand in that table.
  var group = ChildTable.Group.none
  /// Children that selection may enter: neither pruned nor taken back.
  public internal(set) var openChildren: Int32 = 0
  /// The parent; ``NodeID/none`` for the root.
  public internal(set) var parent: NodeID
  /// exp(mean token log-probability) of the option: the prior P before it is normalised over the siblings.
  public internal(set) var priorWeight: Float = 1
  /// Edges from the root.
  public internal(set) var depth: Int16
  /// Requests under way at the node or below it that belong to simulations; kept only where several may be under way.
  public internal(set) var underWay: Int16 = 0
  /// What a person or the engine did to the node.
  public internal(set) var marks: Marks = []
  /// How the trajectory ends here; nil for an inner node.
  public internal(set) var terminal: TerminalKind?

  /// Yes-or-no facts about a node.
  public struct Marks: OptionSet, Sendable, Hashable {
    /// The bits.
    public let rawValue: UInt16
    /// Marks with these bits.
    public init(rawValue: UInt16) { self.rawValue = rawValue }
    /// A person pruned it: no later simulation enters it.
    public static let pruned = Marks(rawValue: 1)
    /// A person wrote its option.
    public static let inserted = Marks(rawValue: 2)
    /// It was taken back by undo: hidden, and out of every statistic.
    public static let withdrawn = Marks(rawValue: 4)
    /// Its reward is fixed.
    public static let evaluated = Marks(rawValue: 8)
    /// No different option was found below it: it is not widened again.
    public static let widthFrozen = Marks(rawValue: 16)
    /// A critic's score was overridden by a person.
    public static let overridden = Marks(rawValue: 32)
    /// Its critics failed: hidden like a withdrawn node, but for good.
    public static let failed = Marks(rawValue: 64)
    /// It is evaluated without being backed up by itself: one of several children made at once, or a line on the way to a
    /// rollout's end.
    public static let silent = Marks(rawValue: 128)
    /// A rollout's line: it has no rollouts of its own.
    public static let grafted = Marks(rawValue: 256)
    /// Other draws joined it: it stands for a group.
    public static let group = Marks(rawValue: 512)
    /// A person moved an end of its option: it is being judged again, and stays backed up as it was.
    public static let remade = Marks(rawValue: 1024)
    /// It was imported from a file that does not say N.
    public static let uncounted = Marks(rawValue: 2048)
  }

  /// Backups through the node, N.
  @inline(__always) public var visits: Int { Int(visitCount) }
  /// N; nil where the node was imported from a file that does not say it.
  public var knownVisits: Int? { marks.contains(.uncounted) ? nil : visits }
  /// Mean backed-up reward Q = W/N; nil before the first visit.
  public var meanValue: Double? { visitCount > 0 ? valueSum / Double(visitCount) : nil }
  /// The merged critic score s(s) in [0, 1]; nil before evaluation.
  public var reward: Double? { storedReward.isNaN ? nil : storedReward }
  /// v(s) in [0, 1]: the value critic's number, else the reward; nil before evaluation.
  public var value: Double? { storedValue.isNaN ? nil : storedValue }
  /// True where selection may enter and screens show the node.
  @inline(__always) public var isOpen: Bool { marks.isDisjoint(with: [.pruned, .withdrawn, .failed]) }
  /// True where the node is shown at all.
  @inline(__always) public var isShown: Bool { marks.isDisjoint(with: [.withdrawn, .failed]) }

  init(parent: NodeID, depth: Int) {
    self.parent = parent
    self.depth = Int16(clamping: depth)
  }

  /// Equal bit for bit; two scores that are not there yet are equal.
  public static func == (a: Node, b: Node) -> Bool {
    a.valueSum == b.valueSum && a.importance == b.importance && a.reward == b.reward && a.value == b.value
      && a.parent == b.parent && a.place == b.place && a.group == b.group
      && a.visitCount == b.visitCount && a.openChildren == b.openChildren
      && a.priorWeight == b.priorWeight && a.depth == b.depth && a.underWay == b.underWay && a.marks == b.marks
      && a.terminal == b.terminal
  }
}
