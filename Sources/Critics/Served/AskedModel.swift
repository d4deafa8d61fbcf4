import Models
import Vocabulary

/// A model that is asked about states, and what each answer took.
struct AskedModel: Sendable {
  let model: any LanguageModel
  private let clock = ContinuousClock()

  init(_ model: any LanguageModel) { self.model = model }

  /// Asks about all states together; what asking took is added to each verdict's note.
  func verdicts(
    _ states: [JudgedState], _ ask: ([JudgedState]) async throws -> [Verdict]
  ) async throws -> [Verdict] {
    let start = clock.now
    let verdicts = try await ask(states)
    return verdicts.map { timed($0, since: start) }
  }

  /// Asks about each state by itself, all at once; what asking took is added to the verdict's note.
  ///
  /// Time is told only where a server answers: a model of this process gives the same run for the same seed, and a time
  /// would not be the same.
  func verdicts(
    _ states: [JudgedState], _ ask: @escaping @Sendable (JudgedState) async throws -> Verdict
  ) async throws -> [Verdict] {
    try await states.mapAtOnce { state in
      let start = clock.now
      return timed(try await ask(state), since: start)
    }
  }

  private func timed(_ verdict: Verdict, since start: ContinuousClock.Instant) -> Verdict {
    guard model.served != nil else { return verdict }
    var verdict = verdict
    let cost = "\((clock.now - start) / .milliseconds(1), digits: 0) ms, \(verdict.tokensRead) tokens"
    verdict.note = verdict.note.isEmpty ? cost : "\(verdict.note); \(cost)"
    return verdict
  }
}

extension DefaultStringInterpolation {
  /// A number with so many digits after its point.
  mutating func appendInterpolation(_ value: Double, digits: Int) {
    appendLiteral(FixedNumber.text(value, decimals: digits, none: "\(value)"))
  }
}
