import Vocabulary

/// Checks that a whole solution leaves nothing over: the answer is the last result, every result is used, and so is every
/// number that the question states of those it asks about.
public struct LooseEndTool: Tool {
  /// `ends`.
  public let name = "ends"
  /// Loose ends.
  public let summary = "that a whole solution leaves nothing over"
  /// Whole solutions.
  public let scope = CriticScope.outcome
  /// Rarely wrong, and the only tool that sees what is missing.
  public let prior = ToolPrior(holds: .init(good: 6, bad: 4), refuted: .init(good: 1, bad: 11))

  /// True.
  public let readsStories = true

  /// Makes the tool; it has no state.
  public init() {}

  /// Whole solutions with a formula.
  public func application(to state: JudgedState) -> ToolApplication {
    guard state.isComplete else { return .rests("not a whole solution") }
    return state.optionTexts.contains { $0.utf8.contains(UInt8(ascii: "=")) } ? .applies : .rests("no formula")
  }

  /// Refuted where something is left over.
  public func check(_ state: JudgedState) async throws -> ToolFinding {
    let story = Story(state.question)
    let text = state.optionTexts.joined(separator: "\n")
    let lines = StoryLine.all(in: text, of: story)
    let markers = state.tools.checks.answerMarkers
    guard let last = lines.last?.claim.result,
      let answer = ArithmeticToken.Literal(answerOf: text, markers: markers)
    else {
      return ToolFinding(.unsure, "no result or no answer to read")
    }
    if answer.value.magnitude != last.magnitude {
      return ToolFinding(.refuted, ToolFinding.cut("the answer \(answer.text) is not the last result \(last)"))
    }
    for (index, line) in lines.enumerated().dropLast() {
      guard let result = line.claim.result else { continue }
      let isUsed = lines[(index + 1)...].contains { $0.operands.contains { $0.value.magnitude == result.magnitude } }
      if !isUsed { return ToolFinding(.refuted, ToolFinding.cut("the result of \(line.claim.text) is used nowhere")) }
    }
    if let forgotten = Self.forgotten(lines, story) {
      return ToolFinding(.refuted, ToolFinding.cut("the question's \(forgotten) is used too seldom"))
    }
    return ToolFinding(.holds, "the last result is the answer, and nothing is left over")
  }

  /// A number that the question states of those it asks about more often than the solution works with it.
  private static func forgotten(_ lines: [StoryLine], _ story: Story) -> Rational? {
    var used: [Rational: Int] = [:]
    for operand in lines.flatMap(\.operands) { used[operand.value.magnitude, default: 0] += 1 }
    let asked = story.asked
    for sentence in story.sentences where !sentence.bearers.isDisjoint(with: asked) {
      for number in sentence.stated {
        guard let count = used[number], count > 0 else { return number }
        used[number] = count - 1
      }
    }
    return nil
  }
}
