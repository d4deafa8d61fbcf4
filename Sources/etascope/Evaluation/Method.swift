/// A way to answer a problem, compared with others at equal token budgets.
enum Method: String, CaseIterable, Codable {
  /// One answer at temperature 0.
  case greedy
  /// The most frequent answer of as many samples as the budget holds.
  case majority
  /// The sample that the ORM likes best.
  case bestOfN
  /// ηMCTS.
  case search
}

/// What one method gave on one problem with one seed.
struct Trial: Sendable {
  var method: Method
  var problem: Int
  var seed: UInt64
  var isCorrect: Bool
  var tokens: Int
  var nodes: Int
  var seconds: Double
}

/// A row of `evaluate --json`.
struct EvaluationRow: Encodable {
  let method: Method
  let budgetTokens: Double
  let seed: UInt64
  let problems: Int
  let correct: Int
  let accuracy: Double
  let ci95: [Double]
  let tokensPerProblem: Double
  let nodesPerProblem: Double
  let secondsPerProblem: Double

  init(method: Method, seed: UInt64, trials: [Trial], budget: Double) {
    func mean(_ value: (Trial) -> Double) -> Double {
      trials.reduce(0) { $0 + value($1) } / Double(max(1, trials.count))
    }
    self.method = method
    budgetTokens = budget
    self.seed = seed
    problems = trials.count
    correct = trials.count { $0.isCorrect }
    accuracy = mean { $0.isCorrect ? 1 : 0 }
    ci95 = Statistics.wilson(correct, trials.count)
    tokensPerProblem = mean { Double($0.tokens) }
    nodesPerProblem = mean { Double($0.nodes) }
    secondsPerProblem = mean(\.seconds)
  }
}
