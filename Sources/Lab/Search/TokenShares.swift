import TreeSearch

/// How a total of tokens is shared among problems: each gets half of an equal share for certain; the rest goes, slice by slice, where a
/// token is forecast to raise the chance most that the right answer is found.
///
/// What a forecast promises grows ever more slowly with what is spent, so that slice by slice is as good as any other way to share, by the
/// forecasts' own word never worse than equal shares.
package struct TokenShares: Sendable {
  /// Tokens in all.
  package let total: Int
  /// Problems among which they are shared.
  package let problems: Int

  /// - Parameters:
  ///   - total: tokens ≥ `problems`.
  package init(total: Int, problems: Int) { (self.total, self.problems) = (total, max(1, problems)) }

  /// What each problem gets for certain.
  package var least: Int { max(1, total / problems / 2) }
  /// What is given at a time.
  package var slice: Int { max(1, total / problems / 8) }

  /// What one problem has come to.
  package struct Standing: Sendable {
    /// Its answers so far; nil where it takes no more tokens: it is done or has failed.
    package let tally: AnswerTally?

    package init(tally: AnswerTally?) { self.tally = tally }
  }

  /// How many of `tokens` each problem gets next: the greatest gain a slice first, the first of equals.
  ///
  /// Complexity: O(slices × problems).
  package func next(
    _ tokens: Int, _ standings: [Standing], calibrations: CriticCalibrations = CriticCalibrations([])
  ) -> [Int] {
    var given = Array(repeating: 0, count: standings.count)
    var gains = standings.map { gain(of: $0, given: 0, calibrations) }
    var left = tokens
    while left > 0 {
      guard let best = gains.indices.max(by: { gains[$0] == gains[$1] ? $0 > $1 : gains[$0] < gains[$1] }),
        gains[best] > 0
      else { break }
      let now = min(slice, left)
      given[best] += now
      left -= now
      gains[best] = gain(of: standings[best], given: given[best], calibrations)
    }
    return given
  }

  /// By how much one more slice raises the chance that the right answer is found, after `given` tokens more; 0 for a problem that
  /// takes none.
  private func gain(of standing: Standing, given: Int, _ calibrations: CriticCalibrations) -> Double {
    guard let tally = standing.tally else { return 0 }
    // Before its first simulation nothing is known of a problem but that it needs one.
    guard tally.simulations > 0, tally.tokens > 0 else { return given == 0 ? 1 : 0 }
    func found(_ tokens: Int) -> Double {
      let rate = Double(tally.simulations) / Double(tally.tokens)
      return tally.found(after: Double(tokens) * rate, calibrations)
    }
    return found(given + slice) - found(given)
  }
}

extension AnswerTally {
  /// The chance that the right answer stands in the tree after so many more simulations, by a forecast, straight between whole numbers.
  fileprivate func found(after more: Double, _ calibrations: CriticCalibrations) -> Double {
    let whole = Int(more)
    let (low, high) = (
      Forecast(self, more: whole, calibrations: calibrations).foundThen,
      Forecast(self, more: whole + 1, calibrations: calibrations).foundThen
    )
    return low + (more - Double(whole)) * (high - low)
  }
}
