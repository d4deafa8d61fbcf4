import TreeSearch

/// An event, with what has to be remembered to understand it.
public struct Observation: Sendable {
  /// The event.
  public let event: SearchEvent
  /// The request that the event answers, fails, rejects or turns into a child.
  public let request: Request?
  /// The node that the event is about; nil where it is about none.
  public let node: NodeID?
}

/// Reads events as they happen. A request leaves the tree when it is answered, so its reader remembers it.
public struct EventReader: Sendable {
  private var requests: [RequestID: Request]

  /// A reader of what happens after `tree`.
  public init(tree: SearchTree) {
    requests = Dictionary(Search(tree: tree).outstanding.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
  }

  /// Reads events that have made `tree`. Complexity: O(1) an event.
  public mutating func read(_ events: [SearchEvent], in tree: SearchTree) -> [Observation] {
    events.map { read($0, in: tree) }
  }

  /// Reads the event that has made `tree`. Complexity: O(1).
  mutating func read(_ event: SearchEvent, in tree: SearchTree) -> Observation {
    let request = request(of: event)
    return Observation(event: event, request: request, node: node(of: event, request, tree))
  }

  private mutating func request(of event: SearchEvent) -> Request? {
    switch event {
    case .asked(let request):
      requests[request.id] = request
      return request
    case .answered(let id, _):
      // Options wait to be chosen; everything else is done with its answer.
      guard let request = requests[id] else { return nil }
      if case .propose = request.kind {} else { requests[id] = nil }
      return request
    case .failed(let id, _, _), .ignored(let id, _): return requests.removeValue(forKey: id)
    case .rejected(let id, let draw, _), .merged(_, let id, let draw, _), .added(_, _, let id, let draw, _, _, _, _):
      return decided(draw, of: id)
    default: return nil
    }
  }

  /// The request of a draw that has been decided about; the last draw's decision is the end of it.
  private mutating func decided(_ draw: Int, of id: RequestID) -> Request? {
    guard case .propose(let draws, _, _, _)? = requests[id]?.kind, draw + 1 < draws else {
      return requests.removeValue(forKey: id)
    }
    return requests[id]
  }

  private func node(of event: SearchEvent, _ request: Request?, _ tree: SearchTree) -> NodeID? {
    switch event {
    case .selected: tree.lastSelected
    case .added(let node, _, _, _, _, _, _, _), .inserted(let node, _, _, _), .widthFrozen(let node, _),
      .evaluated(let node, _), .backedUp(let node, _), .merged(let node, _, _, _), .grafted(let node, _, _, _, _, _),
      .followed(let node, _, _, _):
      node
    case .intervened(let intervention): intervention.node
    case .undone(let number), .redone(let number): tree.interventions[number].intervention.node
    default: request?.node
    }
  }
}
