import Foundation
import TreeSearch

/// A selection score as a function of the exploration constant: intercept + slope · constant.
struct ScoreLine {
  let intercept, slope: Double

  /// The line of a child below a parent with `parentVisits` backups, simulations under way counted as visits.
  init(_ child: SelectionCandidate, _ rule: SelectionRule, parentVisits: Int) {
    let visits = child.visits + child.virtualVisits
    let base = child.terms.exploitation + child.terms.process
    switch rule {
    case .uct(let uct):
      // √(ln N / n), with the factor 2 where the rule has it: AlphaLLM, eq. 1.
      slope = (uct.scaledLogarithm(parentVisits: parentVisits) / Double(max(visits, 1))).squareRoot()
      intercept = base
    case .puct(let puct):
      // P·(√N/(1+n))·[ln((N + c_base + 1)/c_base) + c_init]: TS-LLM's code.
      let n = Double(parentVisits)
      slope = (child.terms.prior ?? 0) * n.squareRoot() / Double(1 + visits)
      intercept = base + slope * log((n + puct.base + 1) / puct.base)
    }
  }

  /// The constant at which this line meets `other`; nil where the lines are parallel.
  func crossing(_ other: ScoreLine) -> Double? {
    slope == other.slope ? nil : (intercept - other.intercept) / (other.slope - slope)
  }
}
