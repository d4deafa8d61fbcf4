import TreeSearch

extension Timeline {
  /// How `node` came to be, with what joined it up to `moment`; nil for the root, and where the event that made it is not
  /// known. Complexity: O(events), that of ``tree(at:)``, and O(width × bytes²).
  public func drawReason(of node: NodeID, at moment: Int = .max) -> DrawReason? {
    guard let number = eventThatMade(node), let event = event(before: number), number <= moment else { return nil }
    let before = tree(at: number - 1)
    let members = tree(at: moment).details[node.offset].members.filter { $0.separatedBy == nil }
      .map { DrawReason.Draw(text: $0.option.text, distance: $0.distance) }
    var (origin, draws, distance) = (DrawReason.Origin.rollout, 0, Int?.none)
    var rejected: [RejectedDraw] = []
    var isByHand = false
    switch event {
    case .added(_, let parent, let request, let draw, let spent, let measured, _, _):
      (origin, draws, distance) = (draw < 0 ? .leastSimilar : .drawn, spent, measured)
      let asked = requests(at: parent, before: number)
      isByHand = asked[request]?.cause != nil
      rejected =
        draw < 0
        ? Self.others(than: draw, spent, in: before.details[parent.offset].rejected)
        : self.rejected(before: number, for: request, asked, in: before.details[parent.offset].rejected)
    case .inserted(_, let cause, _, _):
      origin = .person
      if case .separate = before.interventions[cause].intervention { origin = .separated }
    case .intervened:
      let detail = latest.details[node.offset]
      (origin, draws, distance) = (.boundary, detail.draws, detail.distance)
    default: break
    }
    let rules = SearchRules(before.parameters)
    return DrawReason(
      node: node, event: number, origin: origin, draws: draws,
      nearest: origin == .boundary ? nil : distance.flatMap { nearest(to: node, at: $0, in: before) },
      distance: distance,
      rule: isByHand ? MergeRule.resample.rawValue : rules.merge.rawValue, predicate: rules.predicate.name,
      threshold: rules.predicate.threshold,
      rejected: rejected.map { DrawReason.Draw(text: $0.option.text, distance: $0.distance) }, members: members)
  }

  private func eventThatMade(_ node: NodeID) -> Int? {
    let remaking = latest.interventions.firstIndex { $0.made(node) }
    var act = tree(at: start).interventions.count - 1
    let index = events.firstIndex { event in
      switch event {
      case .intervened:
        act += 1
        return act == remaking
      case .added(let made, _, _, _, _, _, _, _), .grafted(let made, _, _, _, _, _), .inserted(let made, _, _, _):
        return made == node
      default: return false
      }
    }
    return index.map { start + $0 + 1 }
  }

  /// The oldest sibling at that edit distance, among those that were there before `node`.
  private func nearest(to node: NodeID, at distance: Int, in before: SearchTree) -> NodeID? {
    let text = latest.details[node.offset].option?.bytes ?? []
    return before.children(of: latest[node].parent).first {
      EditDistance.between(text, before.details[$0.offset].option?.bytes ?? []) == distance
    }
  }

  private func requests(at node: NodeID, before number: Int) -> [RequestID: Request] {
    var found: [RequestID: Request] = [:]
    for case .asked(let request) in events[..<(number - 1 - start)] where request.node == node {
      found[request.id] = request
    }
    return found
  }

  /// The draws for the same child that were rejected before `request`'s: one a request, each one draw earlier.
  private func rejected(
    before number: Int, for request: RequestID, _ asked: [RequestID: Request], in all: [RejectedDraw]
  ) -> [RejectedDraw] {
    let ids = events[..<(number - 1 - start)].compactMap { event -> RequestID? in
      guard case .rejected(let id, _, _) = event, asked[id] != nil else { return nil }
      return id
    }
    var found: [RejectedDraw] = []
    var earlier = asked[request].map(Self.earlier) ?? 0
    // The journal's rejections at this node and the tree's own list end with the same one.
    for (id, draw) in zip(ids, all.suffix(ids.count)).reversed() where earlier > 0 {
      guard let other = asked[id], !other.isBatch, Self.earlier(other) == earlier - 1 else { continue }
      found.append(draw)
      earlier -= 1
    }
    return found.reversed()
  }

  /// The last `spent` rejected draws but the one that joined, which counts from the end.
  private static func others(than draw: Int, _ spent: Int, in all: [RejectedDraw]) -> [RejectedDraw] {
    let tried = all.suffix(spent)
    return tried.indices.filter { $0 != all.count + draw }.map { tried[$0] }
  }

  private static func earlier(_ request: Request) -> Int {
    if case .propose(_, _, _, let earlier) = request.kind { earlier } else { 0 }
  }
}

extension Request {
  /// True where several children are drawn at once.
  fileprivate var isBatch: Bool { if case .propose(let draws, _, _, _) = kind { draws > 1 } else { false } }
}

extension SimilarityPredicate {
  /// The word for the predicate in `merge.predicate`.
  var name: String {
    switch self {
    case .edit: "edit"
    case .tokens: "tokens"
    case .equations: "equations"
    case .commuted: "commuted"
    case .model: "model"
    }
  }

  /// The least edit distance, or the share from which two options are alike; nil for the predicate without one.
  var threshold: Double? {
    switch self {
    case .edit(let minimum): Double(minimum)
    case .tokens(let share), .model(let share): share
    case .equations, .commuted: nil
    }
  }
}
