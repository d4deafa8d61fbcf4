import Foundation

/// Adaptive branching: n(s) = max(c_min(t), min(⌊α·I(s)⌋ + 1, c_max(t))) with α = 1/ε and
/// I(s) = max over children of |v(child) − v(s)| (AlphaLLM, section 4.3.2).
package struct ImportanceWidth: WidthFormula {
  package static let name = "importance"
  package static let parameters = [
    SearchParameters.importanceTolerance.parameter, SearchParameters.rootMinimumWidth.parameter,
    SearchParameters.rootMaximumWidth.parameter, SearchParameters.minimumWidth.parameter,
    SearchParameters.maximumWidth.parameter, SearchParameters.criticSignal.parameter,
  ]
  package var rule: WidthRule { .importance(self) }

  /// Branching tolerance ε: α·I = I/ε for values in [0, 1].
  package let tolerance: Double
  /// c_min and c_max by depth.
  package let bounds: DepthBounds

  /// The rule that `parameters` ask for.
  package init(_ parameters: SearchParameters) {
    tolerance = parameters[SearchParameters.importanceTolerance]
    bounds = DepthBounds(parameters)
  }

  @inline(__always)
  package func allowance(_ node: WidthInput) -> Allowance { allowance(importance: node.importance, depth: node.depth) }

  /// Children allowed at `depth` for importance `importance` ≥ 0. Complexity: O(1).
  @inline(__always)
  func allowance(importance: Double, depth: Int) -> Allowance {
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

  package func words(at node: NodeID, wanted: Int, in tree: SearchTree) -> WidthWords {
    let importance = tree[node].importance
    let child = Self.farthest(from: node, in: tree)
    let source = child.map { "|v(\($0)) - v(\(node))|" } ?? "no child is evaluated"
    return WidthWords(
      words: "importance \(WidthWords.number(importance)) (\(source)), "
        + "floor(I / \(WidthWords.number(tolerance))) + 1 = \(wanted)",
      importance: importance, child: child, tolerance: tolerance)
  }

  /// The oldest open child whose value makes the importance of `parent`: max |v(child) − v(s)|.
  private static func farthest(from parent: NodeID, in tree: SearchTree) -> NodeID? {
    guard let value = tree[parent].value else { return nil }
    return tree.children(of: parent).first { child in
      let node = tree[child]
      guard node.isOpen, let own = node.value else { return false }
      return abs(own - value) == tree[parent].importance
    }
  }
}

/// c_min(t) and c_max(t): one pair at the root, one below (AlphaLLM, table 5), neither more than what the critics can tell apart.
package struct DepthBounds: Sendable, Equatable {
  /// Bounds at the root.
  package let root: ClosedRange<Int>
  /// Bounds below the root.
  package let below: ClosedRange<Int>

  /// The bounds that `parameters` ask for; a maximum below its minimum counts as the minimum.
  init(_ parameters: SearchParameters) {
    let signal = parameters[SearchParameters.criticSignal]
    let cap = signal > 0 ? Int(min(exp(signal * signal), 1e9)) : .max
    func bounds(_ least: ParameterKey<Int>, _ most: ParameterKey<Int>) -> ClosedRange<Int> {
      let low = min(parameters[least], cap)
      return low...min(max(low, parameters[most]), cap)
    }
    root = bounds(SearchParameters.rootMinimumWidth, SearchParameters.rootMaximumWidth)
    below = bounds(SearchParameters.minimumWidth, SearchParameters.maximumWidth)
  }

  @inline(__always)
  func at(_ depth: Int) -> ClosedRange<Int> { depth == 0 ? root : below }
}

extension SearchParameters {
  /// `width.tolerance`.
  public static let importanceTolerance = ParameterKey<Double>(
    "width.tolerance", 0.001...10, default: 0.1,
    help: "Branching tolerance ε; the importance scale is α = 1/ε for scores in [0, 1].",
    citation: "AlphaLLM, section 4.3.2")
  /// `width.root.minimum`.
  public static let rootMinimumWidth = ParameterKey<Int>(
    "width.root.minimum", 1...1000, default: 10,
    help: "Least number of children of the root, c_min(0).", citation: "AlphaLLM, table 5")
  /// `width.root.maximum`.
  public static let rootMaximumWidth = ParameterKey<Int>(
    "width.root.maximum", 1...1000, default: 60,
    help: "Greatest number of children of the root, c_max(0).", citation: "AlphaLLM, table 5")
  /// `width.minimum`.
  public static let minimumWidth = ParameterKey<Int>(
    "width.minimum", 1...1000, default: 2,
    help: "Least number of children below the root, c_min(t).", citation: "AlphaLLM, table 5")
  /// `width.maximum`.
  public static let maximumWidth = ParameterKey<Int>(
    "width.maximum", 1...1000, default: 10,
    help: "Greatest number of children below the root, c_max(t).", citation: "AlphaLLM, table 5")
  /// `width.signal`.
  public static let criticSignal = ParameterKey<Double>(
    "width.signal", 0...10, default: 0,
    help:
      "The critics' gap between right and wrong in units of their noise, as evaluate prints it: no node gets more than exp of its square "
      + "children; 0 sets no such cap.",
    citation: "arXiv 2603.15377")
}
