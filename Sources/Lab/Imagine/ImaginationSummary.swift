/// What came of imagining, for people and for scripts.
package struct ImaginationSummary: Encodable, Sendable {
  /// What came of one kind.
  private struct Kind: Encodable, Sendable {
    let kind: String
    let tried: Int
    let accepted: Int
    let refused: [String: Int]
  }

  /// Accepted questions that were asked for.
  private let wanted: Int
  private let tried: Int
  private let accepted: Int
  private let seed: UInt64
  private let seconds: Double
  /// Where the records are; nil where they were printed.
  private let file: String?
  private let kinds: [Kind]

  /// What came of a run.
  package init(_ tallies: [Imagination.Tally], seed: UInt64, wanted: Int, file: String?, seconds: Double) {
    (self.seed, self.wanted, self.file, self.seconds) = (seed, wanted, file, seconds)
    tried = tallies.reduce(0) { $0 + $1.tried }
    accepted = tallies.reduce(0) { $0 + $1.accepted }
    kinds = tallies.map { tally in
      Kind(
        kind: tally.kind, tried: tally.tried, accepted: tally.accepted,
        refused: Dictionary(uniqueKeysWithValues: tally.refused.map { ($0.rawValue, $1) }))
    }
  }

  /// A line a kind with its share, then a line a reason, the commonest first.
  package var lines: [String] {
    var lines = ["\(accepted) of \(tried) questions accepted"]
    for kind in kinds {
      let share = kind.tried > 0 ? Int((100 * Double(kind.accepted) / Double(kind.tried)).rounded()) : 0
      lines.append("\(kind.kind)\t\(kind.accepted) of \(kind.tried) accepted (\(share) %)")
      for (reason, count) in kind.refused.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
        let help = ImaginedPrompt.Reason(rawValue: reason)?.help ?? ""
        lines.append("\t\(count) refused: \(reason) (\(help))")
      }
    }
    return lines
  }
}
