/// The width of AlphaLLM's code: min(⌊α·I⌋, c_max), at least c_min, where I = max over children of |Q − mean Q of the
/// children|, and a width once reached is kept.
///
/// The tree keeps the greatest I so far as the node's importance, so the width never shrinks.
public struct SiblingMeanWidth: Sendable, Equatable {
  /// Branching tolerance ε = 1/α.
  public let tolerance: Double
  /// c_min and c_max by depth.
  public let bounds: DepthBounds

  /// The rule that `parameters` ask for.
  public init(_ parameters: SearchParameters) {
    tolerance = parameters.number(SearchParameters.importanceTolerance)
    bounds = DepthBounds(parameters)
  }

  /// Children allowed at `depth`. Complexity: O(1).
  public func allowance(importance: Double, depth: Int) -> Allowance {
    Allowance(wanted: Int(min(importance / tolerance, 1e9)), bounds: bounds.at(depth), term: "importance")
  }
}
