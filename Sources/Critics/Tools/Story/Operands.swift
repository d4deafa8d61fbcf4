import Vocabulary

extension FormulaTool {
  /// `operands`: checks where the numbers of a formula come from, the question or an earlier result; and that the two of a
  /// product stand together in the question.
  ///
  /// A number from nowhere is nearly always a mistake; that all are in place says little.
  public static let operands = FormulaTool(
    name: "operands", summary: "where the numbers of a formula come from",
    prior: ToolPrior(holds: .init(good: 4, bad: 4), refuted: .init(good: 1, bad: 15)),
    nothing: "no formula to read", obstacle: { $0.numbers.isEmpty ? "the question has no numbers" : nil },
    told: { "in place: " + $0.prefix(3).joined(separator: ", ") },
    read: { line, earlier, story in
      origin(of: line, after: earlier, in: story).map(Reading.objection) ?? .inOrder(line.claim.left.text)
    })

  /// What is wrong with where the line's numbers come from.
  private static func origin(of line: StoryLine, after earlier: [StoryLine], in story: Story) -> String? {
    let numbers = story.numbers
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
