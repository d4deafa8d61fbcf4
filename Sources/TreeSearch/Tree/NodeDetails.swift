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
