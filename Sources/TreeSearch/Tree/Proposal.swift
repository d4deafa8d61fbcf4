/// Draws that wait to join the tree: the answer to a request for options. Of the request only what is needed is kept, as
/// bare numbers, because one is made and dropped in every simulation.
struct Proposal: Sendable, Equatable {
  /// The request's number.
  let id: RequestID
  /// Where the draws are to join.
  let node: NodeID
  /// The intervention that asked for them, if a person did.
  let cause: Int?
  /// Draws spent on the same child before this request.
  let earlier: Int
  /// True where several children are drawn at once: a draw that is like a sibling is then dropped, not drawn again.
  let isBatch: Bool
  let options: [SearchOption]
  /// The draw to decide about next.
  var next = 0
  /// What a model believes of the next draw: how much each sibling says the same; nil while it was not asked.
  var beliefs: [Double]?
  /// True while the model is being asked.
  var isComparing = false

  @inline(__always)
  init(_ request: borrowing Request, _ options: [SearchOption]) {
    id = request.id
    node = request.node
    cause = request.cause
    if case .propose(let draws, _, _, let earlier) = request.kind {
      isBatch = draws > 1
      self.earlier = earlier
    } else {
      isBatch = false
      earlier = 0
    }
    self.options = options
  }
}

extension Proposal {
  /// True where the next draw is `option` and a model has yet to be asked about it.
  func awaitsComparison(of option: SearchOption) -> Bool { beliefs == nil && !isComparing && options[next] == option }
}

/// The few proposals whose draws wait to join the tree, in the order in which they came.
struct ProposalTable: Sendable, Equatable, RandomAccessCollection {
  private var rows: [Proposal] = []

  var startIndex: Int { 0 }
  var endIndex: Int { rows.count }

  /// The proposal at a place that ``index(_:)`` found.
  @inline(__always)
  subscript(at: Int) -> Proposal { _read { yield rows[at] } }

  /// The proposal that answers request `id`; nil where none of its draws is left.
  subscript(id id: RequestID) -> Proposal? { index(id).map { rows[$0] } }

  /// Where the proposal stands that answers request `id`. Complexity: O(proposals).
  @inline(__always)
  func index(_ id: RequestID) -> Int? {
    if rows.count == 1 { return rows[0].id == id ? 0 : nil }
    return rows.firstIndex { $0.id == id }
  }

  @inline(__always)
  mutating func append(_ proposal: Proposal) { rows.append(proposal) }

  /// Drops those of which `isGone` is true.
  mutating func removeAll(where isGone: (Proposal) -> Bool) { rows.removeAll(where: isGone) }

  /// Its next draw has been decided about. True where another is left; the proposal is dropped where none is.
  @inline(__always)
  mutating func advance(at place: Int) -> Bool {
    if rows[place].next + 1 < rows[place].options.count {
      rows[place].next += 1
      rows[place].beliefs = nil
      return true
    }
    if place == rows.count - 1 { rows.removeLast() } else { rows.remove(at: place) }
    return false
  }

  /// A model is asked about `option`, the next draw of a proposal at `node`.
  mutating func beginComparison(of option: SearchOption, at node: NodeID) {
    guard let place = firstIndex(where: { $0.node == node && $0.awaitsComparison(of: option) }) else { return }
    rows[place].isComparing = true
  }

  /// What the model believes; nothing where it could not be asked.
  mutating func endComparison(of option: SearchOption, at node: NodeID, _ beliefs: [Double]) {
    let place = firstIndex { $0.node == node && $0.isComparing && $0.options[$0.next] == option }
    guard let place else { return }
    rows[place].isComparing = false
    rows[place].beliefs = beliefs
  }
}
