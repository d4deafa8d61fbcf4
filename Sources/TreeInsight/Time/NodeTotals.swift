import TreeSearch

/// A node's statistics, for comparing it with the same node of another run.
public struct NodeTotals: Codable, Equatable, Sendable {
  /// Its id.
  public let id: NodeID
  /// Visits, N.
  public let visits: Int
  /// Mean value Q; nil before the first visit.
  public let q: Double?
  /// Nodes of its branch, itself included.
  public let nodes: Int

  /// The totals of `id`. Complexity: O(branch).
  init(_ id: NodeID, in tree: SearchTree) {
    self.id = id
    visits = tree[id].visits
    q = tree[id].meanValue
    var branch = [id]
    var at = 0
    while at < branch.count {
      branch += tree.children(of: branch[at])
      at += 1
    }
    nodes = branch.count
  }

  /// True where a person sees no difference, whatever the ids.
  func agrees(with other: NodeTotals) -> Bool {
    guard visits == other.visits, nodes == other.nodes else { return false }
    guard let q, let theirs = other.q else { return (q == nil) == (other.q == nil) }
    return abs(q - theirs) < 1e-9  // the order of additions may differ
  }
}

extension SearchTree {
  /// The nodes at which two trees differ, by the texts of their options from the root, parents before children.
  ///
  /// Nodes are the same where those texts are; of siblings with one text, the first goes with the first. Of a branch that
  /// only one tree has, the top node stands for all. Complexity: O(nodes × depth).
  public func differences(to other: SearchTree) -> [Difference<[String], NodeTotals>] {
    var found: [Difference<[String], NodeTotals>] = []
    var open: [(a: NodeID?, b: NodeID?)] = [(.root, .root)]
    while let (left, right) = open.popLast() {
      let (a, b) = (left.map { NodeTotals($0, in: self) }, right.map { NodeTotals($0, in: other) })
      if let left, let right { open += pairs(below: left, and: right, in: other).reversed() }
      if let a, let b, a.agrees(with: b) { continue }
      let options = left.map { self.options(to: $0) } ?? right.map { other.options(to: $0) } ?? []
      found.append(Difference(options.map(\.text), a, b))
    }
    return found
  }

  /// Children with the same text side by side, those of this tree first.
  private func pairs(below left: NodeID, and right: NodeID, in other: SearchTree) -> [(a: NodeID?, b: NodeID?)] {
    let theirs = Array(other.children(of: right))
    var waiting: [[UInt8]: [NodeID]] = [:]
    for child in theirs.reversed() { waiting[other.text(of: child), default: []].append(child) }
    var taken: Set<NodeID> = []
    var pairs: [(a: NodeID?, b: NodeID?)] = []
    for child in children(of: left) {
      let match = waiting[text(of: child)]?.popLast()
      if let match { taken.insert(match) }
      pairs.append((child, match))
    }
    return pairs + theirs.filter { !taken.contains($0) }.map { (nil, $0) }
  }

  private func text(of id: NodeID) -> [UInt8] { details[id.offset].option?.bytes ?? [] }
}
