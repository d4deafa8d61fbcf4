/// The part of a node that selection reads: links and statistics, kept small and apart from texts and scores.
public struct Node: Sendable, Equatable {
  /// The parent; ``NodeID/none`` for the root.
  public internal(set) var parent: NodeID
  /// The oldest child, or ``NodeID/none``.
  public internal(set) var firstChild = NodeID.none
  /// The youngest child, or ``NodeID/none``.
  public internal(set) var lastChild = NodeID.none
  /// The next younger sibling, or ``NodeID/none``.
  public internal(set) var nextSibling = NodeID.none
  /// Edges from the root.
  public internal(set) var depth: Int32
  /// Children that selection may enter: neither pruned nor taken back.
  public internal(set) var openChildren: Int32 = 0
  /// Backups through the node, N.
  public internal(set) var visits: Int = 0
  /// Sum of the rewards backed up through the node, W.
  public internal(set) var valueSum: Double = 0
  /// I(s) = max over open children of |v(child) − v(s)|, v being the value critic (AlphaLLM, section 4.3.2).
  public internal(set) var importance: Double = 0
  /// How the trajectory ends here; nil for an inner node.
  public internal(set) var terminal: TerminalKind?
  /// What a person or the engine did to the node.
  public internal(set) var marks: Marks = []

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
  }

  /// Mean backed-up reward Q = W/N; nil before the first visit.
  public var meanValue: Double? { visits > 0 ? valueSum / Double(visits) : nil }
  /// True where selection may enter and screens show the node.
  public var isOpen: Bool { marks.isDisjoint(with: [.pruned, .withdrawn, .failed]) }
  /// True where the node is shown at all.
  public var isShown: Bool { marks.isDisjoint(with: [.withdrawn, .failed]) }

  init(parent: NodeID, depth: Int32) {
    self.parent = parent
    self.depth = depth
  }
}

/// The part of a node that only people, critics and exports read.
public struct NodeDetail: Sendable, Equatable {
  /// The option on the edge to this node; nil for the root.
  public internal(set) var option: SearchOption?
  /// What each critic said.
  public internal(set) var scores: [CriticScore] = []
  /// Scores that a person put in a critic's place.
  public internal(set) var overrides: [String: Double] = [:]
  /// Fast rollouts from here.
  public internal(set) var rollouts: [Rollout] = []
  /// The merged critic score s(s) that was backed up, in [0, 1]; nil before evaluation.
  public internal(set) var reward: Double?
  /// Draws at this node that were too much like a child, with their distance to it.
  public internal(set) var rejected: [RejectedDraw] = []
  /// Draws that this child cost.
  public internal(set) var draws = 0
  /// Edit distance to the nearest sibling when it was drawn; nil for an only child.
  public internal(set) var distance: Int?
  /// Final answer stated by the trajectory that ends here.
  public internal(set) var answer: String?
  /// The intervention that made the node, if a person did.
  public internal(set) var cause: Int?

  /// Answers still awaited before the reward can be fixed.
  var awaited = 0
  var askedForScores = false
  var askedForRollouts = false

  /// What a critic's number counts as: a person's override, else the critic's own score.
  public func score(_ critic: String) -> Double? {
    overrides[critic] ?? scores.first { $0.critic == critic }?.score
  }
}

/// A draw that did not join the tree because a sibling says nearly the same.
public struct RejectedDraw: Sendable, Equatable {
  /// The option drawn.
  public let option: SearchOption
  /// Edit distance to the nearest sibling.
  public let distance: Int
}
