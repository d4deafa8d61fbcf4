/// Checks where the numbers of a formula come from: the question or an earlier result, and whether they are said of the one
/// whom the line is about.
public struct OperandTool: Tool {
  /// `operands`.
  public let name = "operands"
  /// Every node.
  public let scope = CriticScope.everyNode
  /// A number from nowhere or from somebody else is nearly always a mistake; that all are in place says little.
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
        return ToolFinding(.refuted, ToolNote.cut("\(line.claim.text): \(objection)"))
      }
      checked.append(line.claim.left.text)
      lines.append(line)
    }
    return checked.isEmpty
      ? ToolFinding(.unsure, "no formula to read")
      : ToolFinding(.holds, ToolNote.cut("in place: " + checked.prefix(3).joined(separator: ", ")))
  }

  /// What is wrong with where the line's numbers come from.
  private static func objection(
    to line: StoryLine, after earlier: [StoryLine], in story: Story, _ numbers: Set<Rational>
  ) -> String? {
    let results = earlier.compactMap(\.claim.result)
    for literal in line.operands {
      let values = Self.readings(of: literal)
      if values.contains(Rational(1)) || !values.isDisjoint(with: numbers.union(results)) { continue }
      return "\(literal.text) is neither in the question nor a result so far"
    }
    if let subject = line.subject { return strangers(in: line, of: subject, after: earlier, in: story) }
    return pairing(of: line, after: results, in: story)
  }

  /// An operand that is only said of somebody else; or the subject's last result left out.
  private static func strangers(
    in line: StoryLine, of subject: String, after earlier: [StoryLine], in story: Story
  ) -> String? {
    let kin = story.kin(of: subject)
    for literal in line.operands {
      let values = readings(of: literal)
      let owners =
        earlier.filter { $0.claim.result.map(values.contains) ?? false }.map { $0.subject.map { [$0] } ?? [] }
        + story.sentences.filter { !values.isDisjoint(with: $0.numbers) }.map { Array($0.names) }
      guard !owners.isEmpty, owners.allSatisfy({ !$0.isEmpty && kin.isDisjoint(with: $0) }) else { continue }
      return "\(literal.text) is said of \(Set(owners.joined()).sorted().joined(separator: ", ")), not of \(subject)"
    }
    if let last = earlier.last(where: { $0.subject == subject })?.claim.result,
      !line.operands.contains(where: { readings(of: $0).contains(last) })
    {
      return "\(subject) had \(last) before, which it leaves out"
    }
    return nil
  }

  /// A product of two given numbers that no sentence states together.
  private static func pairing(of line: StoryLine, after results: [Rational], in story: Story) -> String? {
    guard line.operands.count == 2, line.claim.left.pieces.contains(.sign(.times)) else { return nil }
    let (a, b) = (readings(of: line.operands[0]), readings(of: line.operands[1]))
    if results.contains(where: { a.contains($0) || b.contains($0) }) { return nil }
    let isStated = story.sentences.contains { sentence in
      guard let at = sentence.numbers.firstIndex(where: a.contains) else { return false }
      var others = sentence.numbers
      others.remove(at: at)
      return others.contains(where: b.contains)
    }
    return isStated ? nil : "no sentence states \(line.operands[0].text) and \(line.operands[1].text) together"
  }

  /// What a literal may mean: `25%` is a quarter, or 25.
  private static func readings(of literal: ArithmeticToken.Literal) -> Set<Rational> {
    var values: Set = [literal.value.magnitude]
    if literal.isPercent, let whole = literal.value.times(Rational(100)) { values.insert(whole) }
    return values
  }
}
