import Foundation

/// LiteSearch's width: min(⌈ln(1−ε) / (d·ln(1−v))⌉, B): more children where the value v is low and the depth d small.
///
/// Depth counts from 1 at the root, where the formula would divide by zero; a value of 0 asks for B, one of 1 for one.
package struct ValueDepthWidth: WidthFormula {
  package static let name = "valueDepth"
  package static let parameters = [SearchParameters.liteConfidence.parameter]
  package var rule: WidthRule { .valueDepth(self) }

  /// Expected accuracy ε in (0, 1).
  package let confidence: Double
  /// B, ≥ 1.
  package let most: Int

  /// The rule that `parameters` ask for.
  package init(_ parameters: SearchParameters) {
    confidence = parameters[SearchParameters.liteConfidence]
    most = parameters[SearchParameters.fixedWidth]
  }

  package func allowance(_ node: WidthInput) -> Allowance { allowance(value: node.value ?? 0, depth: node.depth) }

  /// Children allowed at a node of value `value` in [0, 1]. Complexity: O(1).
  func allowance(value: Double, depth: Int) -> Allowance {
    let rate = Double(depth + 1) * log1p(-min(max(value, 0), 1))
    let wanted = rate == 0 ? Double.infinity : log1p(-confidence) / rate
    return Allowance(wanted: Int(min(wanted.rounded(.up), 1e9)), bounds: 1...most, term: "value and depth")
  }

  package func words(at node: NodeID, wanted: Int, in tree: SearchTree) -> WidthWords {
    let (value, depth) = (tree[node].value, tree[node].depth)
    return WidthWords(
      words: "v = \(WidthWords.number(value ?? 0)) at depth \(depth + 1), "
        + "ceil(ln(1 - \(WidthWords.number(confidence))) / (d ln(1 - v))) = \(wanted)",
      value: value)
  }
}

extension SearchParameters {
  /// `width.confidence`.
  public static let liteConfidence = ParameterKey<Double>(
    "width.confidence", 0.01...0.9999, default: 0.9,
    help: "Expected accuracy ε of the rule valueDepth: min(⌈ln(1−ε) / (d·ln(1−v))⌉, width.fixed).",
    citation: "LiteSearch, section 3")
}
