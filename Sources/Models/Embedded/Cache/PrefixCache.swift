/// Keys and values shared along the tree of token sequences: a radix trie whose nodes hold one segment each.
///
/// A lookup finds the longest known prefix; what follows it is computed once and inserted below. Attention walks the
/// chain of segments, nothing is copied but the two halves of a node that is split. Leaves that were not used for longest
/// are dropped when the byte budget is exceeded, unless they are pinned.
struct PrefixCache {
  /// A node's place; 0 is the root, the empty prefix.
  typealias NodeID = Int

  static let root: NodeID = 0

  private struct Node {
    var tokens: [Int32] = []
    var storage: KVStorage?
    var parent: NodeID = -1
    var children: [Int32: NodeID] = [:]
    var pins = 0
    var older: NodeID = -1
    var newer: NodeID = -1
  }

  /// Most bytes to keep; exceeded only by what is pinned.
  let budget: Int
  /// Bytes of all segments.
  private(set) var bytes = 0
  /// Nodes dropped so far.
  private(set) var evictions = 0

  private var nodes = [Node()]
  private var free: [NodeID] = []
  // Use order as a list through the nodes. A path is touched from its end to the root, so that a node is always older
  // than its parent and the oldest node is a leaf.
  private var oldest: NodeID = -1
  private var newest: NodeID = -1

  init(budget: Int) { self.budget = budget }

  /// Number of segments.
  var count: Int { nodes.count - free.count - 1 }

  /// The node that ends the longest known prefix of `tokens`, and that prefix's length.
  ///
  /// A node that `tokens` leaves in its middle is split there. Complexity: O(length).
  mutating func longest(_ tokens: [Int32]) -> (node: NodeID, matched: Int) {
    let found = descend(from: Self.root, tokens)
    touch(found.node)
    return found
  }

  /// Adds `tokens`, whose segment is the first rows of `storage`, below `parent`; tokens already there are kept as they
  /// are. Returns the node that ends the sequence.
  mutating func insert(_ tokens: [Int32], _ storage: KVStorage, below parent: NodeID) -> NodeID {
    let found = descend(from: parent, tokens)
    var end = found.node
    if found.matched < tokens.count {
      let exact = found.matched == 0 && storage.capacity == tokens.count
      let segment = exact ? storage : storage.copy(found.matched..<tokens.count)
      end = add(Array(tokens[found.matched...]), segment, below: end)
    }
    touch(end)
    return end
  }

  /// Keeps `node` and all above it from being dropped, until `unpin`.
  mutating func pin(_ node: NodeID) { nodes[node].pins += 1 }

  /// Undoes one `pin`.
  mutating func unpin(_ node: NodeID) { nodes[node].pins -= 1 }

  /// Drops the least recently used leaves until the budget is kept. Complexity: O(dropped + pinned + inner nodes passed).
  mutating func trim() {
    var at = oldest
    while bytes > budget, at >= 0 {
      let next = nodes[at].newer
      if nodes[at].children.isEmpty, nodes[at].pins == 0 { remove(at) }
      at = next
    }
  }

  /// The segments from the root to `node`, in order, and how many tokens each has.
  func chain(_ node: NodeID) -> [(storage: KVStorage, count: Int)] {
    var out: [(KVStorage, Int)] = []
    var at = node
    while at > 0 {
      if let storage = nodes[at].storage { out.append((storage, nodes[at].tokens.count)) }
      at = nodes[at].parent
    }
    return out.reversed()
  }

  private mutating func descend(from start: NodeID, _ tokens: [Int32]) -> (node: NodeID, matched: Int) {
    var node = start
    var matched = 0
    while matched < tokens.count, let child = nodes[node].children[tokens[matched]] {
      let same = zip(nodes[child].tokens, tokens[matched...]).prefix { $0 == $1 }.count
      matched += same
      if same < nodes[child].tokens.count { return (split(child, at: same), matched) }
      node = child
    }
    return (node, matched)
  }

  /// Puts the first `length` tokens of `node` into a new parent; `node` keeps the rest, its children and its pins.
  private mutating func split(_ node: NodeID, at length: Int) -> NodeID {
    let tokens = nodes[node].tokens
    let parent = nodes[node].parent
    let whole = nodes[node].storage
    let head = place(
      Node(
        tokens: Array(tokens[..<length]), storage: whole?.copy(0..<length), parent: parent,
        children: [tokens[length]: node]))
    nodes[parent].children[tokens[0]] = head
    nodes[node].tokens = Array(tokens[length...])
    nodes[node].storage = whole?.copy(length..<tokens.count)
    nodes[node].parent = head
    link(head, after: node)
    return head
  }

  private mutating func add(_ tokens: [Int32], _ storage: KVStorage, below parent: NodeID) -> NodeID {
    let node = place(Node(tokens: tokens, storage: storage, parent: parent))
    nodes[parent].children[tokens[0]] = node
    bytes += storage.bytes
    link(node, after: newest)
    return node
  }

  private mutating func remove(_ node: NodeID) {
    bytes -= nodes[node].storage?.bytes ?? 0
    nodes[nodes[node].parent].children[nodes[node].tokens[0]] = nil
    unlink(node)
    nodes[node] = Node()
    free.append(node)
    evictions += 1
  }

  private mutating func place(_ node: Node) -> NodeID {
    if let id = free.popLast() {
      nodes[id] = node
      return id
    }
    nodes.append(node)
    return nodes.count - 1
  }

  private mutating func touch(_ node: NodeID) {
    var at = node
    while at > 0 {
      if at != newest {
        unlink(at)
        link(at, after: newest)
      }
      at = nodes[at].parent
    }
  }

  private mutating func link(_ node: NodeID, after: NodeID) {
    let next = after >= 0 ? nodes[after].newer : oldest
    nodes[node].older = after
    nodes[node].newer = next
    if after >= 0 { nodes[after].newer = node } else { oldest = node }
    if next >= 0 { nodes[next].older = node } else { newest = node }
  }

  private mutating func unlink(_ node: NodeID) {
    let (older, newer) = (nodes[node].older, nodes[node].newer)
    if older >= 0 { nodes[older].newer = newer } else { oldest = newer }
    if newer >= 0 { nodes[newer].older = older } else { newest = older }
  }
}

/// What a prefix cache holds.
package struct CacheState: Sendable, Hashable {
  /// Bytes of keys, values and hidden states.
  package let bytes: Int
  /// Segments.
  package let segments: Int
  /// Segments dropped so far.
  package let evictions: Int
}
