import Foundation

/// LiteSearch's width: min(⌈ln(1−ε) / (d·ln(1−v))⌉, B): more children where the value v is low and the depth d small.
///
/// Depth counts from 1 at the root, where the formula would divide by zero; a value of 0 asks for B, one of 1 for one.
public struct ValueDepthWidth: Sendable, Equatable {
  /// Expected accuracy ε in (0, 1).
  public let confidence: Double
  /// B, ≥ 1.
  public let most: Int

  /// The rule that `parameters` ask for.
  public init(_ parameters: SearchParameters) {
    confidence = parameters.number(SearchParameters.liteConfidence)
    most = parameters.integer(SearchParameters.fixedWidth)
  }

  /// Children allowed at a node of value `value` in [0, 1]. Complexity: O(1).
  public func allowance(value: Double, depth: Int) -> Allowance {
    let rate = Double(depth + 1) * log1p(-min(max(value, 0), 1))
    let wanted = rate == 0 ? Double.infinity : log1p(-confidence) / rate
    return Allowance(wanted: Int(min(wanted.rounded(.up), 1e9)), bounds: 1...most, term: "value and depth")
  }
}
