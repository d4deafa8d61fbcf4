/// Adaptive branching: n(s) = max(c_min(t), min(⌊α·I(s)⌋ + 1, c_max(t))) with α = 1/ε (AlphaLLM, section 4.3.2).
public struct ImportanceWidth: Sendable, Equatable {
  /// Branching tolerance ε: α·I = I/ε for values in [0, 1].
  public let tolerance: Double
  /// c_min and c_max at the root.
  public let root: ClosedRange<Int>
  /// c_min and c_max below the root.
  public let below: ClosedRange<Int>

  /// What the rule allows at one node, and which term decided it.
  public struct Allowance: Equatable, Sendable {
    /// Children allowed.
    public let children: Int
    /// ⌊α·I⌋ + 1 before the bounds.
    public let wanted: Int
    /// The bounds c_min(t)…c_max(t).
    public let bounds: ClosedRange<Int>
    /// The term that bit: `c_min`, `importance` or `c_max`.
    public var decidedBy: String {
      wanted < bounds.lowerBound ? "c_min" : wanted > bounds.upperBound ? "c_max" : "importance"
    }
  }

  /// The rule that `parameters` ask for; a maximum below its minimum counts as the minimum.
  public init(_ parameters: SearchParameters) {
    func bounds(_ least: Parameter, _ most: Parameter) -> ClosedRange<Int> {
      let low = parameters.integer(least)
      return low...max(low, parameters.integer(most))
    }
    tolerance = parameters.number(SearchParameters.importanceTolerance)
    root = bounds(SearchParameters.rootMinimumWidth, SearchParameters.rootMaximumWidth)
    below = bounds(SearchParameters.minimumWidth, SearchParameters.maximumWidth)
  }

  /// Children allowed at `depth` for importance `importance` ≥ 0. Complexity: O(1).
  @inline(__always)
  public func allowance(importance: Double, depth: Int) -> Allowance {
    let wanted = Int(min(importance / tolerance, 1e9)) + 1
    let bounds = depth == 0 ? root : below
    return Allowance(children: min(max(wanted, bounds.lowerBound), bounds.upperBound), wanted: wanted, bounds: bounds)
  }
}
