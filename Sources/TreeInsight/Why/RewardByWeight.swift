import TreeSearch

/// The reward of a node as a function of one critic's weight β: (a + s·β) / (b + β), constant where the critic says
/// nothing (AlphaLLM, eq. 10, normalised).
struct RewardByWeight {
  /// Numerator and denominator as polynomials of degree 1: the constant first.
  private var numerator, denominator: (Double, Double)

  /// The reward of `node` by the weight of the critic with number `critic` in the header.
  init(of node: NodeID, critic: Int, in tree: SearchTree) {
    numerator = (0, 0)
    denominator = (0, 0)
    for (other, weight) in tree.weights.enumerated() {
      guard let score = tree.countedScore(other, of: node) else { continue }
      if other == critic {
        numerator.1 = score
        denominator.1 = 1
      } else {
        numerator.0 += weight * score
        denominator.0 += weight
      }
    }
    // Where every critic abstains, the reward is a coin's.
    if denominator == (0, 0) { (numerator, denominator) = ((0.5, 0), (1, 0)) }
  }

  /// The weights ≥ 0 at which this reward plus `lead` passes through `other`.
  func crossings(_ other: RewardByWeight, lead: Double) -> [Double] {
    let (n, d, m, e) = (numerator, denominator, other.numerator, other.denominator)
    // n/d + lead = m/e, multiplied out: k₂β² + k₁β + k₀ = 0.
    let k2 = n.1 * e.1 - m.1 * d.1 + lead * d.1 * e.1
    let k1 = n.0 * e.1 + n.1 * e.0 - m.0 * d.1 - m.1 * d.0 + lead * (d.0 * e.1 + d.1 * e.0)
    let k0 = n.0 * e.0 - m.0 * d.0 + lead * d.0 * e.0
    return Self.simpleRoots(k2, k1, k0).filter { $0 >= 0 && d.0 + d.1 * $0 > 0 && e.0 + e.1 * $0 > 0 }
  }

  /// Roots at which the polynomial changes its sign; coefficients no greater than rounding leaves them count as 0.
  private static func simpleRoots(_ k2: Double, _ k1: Double, _ k0: Double) -> [Double] {
    let least = 1e-12
    guard abs(k2) > least else { return abs(k1) > least ? [-k0 / k1] : [] }
    let discriminant = k1 * k1 - 4 * k2 * k0
    guard discriminant > least * least else { return [] }
    // The stable form: no difference of nearly equal numbers.
    let q = -(k1 + (k1 < 0 ? -1 : 1) * discriminant.squareRoot()) / 2
    return [q / k2, q == 0 ? 0 : k0 / q]
  }
}
