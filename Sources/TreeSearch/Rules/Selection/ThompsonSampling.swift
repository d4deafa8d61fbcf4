import Foundation
import Vocabulary

/// Wider or deeper by Thompson sampling (AB-MCTS-A with beta posteriors): at every node a number is drawn for what a new child would be
/// worth and one for what going on below the children would; the greater wins. Then one is drawn for each child.
///
/// Each posterior is Beta(a + Σr, a + Σ(1 − r)): for a new child over the rewards of the children there; for going on, and for each
/// child, over all that was backed up there. The draws come from the run's seed, the node and its visits.
struct ThompsonSampling: ContestFormula {
  static let name = "thompson"
  static let parameters = [SearchParameters.thompsonPrior.parameter]

  private let prior: Double

  init(_ parameters: SearchParameters) { prior = parameters[SearchParameters.thompsonPrior] }

  var words: String { "mean of Beta(a + W, a + n - W) + (a draw from it - that mean)" }

  func contest(at parent: NodeID, among children: [NodeID], mayAdd: Bool, in search: Search) -> Contest? {
    let tree = search.tree
    let turn = SplitMix.seed(SplitMix.seed(tree.header.seed ^ 0x7468_6F6D_7073, parent.offset), tree[parent].visits)
    let standings = children.map(search.standing)
    let entries = children.indices.map { at in
      let (visits, sum, mean) = standings[at]
      // Before its first backup a child counts with what first-play urgency says of it.
      let (n, w) = visits > 0 ? (Double(visits), sum) : (1, mean)
      return Contest.Entry(node: children[at], terms: terms(n, w, SplitMix.seed(turn, 2 + at)))
    }
    guard mayAdd else { return Contest(entries: entries) }
    let rewards = children.compactMap { tree[$0].reward }
    let underWay = search.rules.workers > 1 ? tree.childrenUnderWay(at: parent) : 0
    let new = terms(Double(rewards.count + underWay), rewards.reduce(0, +), SplitMix.seed(turn, 0))
    let visits = standings.reduce(0) { $0 + max(1, $1.visits) }
    let sum = standings.reduce(0) { $0 + ($1.visits > 0 ? $1.sum : $1.mean) }
    let on = terms(Double(visits), sum, SplitMix.seed(turn, 1))
    return Contest(
      entries: entries,
      newChild: Contest.NewChild(
        terms: new, bar: on.total, words: "draws for a new child and for going on below the \(children.count) there"))
  }

  /// The terms of an arm with `sum` of rewards over `visits`, drawn from `seed`.
  private func terms(_ visits: Double, _ sum: Double, _ seed: UInt64) -> SelectionTerms {
    let (a, b) = (prior + max(0, sum), prior + max(0, visits - sum))
    let mean = a / (a + b)
    return SelectionTerms(exploitation: mean, exploration: Self.draw(a, b, seed) - mean)
  }

  /// A number from Beta(a, b), a and b > 0, that the seed determines.
  static func draw(_ a: Double, _ b: Double, _ seed: UInt64) -> Double {
    var random = SplitMix(seed: seed)
    let (x, y) = (gamma(a, &random), gamma(b, &random))
    return x + y > 0 ? x / (x + y) : a / (a + b)
  }

  /// A number from Gamma(shape, 1) (Marsaglia and Tsang, 2000).
  private static func gamma(_ shape: Double, _ random: inout SplitMix) -> Double {
    if shape < 1 {
      let boost = pow(max(random.unit(), 0x1p-54), 1 / shape)
      return gamma(shape + 1, &random) * boost
    }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let (u, v) = (max(random.unit(), 0x1p-54), random.unit())
      let normal = (-2 * log(u)).squareRoot() * cos(2 * .pi * v)
      let cube = pow(1 + c * normal, 3)
      guard cube > 0 else { continue }
      if log(max(random.unit(), 0x1p-54)) < 0.5 * normal * normal + d - d * cube + d * log(cube) { return d * cube }
    }
  }
}

extension SearchParameters {
  /// `selection.thompson.prior`.
  public static let thompsonPrior = ParameterKey<Double>(
    "selection.thompson.prior", 0.01...100, default: 0.5,
    help: "a: the beta prior's two parameters under the rule thompson.", citation: "AB-MCTS (Inoue et al., 2025)")
}
