import Vocabulary

/// Figures of agreement with their intervals, and whether they may be relied on.
package struct AgreementEstimate: Sendable {
  /// Fewer doubly labelled units than this say nothing firm.
  package static let leastUnits = 20
  /// From this share of one value on, κ and α say more about the share than about the people.
  package static let skewed = 0.8
  /// Resamples of a bootstrap.
  package static let draws = 1000

  /// The 95 % interval of a figure.
  package typealias Interval = ClosedRange<Double>

  /// Intervals of a bootstrap over problems, by the figure's name in `--json`. One that more than a tenth of the resamples leave
  /// undefined has none.
  package let intervals: [String: Interval]
  /// Nil where nothing was labelled twice.
  package let figures: AgreementFigures?
  /// Units labelled at all, and twice or more.
  package let units: Int
  package let doublyLabelled: Int
  /// Problems of the doubly labelled units.
  package let problems: Int
  /// Labels of the doubly labelled units by value.
  package let labels: [Int]

  /// True where the figures are of too few units to be read.
  package var isTooFew: Bool { doublyLabelled < Self.leastUnits }

  /// The value that most labels state, and its share, where that is so great that coefficients mislead.
  package var skew: (value: Int, share: Double)? {
    let total = labels.reduce(0, +)
    guard total > 0, let most = labels.indices.max(by: { labels[$0] < labels[$1] }) else { return nil }
    let share = Double(labels[most]) / Double(total)
    return share >= Self.skewed ? (most, share) : nil
  }

  /// How far the people of `table` agree.
  ///
  /// Problems are drawn, not units: the steps of one solution are not independent of each other.
  /// - Parameter pair: the numbers of two people where the figures are to be of them alone.
  /// - Parameter used: values in use; counted in `table` unless given.
  /// Complexity: O(labels + draws × problems).
  package init(
    _ table: RatingTable, pair: (Int, Int)? = nil, used: Int? = nil, draws: Int = Self.draws, seed: UInt64 = 20_241_129
  ) {
    let used = used ?? table.used
    let table = pair.map { table.of(pair: $0) } ?? table
    let active = table.active
    let two = pair ?? (active.count == 2 ? (active[0], active[1]) : nil)
    let sums = AgreementSums.byProblem(table, pair: two)
    func figures(_ sums: AgreementSums) -> AgreementFigures? {
      AgreementFigures(sums, scale: table.scale, used: used, ofTwo: two != nil)
    }
    let none = AgreementSums(count: table.scale.count)
    let whole = sums.reduce(into: none) { $0 += $1 }
    self.figures = figures(whole)
    units = table.units.count
    doublyLabelled = Int(whole.units)
    problems = sums.count
    labels = whole.labels.map { Int($0) }
    var found: [String: [Double]] = [:]
    var generator = SplitMix(seed: seed)
    for _ in 0..<(sums.count > 1 ? draws : 0) {
      var drawn = none
      for _ in sums { drawn += sums[generator.below(sums.count)] }
      for (name, value) in figures(drawn)?.named(table.scale) ?? [] where value != nil {
        found[name, default: []].append(value ?? 0)
      }
    }
    intervals = found.compactMapValues { values in
      guard Double(values.count) >= 0.9 * Double(draws) else { return nil }
      let sorted = values.sorted()
      return sorted[
        Int(Double(sorted.count) * 0.025)]...sorted[min(sorted.count - 1, Int(Double(sorted.count) * 0.975))]
    }
  }
}

extension RatingTable {
  /// How many values of the scale somebody uses.
  package var used: Int { Set(units.lazy.flatMap { $0.ratings.map(\.value) }).count }
}

extension AgreementFigures {
  /// Every figure by its name in `--json`.
  package func named(_ scale: RatingScale) -> [(name: String, value: Double?)] {
    [
      ("raw", raw), ("kappa", kappa?.value), ("weightedKappa", weightedKappa?.value),
      ("alphaNominal", alpha.nominal.value),
      ("alphaOrdinal", alpha.ordinal?.value), ("alphaInterval", alpha.interval?.value), ("ac1", ac1.value),
      ("pabak", pabak.value),
    ] + zip(scale.names, specific).map { ("specific.\($0)", $1) }
  }
}
