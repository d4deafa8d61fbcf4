import Vocabulary

/// Checks the arithmetic an option states, exactly; abstains where there is nothing to check or the reading is uncertain.
public struct CalculatorCritic: Critic {
  /// `calculator`.
  public let name = "calculator"
  /// Every node.
  public let scope = CriticScope.everyNode

  /// Makes the critic; it has no state.
  public init() {}

  /// 1 where all claims of the newest option hold, 0 where one is contradicted, nil where nothing could be checked.
  public func score(_ states: [JudgedState]) async throws -> [Verdict] {
    try states.map { state in
      try Task.checkCancellation()
      return Self.verdict(on: state)
    }
  }

  private static func verdict(on state: JudgedState) -> Verdict {
    verdict(
      on: state.optionTexts.last ?? "", earlier: state.optionTexts.dropLast(),
      markers: state.tools.checks.answerMarkers)
  }

  /// The verdict on `option`; `earlier` options only serve to compare a final answer with the last result.
  static func verdict(on option: String, earlier: ArraySlice<String> = [], markers: [String] = []) -> Verdict {
    let claims = ArithmeticClaims.all(in: option.unicodeScalars)
    let wrong = claims.compactMap { claim in
      if case .contradicted(let how) = claim.outcome { cut("\(claim.text) \(how)") } else { nil }
    }
    if !wrong.isEmpty { return Verdict(score: 0, note: listed(wrong)) }
    let right = claims.filter { $0.outcome == .holds }.map { cut($0.text) }
    if !right.isEmpty { return Verdict(score: 1, note: "checked: " + listed(right)) }
    if let note = answerNote(option, earlier, markers) { return Verdict(score: nil, note: note) }
    let unsure = claims.isEmpty ? "nothing to check" : "not sure how to read: " + listed(claims.map { cut($0.text) })
    return Verdict(score: nil, note: unsure)
  }

  /// Where a final answer is not the last result of the lines before it.
  private static func answerNote(_ option: String, _ earlier: ArraySlice<String>, _ markers: [String]) -> String? {
    guard let answer = ArithmeticToken.Literal(answerOf: option, markers: markers) else { return nil }
    for text in earlier.reversed() {
      guard let last = ArithmeticClaims.all(in: text.unicodeScalars).last(where: { $0.result != nil })?.result else {
        continue
      }
      return last == answer.value ? nil : cut("the answer \(answer.text) is not the last result \(last)")
    }
    return nil
  }

  private static func cut(_ text: String) -> String { ToolFinding.cut(text) }

  private static func listed(_ items: [String]) -> String {
    items.prefix(3).joined(separator: ", ") + (items.count > 3 ? " and \(items.count - 3) more" : "")
  }
}

extension CalculatorCritic: Tool {
  /// The arithmetic of a step.
  public var summary: String { "the arithmetic that a step states, exactly" }
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
    let verdict = Self.verdict(on: state)
    return ToolFinding(verdict.score.map { $0 > 0.5 ? .holds : .refuted } ?? .unsure, verdict.note)
  }
}

extension CalculatorCritic {
  /// What is wrong with the arithmetic that `line` states, in words; nil where nothing is, as far as it can be read.
  /// Complexity: O(length).
  package static func contradiction(in line: String) -> String? {
    for claim in ArithmeticClaims.all(in: line.unicodeScalars) {
      if case .contradicted(let how) = claim.outcome { return cut("\(claim.text) \(how)") }
    }
    return nil
  }
}
