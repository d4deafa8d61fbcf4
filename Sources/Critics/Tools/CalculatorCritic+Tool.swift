import Vocabulary

extension CalculatorCritic: Tool {
  /// True.
  public var vetoes: Bool { true }

  /// It is exact: what it refutes is wrong. That a line's arithmetic holds does not make the line right.
  public var prior: ToolPrior { ToolPrior(holds: .init(good: 4, bad: 4), refuted: .init(good: 0, bad: 48)) }

  /// Formulas only; a final answer is compared with the last result.
  public func application(to state: JudgedState) -> ToolApplication {
    guard let option = state.optionTexts.last,
      option.utf8.contains(UInt8(ascii: "=")) || AnswerFormat.mayStand(in: Array(option.utf8))
    else { return .rests("nothing to check") }
    return .applies
  }

  /// Refuted where a claim of the newest option is contradicted.
  public func check(_ state: JudgedState) async throws -> ToolFinding {
    let verdict = Self.verdict(on: state.optionTexts.last ?? "", earlier: state.optionTexts.dropLast())
    return ToolFinding(verdict.score.map { $0 > 0.5 ? .holds : .refuted } ?? .unsure, verdict.note)
  }
}
