import Vocabulary

/// Checks where the numbers of a formula come from: the question or an earlier result; and that the two of a product stand
/// together in the question.
public struct OperandTool: Tool {
  /// `operands`.
  public let name = "operands"
  /// Every node.
  public let scope = CriticScope.everyNode
  /// True.
  public let vetoes = true
  /// A number from nowhere is nearly always a mistake; that all are in place says little.
  public let prior = ToolPrior(holds: .init(good: 4, bad: 4), refuted: .init(good: 1, bad: 15))

  /// Makes the tool; it has no state.
  public init() {}

  /// Formulas only.
  public func application(to state: JudgedState) -> ToolApplication {
    guard let option = state.optionTexts.last, option.utf8.contains(UInt8(ascii: "=")) else {
      return .rests("no formula")
    }
    return .applies
  }

  /// Refuted where an operand of the newest option has no business there.
  public func check(_ state: JudgedState) async throws -> ToolFinding {
    let story = Story(state.question)
    let numbers = story.numbers
    guard !numbers.isEmpty else { return ToolFinding(.unsure, "the question has no numbers") }
    var lines = state.optionTexts.dropLast().flatMap { StoryLine.all(in: $0, of: story) }
    var checked: [String] = []
    for line in StoryLine.all(in: state.optionTexts.last ?? "", of: story) {
      if let objection = Self.objection(to: line, after: lines, in: story, numbers) {
        return ToolFinding(.refuted, ToolFinding.cut("\(line.claim.text): \(objection)"))
      }
      checked.append(line.claim.left.text)
      lines.append(line)
    }
    return checked.isEmpty
      ? ToolFinding(.unsure, "no formula to read")
      : ToolFinding(.holds, ToolFinding.cut("in place: " + checked.prefix(3).joined(separator: ", ")))
  }

  /// What is wrong with where the line's numbers come from.
  private static func objection(
    to line: StoryLine, after earlier: [StoryLine], in story: Story, _ numbers: Set<Rational>
  ) -> String? {
    let results = earlier.compactMap(\.claim.result)
    for literal in line.operands {
      let values = literal.readings
      if values.contains(Rational(1)) || !values.isDisjoint(with: numbers.union(results)) { continue }
      return "\(literal.text) is neither in the question nor a result so far"
    }
    return line.subject == nil ? pairing(of: line, after: results, in: story) : nil
  }

  /// A product of two given numbers that no sentence states together.
  private static func pairing(of line: StoryLine, after results: [Rational], in story: Story) -> String? {
    guard line.operands.count == 2, line.claim.left.pieces.contains(.sign(.times)) else { return nil }
    let (a, b) = (line.operands[0].readings, line.operands[1].readings)
    if results.contains(where: { a.contains($0) || b.contains($0) }) { return nil }
    let isStated = story.sentences.contains { sentence in
      guard let at = sentence.numbers.firstIndex(where: a.contains) else { return false }
      var others = sentence.numbers
      others.remove(at: at)
      return others.contains(where: b.contains)
    }
    return isStated ? nil : "no sentence states \(line.operands[0].text) and \(line.operands[1].text) together"
  }
}
