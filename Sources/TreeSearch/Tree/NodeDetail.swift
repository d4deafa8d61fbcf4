/// The part of a node that only people, critics and exports read: put together from the tree's packed store on demand.
public struct NodeDetail: Sendable, Equatable {
  /// The option on the edge to this node; nil for the root.
  public var option: SearchOption?
  /// What each critic said, in the header's order.
  public var scores: [CriticScore] = []
  /// Scores that a person put in a critic's place.
  public var overrides: [String: Double] = [:]
  /// Fast rollouts from here.
  public var rollouts: [Rollout] = []
  /// The merged critic score s(s) that was backed up, in [0, 1]; nil before evaluation.
  public var reward: Double?
  /// Draws at this node that were too much like a child, with their distance to it.
  public var rejected: [RejectedDraw] = []
  /// Draws that joined this node's group, the separated ones included.
  public var members: [GroupMember] = []
  /// Draws that this child cost.
  public var draws = 0
  /// Edit distance to the nearest sibling when it was drawn; nil for an only child.
  public var distance: Int?
  /// Final answer stated by the trajectory that ends here.
  public var answer: String?
  /// The intervention that made the node, if a person did.
  public var cause: Int?
  /// What the file of an imported tree calls the node.
  public var name: String?
  /// P before it is normalised, where an imported file says it.
  public var prior: Double?

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

/// A draw that joined the group of a node that says the same (state merge, AlphaLLM, section 4.3.2).
public struct GroupMember: Sendable, Equatable {
  /// The option drawn.
  public let option: SearchOption
  /// Edit distance to the node's own option.
  public let distance: Int?
  /// The request that drew it.
  public let request: RequestID
  /// The intervention that made it a node of its own, while that stands.
  public internal(set) var separatedBy: Int?
}

/// The details of all nodes by id; each is put together when asked for. Complexity of a look-up: O(its size).
public struct NodeDetails: Sendable, Equatable, RandomAccessCollection {
  private let store: DetailStore
  private let nodes: ContiguousArray<Node>

  init(_ store: DetailStore, _ nodes: ContiguousArray<Node>) {
    self.store = store
    self.nodes = nodes
  }

  /// The root's offset.
  public var startIndex: Int { 0 }
  /// One past the last node's offset.
  public var endIndex: Int { nodes.count }

  /// The detail of the node at `offset` of the arena.
  public subscript(offset: Int) -> NodeDetail {
    var detail = store.detail(at: offset)
    detail.reward = nodes[offset].reward
    return detail
  }

  /// True where all nodes have equal details.
  public static func == (a: NodeDetails, b: NodeDetails) -> Bool {
    a.store == b.store && a.nodes.elementsEqual(b.nodes) { $0.reward == $1.reward }
  }
}
