/// Adaptive branching: n(s) = max(c_min(t), min(⌊α·I(s)⌋ + 1, c_max(t))) with α = 1/ε and
/// I(s) = max over children of |v(child) − v(s)| (AlphaLLM, section 4.3.2).
public struct ImportanceWidth: Sendable, Equatable {
  /// Branching tolerance ε: α·I = I/ε for values in [0, 1].
  public let tolerance: Double
  /// c_min and c_max by depth.
  public let bounds: DepthBounds

  /// The rule that `parameters` ask for.
  public init(_ parameters: SearchParameters) {
    tolerance = parameters.number(SearchParameters.importanceTolerance)
    bounds = DepthBounds(parameters)
  }

  /// Children allowed at `depth` for importance `importance` ≥ 0. Complexity: O(1).
  @inline(__always)
  public func allowance(importance: Double, depth: Int) -> Allowance {
    Allowance(wanted: Int(min(importance / tolerance, 1e9)) + 1, bounds: bounds.at(depth), term: "importance")
  }

  /// True where more than `count` children are allowed: what ``allowance(importance:depth:)`` says, without its division
  /// unless the answer hangs by its last bits.
  @inline(__always)
  func allowsMore(than count: Int, importance: Double, depth: Int) -> Bool {
    let bounds = bounds.at(depth)
    if count < bounds.lowerBound { return true }
    if count >= bounds.upperBound { return false }
    let excess = importance - Double(count) * tolerance
    if excess > 1e-9 { return true }
    if excess < -1e-9 { return false }
    return count < allowance(importance: importance, depth: depth).children
  }
}

/// c_min(t) and c_max(t): one pair at the root, one below (AlphaLLM, table 5).
public struct DepthBounds: Sendable, Equatable {
  /// Bounds at the root.
  public let root: ClosedRange<Int>
  /// Bounds below the root.
  public let below: ClosedRange<Int>

  /// The bounds that `parameters` ask for; a maximum below its minimum counts as the minimum.
  init(_ parameters: SearchParameters) {
    func bounds(_ least: Parameter, _ most: Parameter) -> ClosedRange<Int> {
      let low = parameters.integer(least)
      return low...max(low, parameters.integer(most))
    }
    root = bounds(SearchParameters.rootMinimumWidth, SearchParameters.rootMaximumWidth)
    below = bounds(SearchParameters.minimumWidth, SearchParameters.maximumWidth)
  }

  @inline(__always)
  func at(_ depth: Int) -> ClosedRange<Int> { depth == 0 ? root : below }
}
