import TreeSearch

/// The breakpoints of one search: told every event, it says which of them fire.
///
/// A condition on nodes fires at a node when it becomes true there, not again while it stays true; a condition with an
/// event fires whenever the event happens and the rest holds. A backup concerns its node and every ancestor, whose
/// statistics it changes.
public struct BreakpointSet: Sendable {
  /// The breakpoints in force.
  public var breakpoints: [Breakpoint] { armed.map(\.breakpoint) }
  private var armed: [Armed] = []
  private var chosen: ChosenAnswer?

  /// A set without breakpoints.
  public init() {}

  /// Puts `breakpoints` in force, of which those that stay keep what they remember.
  ///
  /// What holds already somewhere in `tree` does not fire there. Complexity: O(nodes) for each new breakpoint.
  public mutating func set(_ breakpoints: [Breakpoint], in tree: SearchTree) {
    let before = Dictionary(armed.map { ($0.breakpoint, $0) }, uniquingKeysWith: { first, _ in first })
    armed = breakpoints.map { before[$0] ?? Armed($0, in: tree) }
    let wantsBest = breakpoints.contains { $0.condition.events.contains(.bestChanges) }
    chosen = wantsBest ? chosen ?? ChosenAnswer(tree) : nil
  }

  /// What fires after an event that has made `tree`, in order of breakpoint and then from the node upwards.
  ///
  /// Complexity: O(breakpoints × depth).
  public mutating func hits(after seen: Observation, in tree: SearchTree) -> [BreakpointHit] {
    guard !armed.isEmpty else { return [] }
    let choiceChanged = chosen?.note(seen, in: tree) ?? false
    let chosenNode = choiceChanged ? chosen?.candidate(in: tree)?.node : nil
    var hits: [BreakpointHit] = []
    for index in armed.indices {
      if let node = chosenNode, armed[index].fires(at: node, .bestChanges, in: tree) {
        hits.append(BreakpointHit(breakpoint: armed[index].breakpoint, node: node))
      }
      for node in concerned(by: seen, in: tree) where armed[index].fires(at: node, seen.event.words, in: tree) {
        hits.append(BreakpointHit(breakpoint: armed[index].breakpoint, node: node))
      }
    }
    return hits
  }

  /// The shown nodes that an event is about. A node whose critics failed leaves the tree: its parent stands for it.
  private func concerned(by seen: Observation, in tree: SearchTree) -> [NodeID] {
    guard let node = seen.node else { return [] }
    let path = tree.path(to: node).prefix { tree[$0].isShown }
    if case .backedUp = seen.event { return path.reversed() }
    return path.last.map { [$0] } ?? []
  }
}

/// A breakpoint with the nodes at which its conditions hold.
private struct Armed: Sendable {
  let breakpoint: Breakpoint
  /// For each alternative, the nodes at which it holds without any event.
  private var held: [Set<NodeID>]

  init(_ breakpoint: Breakpoint, in tree: SearchTree) {
    self.breakpoint = breakpoint
    held = breakpoint.condition.alternatives.map { condition in
      Set(tree.nodes.indices.lazy.map { NodeID($0) }.filter { condition.holds(for: $0, in: tree) })
    }
  }

  mutating func fires(at node: NodeID, _ events: FilterEvents, in tree: SearchTree) -> Bool {
    var fires = false
    for (index, condition) in breakpoint.condition.alternatives.enumerated() {
      if condition.holds(for: node, in: tree) {
        if held[index].insert(node).inserted { fires = true }
      } else {
        held[index].remove(node)
        if !events.isEmpty, condition.holds(for: node, in: tree, events: events) { fires = true }
      }
    }
    return fires
  }
}

extension SearchEvent {
  /// The breakpoint words that this event is by itself.
  fileprivate var words: FilterEvents {
    switch self {
    case .rejected, .merged: .merge
    case .failed: .failure
    default: []
    }
  }
}

/// Where a search is to pause: a condition on the node that an event concerns, and events.
///
/// The words are those of ``NodeFilter`` and the events `merge`, `best changes` and `failure`: `depth=2 q>0.9`, `merge`,
/// `critics differ > 0.4`, `terminal`, `answer = 25`, `best changes not correct`.
public struct Breakpoint: Hashable, Sendable {
  /// The text it was made from.
  public let source: String
  let condition: Condition

  /// Reads a breakpoint. Throws ``FilterError`` where it cannot be read. Complexity: O(length).
  public init(_ source: String) throws(FilterError) {
    self.source = source
    condition = try FilterParser.condition(source, .breakpoint)
  }
}

/// A breakpoint that fired, and where.
public struct BreakpointHit: Hashable, Sendable {
  /// The breakpoint.
  public let breakpoint: Breakpoint
  /// The node at which it fired.
  public let node: NodeID

  /// A hit with its fields as given.
  public init(breakpoint: Breakpoint, node: NodeID) {
    self.breakpoint = breakpoint
    self.node = node
  }

  /// One line.
  public var sentence: String { "breakpoint '\(breakpoint.source)' at node \(node)" }
}
