/// How far people agree, corrected for chance in the ways that are in use. The page Agreement has the formulas, their sources and
/// when each of them misleads.
package struct AgreementFigures: Sendable, Equatable {
  /// Krippendorff's α, by how far two values lie apart.
  package struct Alpha: Sendable, Equatable {
    package var nominal: Coefficient
    /// Nil for a scale without order, as is ``interval``.
    package var ordinal: Coefficient?
    package var interval: Coefficient?
  }

  /// What can be divided by zero.
  package enum Coefficient: Sendable, Equatable {
    case value(Double)
    /// Everything that was said is the same: there is nothing by which agreement and chance could be told apart.
    case allEqual

    package var value: Double? { if case .value(let value) = self { value } else { nil } }

    /// 1 − `observed` / `expected`.
    init(_ observed: Double, over expected: Double) {
      self = expected > 1e-12 ? .value(1 - observed / expected) : .allEqual
    }
  }

  /// Share p_o of pairs of labels that agree, averaged over units; in [0, 1].
  package var raw: Double
  /// Of the times one person says k, the share in which another does; nil where nobody does.
  package var specific: [Double?]
  /// Cohen's κ; nil of more or fewer than two people, as the next two are.
  package var kappa: Coefficient?
  /// Its standard error, √(p_o(1 − p_o)/n)/(1 − p_e).
  package var kappaError: Double?
  /// κ with squared distances as weights; nil also where values have no order.
  package var weightedKappa: Coefficient?
  package var alpha: Alpha
  /// Gwet's AC1.
  package var ac1: Coefficient
  /// Prevalence- and bias-adjusted κ, (q·p_o − 1)/(q − 1): 2·p_o − 1 of two values.
  package var pabak: Coefficient

  /// The figures of `sums`; nil where no unit has two labels.
  ///
  /// - Parameter used: how many values of the scale are in use: q of AC1 and PABAK. A value that nobody uses anywhere is none
  ///   that could have been agreed on.
  package init?(_ sums: AgreementSums, scale: RatingScale, used: Int, ofTwo: Bool) {
    guard sums.units > 0 else { return nil }
    let n = sums.units
    raw = sums.agreeing / n
    specific = (0..<sums.count).map { sums.possible[$0] > 0 ? sums.same[$0] / sums.possible[$0] : nil }
    alpha = Alpha(sums, numbers: scale.numbers)
    if used > 1 {
      let chance = sums.shares.reduce(0) { $0 + $1 / n * (1 - $1 / n) } / Double(used - 1)
      ac1 = .value((raw - chance) / (1 - chance))
      pabak = .value((Double(used) * raw - 1) / Double(used - 1))
    } else {
      (ac1, pabak) = (.allEqual, .allEqual)
    }
    guard ofTwo else { return }
    let pair = PairTable(sums)
    kappa = Coefficient(1 - raw, over: 1 - pair.chance)
    kappaError = kappa?.value.map { _ in (raw * (1 - raw) / n).squareRoot() / (1 - pair.chance) }
    weightedKappa = scale.numbers.map { numbers in
      pair.coefficient { (numbers[$0] - numbers[$1]) * (numbers[$0] - numbers[$1]) }
    }
  }
}

extension AgreementFigures.Alpha {
  /// α = 1 − D_o/D_e (Krippendorff, 2011), of coincidences.
  fileprivate init(_ sums: AgreementSums, numbers: [Double]?) {
    let q = sums.count
    let totals = (0..<q).map { c in (0..<q).reduce(0) { $0 + sums.coincidences[c * q + $1] } }
    let n = totals.reduce(0, +)
    func alpha(_ distance: (Int, Int) -> Double) -> AgreementFigures.Coefficient {
      var (observed, expected) = (0.0, 0.0)
      for c in 0..<q {
        for k in 0..<q where k != c {
          observed += sums.coincidences[c * q + k] * distance(c, k)
          expected += totals[c] * totals[k] * distance(c, k)
        }
      }
      return AgreementFigures.Coefficient(observed / n, over: expected / (n * (n - 1)))
    }
    nominal = alpha { _, _ in 1 }
    guard let numbers else { return }
    ordinal = alpha { c, k in
      let between = totals[min(c, k)...max(c, k)].reduce(0, +) - (totals[c] + totals[k]) / 2
      return between * between
    }
    interval = alpha { c, k in (numbers[c] - numbers[k]) * (numbers[c] - numbers[k]) }
  }
}

/// What two people say, as a table of q × q.
private struct PairTable {
  private let q: Int
  private let cells: [Double]
  private let rows: [Double]
  private let columns: [Double]

  init(_ sums: AgreementSums) {
    let (q, n) = (sums.count, max(1, sums.confusion.reduce(0, +)))
    let cells = sums.confusion.map { $0 / n }
    (self.q, self.cells) = (q, cells)
    rows = (0..<q).map { c in (0..<q).reduce(0) { $0 + cells[c * q + $1] } }
    columns = (0..<q).map { k in (0..<q).reduce(0) { $0 + cells[$1 * q + k] } }
  }

  /// Agreement p_e of two who say what they say at random.
  var chance: Double { (0..<q).reduce(0) { $0 + rows[$1] * columns[$1] } }

  /// 1 − Σw·o / Σw·e.
  func coefficient(_ weight: (Int, Int) -> Double) -> AgreementFigures.Coefficient {
    var (observed, expected) = (0.0, 0.0)
    for c in 0..<q {
      for k in 0..<q {
        observed += weight(c, k) * cells[c * q + k]
        expected += weight(c, k) * rows[c] * columns[k]
      }
    }
    return AgreementFigures.Coefficient(observed, over: expected)
  }
}
