/// A number that a critic's heads read beside the hidden state: how likely its own trunk finds a solution so far.
///
/// A trunk that knows more than the policy gives a wrong line a low probability, which says more than what heads can read
/// off the hidden state alone.
public enum SolutionFeature: String, Sendable, Hashable, CaseIterable {
  /// Sum of the log-probabilities of the solution's tokens.
  case solutionSum
  /// The least of them.
  case solutionWeakest
  /// Sum over the last line.
  case lineSum
  /// The least of the last line.
  case lineWeakest
  /// Sum over the least likely line.
  case weakestLine

  /// A token less likely than this counts as this: one slip of the pen must not drown everything else.
  static let floor = -20.0

  /// Values of `features` for a solution whose tokens have `logProbabilities` and of which `endsLine` end a line; all 0
  /// before its first token.
  static func values(_ features: [SolutionFeature], logProbabilities: [Double], endsLine: [Bool]) -> [Double] {
    let solution = logProbabilities.map { max($0, floor) }
    var lines: [ArraySlice<Double>] = []
    var start = 0
    for end in solution.indices where endsLine[end] || end == solution.count - 1 {
      lines.append(solution[start...end])
      start = end + 1
    }
    return features.map { feature in
      switch feature {
      case .solutionSum: solution.reduce(0, +)
      case .solutionWeakest: solution.min() ?? 0
      case .lineSum: lines.last?.reduce(0, +) ?? 0
      case .lineWeakest: lines.last?.min() ?? 0
      case .weakestLine: min(0, lines.map { $0.reduce(0, +) }.min() ?? 0)
      }
    }
  }
}
