import Foundation
import Vocabulary

/// Sequential halving at the root with Gumbel draws (Danihelka et al., 2022): so many first steps are drawn, and the simulations are
/// spread evenly over them, then over the better half, and so on until two are left. Below the root, UCT.
///
/// A child's score is g + ln P + (c_visit + max N)·c_scale·q: g a Gumbel number of its own, q its Q between the least and the greatest
/// of the children's. The next visit goes to the best of those that have the number of visits whose turn it is, which follows from how
/// many simulations there are and have been, so that nothing has to be remembered.
struct SequentialHalving: ContestFormula {
  static let name = "halving"
  static let parameters = [
    SearchParameters.halvingActions.parameter, SearchParameters.halvingScale.parameter,
    SearchParameters.halvingVisits.parameter, SearchParameters.halvingGumbel.parameter,
  ]

  private let actions: Int
  private let scale, visits, gumbel: Double

  init(_ parameters: SearchParameters) {
    actions = parameters[SearchParameters.halvingActions]
    scale = parameters[SearchParameters.halvingScale]
    visits = parameters[SearchParameters.halvingVisits]
    gumbel = parameters[SearchParameters.halvingGumbel]
  }

  var words: String { "(c_visit + max N) c_scale q + (g + ln P)" }

  func contest(at parent: NodeID, among children: [NodeID], mayAdd: Bool, in search: Search) -> Contest? {
    guard parent == .root else { return nil }
    let (tree, budget) = (search.tree, search.tree.simulations + search.tree.simulationsLeft)
    let wanted = min(actions, max(2, budget / 2))
    let standings = children.map(search.standing)
    let (low, high) = (standings.map(\.mean).min() ?? 0, standings.map(\.mean).max() ?? 0)
    let sigma = (visits + Double(standings.map(\.visits).max() ?? 0)) * scale
    let priors = children.reduce(0) { $0 + Double(tree[$1].priorWeight) }
    let considered = Self.considered(after: standings.reduce(0) { $0 + $1.visits }, of: budget, among: children.count)
    // Where several backups come of one simulation, counts jump: then the most visited that are not beyond their turn are next.
    let due = standings.map(\.visits).filter { $0 <= considered }.max() ?? standings.map(\.visits).min()
    let entries = zip(children, standings).map { child, standing in
      let q = high > low ? (standing.mean - low) / (high - low) : 0
      let prior = max(1e-9, Double(tree[child].priorWeight) / max(1e-9, priors))
      let terms = SelectionTerms(
        exploitation: sigma * q, exploration: gumbel * Self.draw(tree.header.seed, child) + log(prior), prior: prior)
      return Contest.Entry(node: child, terms: terms, isOut: standing.visits != due)
    }
    guard mayAdd, children.count < wanted else { return Contest(entries: entries) }
    return Contest(
      entries: entries,
      newChild: Contest.NewChild(
        terms: nil, bar: 0, words: "has \(children.count) of the \(wanted) first steps among which the budget is halved"
      ))
  }

  /// The visits that a child has whose turn it is after `made` visits of `budget`, among so many children: each phase gives every
  /// survivor max(1, ⌊budget / (⌈log₂ m⌉ · survivors)⌋) more; then half of them survive, never fewer than two.
  static func considered(after made: Int, of budget: Int, among children: Int) -> Int {
    guard children > 1 else { return made }
    let phases = Int(log2(Double(children)).rounded(.up))
    var (survivors, done, begun) = (children, 0, 0)
    while survivors > 2 {
      let extra = max(1, budget / (phases * survivors))
      if made < begun + extra * survivors { break }
      begun += extra * survivors
      done += extra
      survivors = max(2, survivors / 2)
    }
    return done + (made - begun) / survivors
  }

  /// A Gumbel number of the child's own.
  static func draw(_ seed: UInt64, _ child: NodeID) -> Double {
    var random = SplitMix(seed: seed ^ 0x6775_6D62_656C, index: child.offset)
    return -log(-log(max(random.unit(), 0x1p-54)))
  }
}

extension SearchParameters {
  /// `selection.halving.actions`.
  public static let halvingActions = ParameterKey<Int>(
    "selection.halving.actions", 2...1000, default: 16,
    help: "First steps that sequential halving draws, half of the simulations at most.",
    citation: "Danihelka et al., 2022")
  /// `selection.halving.scale`.
  public static let halvingScale = ParameterKey<Double>(
    "selection.halving.scale", 0...100, default: 0.1,
    help: "c_scale: what Q weighs beside a child's Gumbel number and prior.", citation: "Danihelka et al., 2022; mctx")
  /// `selection.halving.visits`.
  public static let halvingVisits = ParameterKey<Double>(
    "selection.halving.visits", 0...100_000, default: 50,
    help: "c_visit: visits that Q weighs as much as from the beginning.", citation: "Danihelka et al., 2022; mctx")
  /// `selection.halving.gumbel`.
  public static let halvingGumbel = ParameterKey<Double>(
    "selection.halving.gumbel", 0...10, default: 1,
    help: "What a child's Gumbel number is multiplied by; 0 makes the choice a matter of P and Q alone.",
    citation: "Danihelka et al., 2022; mctx")
}
