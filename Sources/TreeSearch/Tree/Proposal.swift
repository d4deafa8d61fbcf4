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
