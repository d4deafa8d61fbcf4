import Foundation
import Vocabulary

/// Selection that knows how much of the budget is left (BG-MCTS): at first wide, at the end towards answers.
///
/// With ρ = 1 − used/budget a child scores Q + κ(1 − ρ)·d + c·ρ·P·√(ln N / n): d is the mean depth of the nodes of its branch, those
/// that state an answer counting as 0, in units of the answers' mean depth; P the softmax of the siblings' Q. A new child scores the
/// mean of the children's Q plus λρ times their variance; a node has two children before any competes.
struct BudgetGuided: ContestFormula {
  static let name = "budget"
  static let parameters = [SearchParameters.budgetDepth.parameter, SearchParameters.budgetVariance.parameter]
  static let thirdTerm = "depth"

  private let exploration, depth, variance: Double

  init(_ parameters: SearchParameters) {
    exploration = parameters[SearchParameters.explorationConstant]
    depth = parameters[SearchParameters.budgetDepth]
    variance = parameters[SearchParameters.budgetVariance]
  }

  var words: String { "Q + c r P sqrt(ln N / n) + k (1-r) d, r the share of the budget that is left" }

  func contest(at parent: NodeID, among children: [NodeID], mayAdd: Bool, in search: Search) -> Contest? {
    let tree = search.tree
    let left = Self.shareLeft(tree)
    let node = tree[parent]
    let standings = children.map(search.standing)
    let weights = standings.map { exp($0.mean) }
    let total = weights.reduce(0, +)
    let logarithm = log(Double(max(1, node.visits + search.virtualVisits(node))))
    let unit = Self.answerDepth(tree)
    let entries = children.indices.map { at in
      let prior = weights[at] / total
      let bonus = exploration * left * prior * (logarithm / Double(max(1, standings[at].visits))).squareRoot()
      let deeper = depth * (1 - left) * Self.meanDepth(below: children[at], in: tree) / unit
      return Contest.Entry(
        node: children[at],
        terms: SelectionTerms(exploitation: standings[at].mean, exploration: bonus, process: deeper, prior: prior))
    }
    guard mayAdd else { return Contest(entries: entries) }
    let best = entries.map(\.terms.total).max() ?? 0
    return Contest(entries: entries, newChild: newChild(standings.map(\.mean), left, bar: best))
  }

  private func newChild(_ means: [Double], _ left: Double, bar: Double) -> Contest.NewChild {
    if means.count < 2 { return Contest.NewChild(terms: nil, bar: bar, words: "has fewer than two children") }
    let mean = means.reduce(0, +) / Double(means.count)
    let spread = means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(means.count)
    let share = "\(Int((left * 100).rounded())) % of the budget left"
    return Contest.NewChild(
      terms: SelectionTerms(exploitation: mean, exploration: variance * left * spread), bar: bar,
      words: "compares a new child with the best of \(means.count), \(share)")
  }

  /// ρ: the share of the token limit, where there is one, else of the simulations, that is left; in [0, 1].
  static func shareLeft(_ tree: SearchTree) -> Double {
    let tokens = tree.parameters[SearchParameters.tokenLimit]
    let used =
      tokens > 0
      ? Double(tree.usage.generated) / Double(tokens)
      : Double(tree.simulations) / Double(tree.parameters[SearchParameters.simulationLimit])
    return max(0, 1 - used)
  }

  /// The mean depth of the nodes that state an answer; before any does, of the deepest node, at least 1. O(nodes).
  private static func answerDepth(_ tree: SearchTree) -> Double {
    var (sum, count, deepest) = (0, 0, 1)
    for node in tree.nodes where node.isOpen {
      deepest = max(deepest, Int(node.depth))
      guard node.terminal == .answer else { continue }
      (sum, count) = (sum + Int(node.depth), count + 1)
    }
    return count > 0 ? max(1, Double(sum) / Double(count)) : Double(deepest)
  }

  /// The mean depth of the open nodes of a branch; one that states an answer counts as 0. O(branch).
  private static func meanDepth(below top: NodeID, in tree: SearchTree) -> Double {
    var (sum, count, stack) = (0, 0, [top])
    while let at = stack.popLast() {
      let node = tree[at]
      guard node.isOpen else { continue }
      sum += node.terminal == .answer ? 0 : Int(node.depth)
      count += 1
      stack += tree.children(of: at)
    }
    return count > 0 ? Double(sum) / Double(count) : 0
  }
}

extension SearchParameters {
  /// `selection.budget.depth`.
  public static let budgetDepth = ParameterKey<Double>(
    "selection.budget.depth", 0...100, default: 1,
    help: "κ: how much depth counts once the budget is used up, under the rule budget.", citation: "BG-MCTS")
  /// `selection.budget.variance`.
  public static let budgetVariance = ParameterKey<Double>(
    "selection.budget.variance", 0...100, default: 1,
    help:
      "λ: how much a new child gains by the variance of those there while the budget is full, under the rule budget.",
    citation: "BG-MCTS")
}
