/// What every figure of agreement is made of, as sums over units: tables of parts add up to the table of the whole, so that a
/// bootstrap draws problems and never looks at a label again.
///
/// Units with fewer than two labels compare nobody and count nowhere.
package struct AgreementSums: Sendable {
  /// Number of values q of the scale.
  package let count: Int
  /// Units n with two labels or more.
  package private(set) var units = 0.0
  /// Σ over units of the share of pairs of people who agree.
  package private(set) var agreeing = 0.0
  /// Σ over units of the share of the labels that say k.
  package private(set) var shares: [Double]
  /// Labels that say k.
  package private(set) var labels: [Double]
  /// Ordered pairs of labels that both say k.
  package private(set) var same: [Double]
  /// Ordered pairs of labels of which the first says k.
  package private(set) var possible: [Double]
  /// Krippendorff's coincidences o_ck: ordered pairs, each unit's divided by its number of labels less one; row c, column k.
  package private(set) var coincidences: [Double]
  /// How often the first of two people says c where the second says k; of tables of two people alone.
  package private(set) var confusion: [Double]

  /// The sums of nothing, for a scale of `count` values.
  package init(count: Int) {
    self.count = count
    shares = Array(repeating: 0, count: count)
    (labels, same, possible) = (shares, shares, shares)
    coincidences = Array(repeating: 0, count: count * count)
    confusion = coincidences
  }

  /// Adds a unit's labels: values from 0 to `count` − 1. With `pair`, two people's numbers, their confusion as well.
  package mutating func add(_ unit: RatingTable.Unit, pair: (Int, Int)? = nil) {
    let m = unit.ratings.count
    guard m >= 2 else { return }
    let people = Double(m)
    units += 1
    for (index, rating) in unit.ratings.enumerated() {
      let c = rating.value
      shares[c] += 1 / people
      labels[c] += 1
      possible[c] += people - 1
      for (other, rating) in unit.ratings.enumerated() where other != index {
        coincidences[c * count + rating.value] += 1 / (people - 1)
        guard rating.value == c else { continue }
        agreeing += 1 / (people * (people - 1))
        same[c] += 1
      }
    }
    if let pair, let first = unit.ratings.first(where: { $0.person == pair.0 }),
      let second = unit.ratings.first(where: { $0.person == pair.1 })
    {
      confusion[first.value * count + second.value] += 1
    }
  }

  /// The sums of two tables together.
  package static func += (a: inout AgreementSums, b: AgreementSums) {
    a.units += b.units
    a.agreeing += b.agreeing
    for k in 0..<a.count {
      a.shares[k] += b.shares[k]
      a.labels[k] += b.labels[k]
      a.same[k] += b.same[k]
      a.possible[k] += b.possible[k]
    }
    for k in a.coincidences.indices {
      a.coincidences[k] += b.coincidences[k]
      a.confusion[k] += b.confusion[k]
    }
  }

  /// The sums of `table`, problem by problem; only of problems with something to compare.
  static func byProblem(_ table: RatingTable, pair: (Int, Int)?) -> [AgreementSums] {
    var sums: [Int: AgreementSums] = [:]
    for unit in table.units where unit.ratings.count >= 2 {
      sums[unit.problem, default: AgreementSums(count: table.scale.count)].add(unit, pair: pair)
    }
    return sums.sorted { $0.key < $1.key }.map(\.value)
  }
}
