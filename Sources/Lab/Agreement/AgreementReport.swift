import Workspace

/// How far people agree, in rows: all together, and by what is asked for.
package struct AgreementReport: Sendable {
  /// What rows beside the first are made by.
  package enum Grouping: String, Sendable, CaseIterable {
    /// Steps from the root.
    case depth
    /// A critic's score when the label was given, in bins of equal size.
    case confidence
    /// Two people at a time.
    case person
  }

  /// One row.
  package struct Row: Sendable {
    /// What it is of, in words: `all`, `depth 3`, `prm 0.20–0.55`, `ana and bo`.
    package let group: String
    /// The people, in the order of the table; two where κ is given.
    package let people: [String]
    package let estimate: AgreementEstimate
  }

  package let act: RatedAct
  package let scale: RatingScale
  /// Values in use: q of AC1 and PABAK, of the whole table in every row.
  package let used: Int
  package let rows: [Row]
  /// Labels that were given with scores, visits or others' labels in sight, and all.
  package let sighted: Int
  package let labels: Int

  /// Makes the rows of `ledger`. Throws `LabError` where a person that was named has no label of the kind.
  ///
  /// - Parameter scores: a critic's score of each unit, for ``Grouping/confidence``.
  /// Complexity: O(rows × (labels + draws × problems)).
  package init(
    _ ledger: LabelLedger, _ choice: RatingTable.Choice, by grouping: Grouping? = nil, scores: CriticScores? = nil,
    draws: Int = AgreementEstimate.draws
  ) throws {
    let table = RatingTable(ledger, choice)
    for name in choice.people where !table.people.contains(name) {
      throw LabError.failed("no \(choice.act.rawValue) labels of '\(name.printable)' that count here")
    }
    (act, scale, used) = (choice.act, table.scale, table.used)
    labels = table.units.reduce(0) { $0 + $1.ratings.count }
    var blind = choice
    blind.blindOnly = true
    sighted = labels - RatingTable(ledger, blind).units.reduce(0) { $0 + $1.ratings.count }
    let used = used
    func row(_ group: String, _ table: RatingTable, pair: (Int, Int)? = nil) -> Row {
      let people = pair.map { [$0.0, $0.1] } ?? table.active
      return Row(
        group: group, people: people.map { table.people[$0] },
        estimate: AgreementEstimate(table, pair: pair, used: used, draws: draws))
    }
    var rows = [row("all", table)]
    switch grouping {
    case nil: break
    case .depth:
      for depth in Set(table.units.map(\.depth)).sorted() {
        rows.append(row("depth \(depth)", table.filtered { $0.depth == depth }))
      }
    case .confidence:
      rows += try Self.bins(of: table, scores).map { row($0.name, $0.table) }
    case .person:
      let people = table.people.indices.sorted { table.people[$0] < table.people[$1] }
      for (place, first) in people.enumerated() {
        for second in people.dropFirst(place + 1) {
          let row = row(
            "\(table.people[first]) and \(table.people[second])", table, pair: (first, second))
          if row.estimate.doublyLabelled > 0 { rows.append(row) }
        }
      }
    }
    self.rows = rows
  }

  /// The table in parts by a critic's score: at most five, each with enough doubly labelled units.
  private static func bins(
    of table: RatingTable, _ scores: CriticScores?
  ) throws -> [(name: String, table: RatingTable)] {
    guard let scores else { throw LabError.settings("agreement by confidence: expected a critic") }
    let scored = table.units.compactMap { unit in
      unit.ratings.count >= 2 ? scores[unit.id].map { ($0, unit) } : nil
    }
    guard !scored.isEmpty else {
      throw LabError.failed("no unit that two people labelled has a score of the critic '\(scores.critic.printable)'")
    }
    let bins = EqualMass.bins(scored.map(\.0), most: 5, least: AgreementEstimate.leastUnits)
    return bins.map { bin in
      let units = bin.map { scored[$0].1 }
      let range = EqualMass.range(of: bin, scored.map(\.0))
      return (
        "\(scores.critic) \(range)",
        RatingTable(scale: table.scale, people: table.people, units: units)
      )
    }
  }
}

/// What a critic said of labelled things when they were labelled.
package struct CriticScores: Sendable {
  /// The critic's name.
  package let critic: String
  private var sums: [String: (sum: Double, count: Int)] = [:]

  package init(critic: String) { self.critic = critic }

  /// Takes a label's evidence into account, where the critic speaks in it.
  package mutating func take(_ label: Label) {
    guard let score = label.evidence?.scores[critic], score.isFinite else { return }
    let known = sums[label.subject.unit] ?? (0, 0)
    sums[label.subject.unit] = (known.sum + score, known.count + 1)
  }

  /// The mean over the labels of the unit; nil where the critic said nothing.
  package subscript(unit: String) -> Double? { sums[unit].map { $0.sum / Double($0.count) } }
}

extension Workspace {
  /// The scores of `critic` in the log of labels. Complexity: O(labels), one in memory at a time.
  package func scores(of critic: String) throws -> CriticScores {
    var scores = CriticScores(critic: critic)
    try forEachLabel { scores.take($0.label) }
    return scores
  }
}
