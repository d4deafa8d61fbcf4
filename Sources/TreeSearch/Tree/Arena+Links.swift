/// Who is whose child.
extension Arena {
  /// Links and statistics of a node.
  @inline(__always) subscript(id: NodeID) -> Node { nodes[id.offset] }

  /// Children in order of creation, hidden ones left out.
  func children(of id: NodeID) -> some Sequence<NodeID> {
    allChildren(of: id).filter { nodes[$0.offset].isShown }
  }

  /// Children in order of creation, hidden ones too.
  func allChildren(of id: NodeID) -> some Sequence<NodeID> {
    let group = nodes[id.offset].group
    return table.entries[group.exists ? group.range : 0..<0].lazy.map(\.node).prefix { $0.exists }
  }

  /// The oldest child, a hidden one too; ``NodeID/none`` without children. Complexity: O(1).
  func firstChild(of id: NodeID) -> NodeID {
    let group = nodes[id.offset].group
    return group.exists ? table.entries[group.start].node : .none
  }

  /// The youngest child, a hidden one too; ``NodeID/none`` without children. Complexity: O(log children).
  func lastChild(of id: NodeID) -> NodeID {
    let group = nodes[id.offset].group
    return group.exists ? table.entries[group.start + table.count(group) - 1].node : .none
  }

  /// The next younger sibling, a hidden one too; ``NodeID/none`` for the youngest. Complexity: O(1).
  func nextSibling(of id: NodeID) -> NodeID {
    let parent = nodes[id.offset].parent
    let next = Int(nodes[id.offset].place) + 1
    return parent.exists && nodes[parent.offset].group.range.contains(next) ? table.entries[next].node : .none
  }

  /// True where no child is shown. O(1) unless children were taken back.
  @inline(__always)
  func hasNoChild(_ id: NodeID) -> Bool {
    !nodes[id.offset].group.exists || !allChildren(of: id).contains { nodes[$0.offset].isShown }
  }

  /// Nodes from the root to `id`, both included. Complexity: O(depth).
  func path(to id: NodeID) -> [NodeID] {
    var path: [NodeID] = []
    var at = id
    while at.exists {
      path.append(at)
      at = nodes[at.offset].parent
    }
    return path.reversed()
  }

  /// True where neither the node nor one above it is hidden. Complexity: O(depth).
  func isVisible(_ id: NodeID) -> Bool {
    var at = id
    while at.exists {
      if !nodes[at.offset].isShown { return false }
      at = nodes[at.offset].parent
    }
    return true
  }

  /// The node and the shown nodes below it. Complexity: O(subtree).
  func shownSubtree(of id: NodeID) -> [NodeID] {
    var found = [id]
    var at = 0
    while at < found.count {
      found += children(of: found[at])
      at += 1
    }
    return found
  }
}
