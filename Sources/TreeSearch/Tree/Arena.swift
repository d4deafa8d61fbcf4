import Foundation
import Vocabulary

/// The nodes of a tree: links and statistics (``Node``) apart from texts and scores (``DetailStore``), so that selection
/// reads little memory, and the children of each node side by side (``ChildTable``).
///
/// Nodes are added at the end and keep their ids for good: what undo takes back is hidden. Every change of a node is made
/// here, so that the three never disagree, nor what is counted of them.
@usableFromInline
struct Arena: Sendable, Equatable {
  /// Links and statistics by node id.
  @usableFromInline private(set) var nodes: ContiguousArray<Node> = [Node(parent: .none, depth: 0)]
  /// The children of each node, with a copy of their statistics.
  private(set) var table = ChildTable()
  /// Texts and scores by node id.
  var details: DetailStore
  /// Nodes that are shown and have a final answer.
  private(set) var answers = 0
  /// Nodes that are hidden, or lie below one that is.
  private(set) var hidden = 0
  /// Nodes that selection may not enter.
  private var closed = 0

  /// A root.
  init(critics: [String]) { details = DetailStore(critics: critics) }

  /// Makes room for so many more nodes; not for a few, because exact room asked for again and again is copied each time.
  mutating func reserve(_ more: Int) {
    guard more >= nodes.count else { return }
    nodes.reserveCapacity(nodes.count + more)
    details.reserve(more)
    table.reserve(more)
  }

  /// Makes room for so many nodes in all, their texts left out.
  mutating func makeRoom(for count: Int) {
    guard count > nodes.count else { return }
    nodes.reserveCapacity(count)
    details.reserve(count - details.count)
    table.reserve(count - nodes.count)
  }

  // MARK: - Growth

  /// The id of the node added next.
  @inline(__always) var nextID: NodeID { NodeID(nodes.count) }

  /// Adds a node whose option is number `at` of `options`, as the youngest child of `parent`. Complexity: amortised O(1),
  /// and O(its text).
  @inline(__always)
  mutating func append(
    _ options: [SearchOption], _ at: Int, below parent: NodeID, row: consuming DetailStore.Row = .init(),
    terminal: TerminalKind?, marks: Node.Marks
  ) {
    details.append(options, at, row)
    var node = Node(parent: parent, depth: Int(nodes[parent.offset].depth) + 1)
    node.terminal = terminal
    node.marks = marks
    if let mean = details.meanLogProbability(at: nodes.count) { node.priorWeight = Float(exp(mean)) }
    let present = nodes[parent.offset].group
    // Where every child is open, nobody has to count them.
    let count = closed == 0 ? Int(nodes[parent.offset].openChildren) : table.count(present)
    let (group, place) = table.append(nextID, to: present, count: count)
    if group != present { move(to: group, below: parent) }
    node.place = Int32(place)
    nodes.append(node)
    nodes[parent.offset].openChildren += 1
    if terminal == .answer { answers += 1 }
  }

  /// Adds a copy of `source` with all that stands at it, but with another option, as the youngest child of `parent`. It is
  /// shown, has no children, and nothing is under way at it. Complexity: amortised O(1), and O(its detail).
  mutating func append(copyOf source: NodeID, as option: SearchOption, below parent: NodeID) {
    let (old, copy) = (nodes[source.offset], nextID)
    append(
      [option], 0, below: parent, terminal: old.terminal, marks: old.marks.subtracting([.pruned, .withdrawn]))
    details.copy(from: source.offset, to: copy.offset, thinking: option.thinking)
    nodes[copy.offset].importance = old.importance
    setScores(of: copy, reward: old.storedReward, value: old.storedValue)
    setBackups(of: copy, visits: old.visitCount, valueSum: old.valueSum)
    if old.marks.contains(.pruned) { setPruned(copy, true) }
  }

  /// The children of `parent` stand in another place of the table. O(width), amortised O(1).
  private mutating func move(to group: ChildTable.Group, below parent: NodeID) {
    nodes[parent.offset].group = group
    for place in group.range {
      let child = table.entries[place].node
      if child.exists, child.offset < nodes.count { nodes[child.offset].place = Int32(place) }
    }
  }

  // MARK: - Marks

  /// Sets marks that leave the node as open as it is, or takes them away.
  @inline(__always)
  mutating func mark(_ id: NodeID, _ marks: Node.Marks, _ isSet: Bool = true) {
    if isSet { nodes[id.offset].marks.insert(marks) } else { nodes[id.offset].marks.remove(marks) }
  }

  /// The trajectory ends at `id`, because nothing can be written after it.
  mutating func endTrajectory(at id: NodeID) { nodes[id.offset].terminal = .noContinuation }

  /// Closes a branch to selection, or opens it again.
  mutating func setPruned(_ id: NodeID, _ isPruned: Bool) { set(.pruned, of: id, isPruned) }

  /// Hides a node under `mark`, `withdrawn` or `failed`. Returns it and the shown nodes below it; nil where it was hidden.
  /// Complexity: O(subtree + depth).
  mutating func hide(_ id: NodeID, as mark: Node.Marks) -> [NodeID]? {
    guard nodes[id.offset].isShown else { return nil }
    let isCounted = isVisible(nodes[id.offset].parent)
    set(mark, of: id, true)
    let subtree = shownSubtree(of: id)
    if isCounted { count(subtree, isHidden: true) }
    return subtree
  }

  /// Shows a withdrawn node again. Returns what is visible again with it, itself first. Complexity: O(subtree + depth).
  mutating func show(_ id: NodeID) -> [NodeID] {
    set(.withdrawn, of: id, false)
    guard isVisible(id) else { return [] }
    let subtree = shownSubtree(of: id)
    count(subtree, isHidden: false)
    return subtree
  }

  private mutating func set(_ mark: Node.Marks, of id: NodeID, _ isSet: Bool) {
    let wasOpen = nodes[id.offset].isOpen
    self.mark(id, mark, isSet)
    refreshEntry(of: id)
    let (parent, isOpen) = (nodes[id.offset].parent, nodes[id.offset].isOpen)
    guard isOpen != wasOpen else { return }
    closed += isOpen ? -1 : 1
    if parent.exists { nodes[parent.offset].openChildren += isOpen ? 1 : -1 }
  }

  private mutating func count(_ subtree: [NodeID], isHidden: Bool) {
    let known = subtree.count { nodes[$0.offset].terminal == .answer }
    hidden += isHidden ? subtree.count : -subtree.count
    answers += isHidden ? -known : known
  }

  // MARK: - Statistics

  /// One visit more, and `reward`, at `id` and at every node above it, up to the first that is hidden. Complexity: O(depth).
  @inline(__always)
  mutating func backUp(_ reward: Double, from id: NodeID) {
    nodes.withUnsafeMutableBufferPointer { nodes in
      table.change { entries in
        var at = id
        while true {
          nodes[at.offset].visitCount += 1
          nodes[at.offset].valueSum += reward
          if at == .root { break }
          entries[Int(nodes[at.offset].place)].backUp(reward)
          if !nodes[at.offset].isShown { break }
          at = nodes[at.offset].parent
        }
      }
    }
  }

  /// N and W of a node.
  mutating func setBackups(of id: NodeID, visits: Int32, valueSum: Double) {
    nodes[id.offset].visitCount = visits
    nodes[id.offset].valueSum = valueSum
    refreshEntry(of: id)
  }

  /// Merged reward and v(s), NaN where there is none.
  @inline(__always)
  mutating func setScores(of id: NodeID, reward: Double, value: Double) {
    nodes[id.offset].storedReward = reward
    nodes[id.offset].storedValue = value
  }

  /// P of a node before it is normalised.
  mutating func setPrior(of id: NodeID, _ prior: Float) { nodes[id.offset].priorWeight = prior }

  @inline(__always)
  mutating func setImportance(of id: NodeID, _ importance: Double) { nodes[id.offset].importance = importance }

  /// So many requests more are under way at `id` and above.
  mutating func addUnderWay(_ count: Int16, from id: NodeID) {
    var at = id
    while at.exists {
      nodes[at.offset].underWay += count
      at = nodes[at.offset].parent
    }
  }

  /// Forgets which requests are under way.
  mutating func clearUnderWay() {
    for offset in nodes.indices { nodes[offset].underWay = 0 }
  }

  /// Says in the table of children what ``nodes`` say of `node`. O(1).
  private mutating func refreshEntry(of id: NodeID) {
    let node = nodes[id.offset]
    guard node.parent.exists else { return }
    table.set(ChildTable.Entry(node, id), at: Int(node.place))
  }

  /// True where the node and every one above it may be entered. Complexity: O(depth); O(1) while everything may.
  @inline(__always)
  func isReachable(_ id: NodeID) -> Bool { closed == 0 || isEveryOneOpen(from: id) }

  private func isEveryOneOpen(from id: NodeID) -> Bool {
    var at = id
    while at.exists {
      if !nodes[at.offset].isOpen { return false }
      at = nodes[at.offset].parent
    }
    return true
  }
}
