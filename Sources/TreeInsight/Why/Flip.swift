import Foundation
import TreeSearch

/// A number that, were it another, would turn a choice round.
public struct Flip: Codable, Hashable, Sendable {
  /// What would have to be another.
  public enum Quantity: String, Codable, Sendable {
    /// c of UCT or c_init of PUCT (`SelectionRule.explorationConstant`).
    case exploration
    /// Q of the winner.
    case winnerValue
    /// Q of the runner-up.
    case runnerUpValue
    /// A critic's weight β in the reward (AlphaLLM, eq. 10).
    case criticWeight
    /// P of the winner, those of its siblings unchanged.
    case winnerPrior
    /// P of the runner-up, those of its siblings unchanged.
    case runnerUpPrior
  }

  /// On which side of ``at`` the choice is another.
  public enum Side: String, Codable, Sendable {
    /// Where the number is greater.
    case above
    /// Where it is less.
    case below
  }

  /// What would have to be another.
  public let quantity: Quantity
  /// The critic whose weight it is.
  public let critic: String?
  /// What it is, ≥ 0.
  public let now: Double
  /// Where two children score the same, ≥ 0.
  public let at: Double
  /// On which side of ``at`` the choice is another.
  public let side: Side
  /// The child that is chosen there.
  public let winner: NodeID

  init(
    _ quantity: Quantity, critic: String? = nil, now: Double, at: Double, _ side: Side, winner: NodeID
  ) {
    self.quantity = quantity
    self.critic = critic
    self.now = now
    self.at = at
    self.side = side
    self.winner = winner
  }

  /// The flip as a sentence about `loser`, the child that is chosen now.
  func sentence(insteadOf loser: NodeID) -> String {
    let (now, at) = (Words.number(now), "\(side.rawValue) \(Words.number(at))")
    return switch quantity {
    case .exploration: "An exploration constant \(at) would choose node \(winner); it is \(now)."
    case .criticWeight: "A weight \(at) of the critic \(critic ?? "") would choose node \(winner); it is \(now)."
    case .winnerValue: "Node \(loser) would lose to node \(winner) with a Q \(at); it is \(now)."
    case .runnerUpValue: "Node \(winner) would win with a Q \(at); it is \(now)."
    case .winnerPrior: "Node \(loser) would lose to node \(winner) with a prior \(at); it is \(now)."
    case .runnerUpPrior: "Node \(winner) would win with a prior \(at); it is \(now)."
    }
  }
}

/// A selection score as a function of the exploration constant: intercept + slope · constant.
struct ScoreLine {
  let intercept, slope: Double

  /// The line of a child below a parent with `parentVisits` backups, simulations under way counted as visits.
  init?(_ child: SelectionCandidate, _ rule: SelectionRule, parentVisits: Int) {
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
    case .contest: return nil
    }
  }

  /// The constant at which this line meets `other`; nil where the lines are parallel.
  func crossing(_ other: ScoreLine) -> Double? {
    slope == other.slope ? nil : (intercept - other.intercept) / (other.slope - slope)
  }
}
