import Vocabulary

/// Something that lets no new simulation begin. Limits are chained: the first that speaks is the reason.
public protocol Limit: Sendable {
  /// Why no new simulation may begin; nil while one may. Complexity: O(1), amortised.
  func reason(_ tree: borrowing SearchTree) -> StopReason?
}

/// The limits that a run's parameters ask for. Seconds are not among them: the engine has no clock.
public struct Limits: Sendable {
  private let chain: [any Limit]

  /// The limits that `parameters` ask for.
  public init(_ parameters: SearchParameters) {
    var chain = TokenLimit.all(parameters)
    if let nodes = NodeLimit(parameters) { chain.append(nodes) }
    if let settled = SettledLimit(parameters) { chain.append(settled) }
    self.chain = chain + [SimulationLimit(parameters)]
  }

  /// The first reason found.
  public func reason(_ tree: borrowing SearchTree) -> StopReason? {
    for limit in chain { if let reason = limit.reason(tree) { return reason } }
    return nil
  }
}
