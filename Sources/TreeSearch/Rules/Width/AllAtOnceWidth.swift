/// All children in one expansion, on the node's second visit; the root has them from the first (TS-LLM).
public struct AllAtOnceWidth: Sendable, Equatable {
  /// Draws of one expansion, ≥ 1 (TS-LLM's max_action).
  public let children: Int

  /// The rule that `parameters` ask for.
  public init(_ parameters: SearchParameters) { children = parameters.integer(SearchParameters.fixedWidth) }

  /// None before the first backup through the node, then all.
  public func allowance(visits: Int, depth: Int) -> Allowance {
    let wanted = visits > 0 || depth == 0 ? children : 0
    return Allowance(wanted: wanted, bounds: 0...children, term: "second visit")
  }
}
