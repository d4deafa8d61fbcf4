import Vocabulary

/// Checks whose numbers a line about somebody works on: those said of them, of whom they are compared with, or of nobody; and
/// that it goes on from their last result.
public struct OwnerTool: Tool {
  /// `owners`.
  public let name = "owners"
  /// Every node.
  public let scope = CriticScope.everyNode
  /// True.
  public let vetoes = true
  /// A line with the wrong owner is a wrong step, but names that are mixed up twice often give a right sum.
  public let prior = ToolPrior(holds: .init(good: 4, bad: 4), refuted: .init(good: 4, bad: 6))

  /// Makes the tool; it has no state.
  public init() {}

  /// Formulas in lines about somebody.
  public func application(to state: JudgedState) -> ToolApplication {
    guard let option = state.optionTexts.last, option.utf8.contains(UInt8(ascii: "=")) else {
      return .rests("no formula")
    }
    return .applies
  }

  /// Refuted where the newest option mixes people up.
  public func check(_ state: JudgedState) async throws -> ToolFinding {
    let story = Story(state.question)
    var lines = state.optionTexts.dropLast().flatMap { StoryLine.all(in: $0, of: story) }
    var checked: [String] = []
    for line in StoryLine.all(in: state.optionTexts.last ?? "", of: story) {
      if let subject = line.subject {
        if let objection = Self.strangers(in: line, of: subject, after: lines, in: story) {
          return ToolFinding(.refuted, ToolFinding.cut("\(line.claim.text): \(objection)"))
        }
        checked.append(subject)
      }
      lines.append(line)
    }
    return checked.isEmpty
      ? ToolFinding(.unsure, "about nobody")
      : ToolFinding(.holds, ToolFinding.cut("in order for " + Set(checked).sorted().prefix(3).joined(separator: ", ")))
  }

  /// An operand that is only said of somebody else; or the subject's last result left out.
  private static func strangers(
    in line: StoryLine, of subject: String, after earlier: [StoryLine], in story: Story
  ) -> String? {
    let kin = story.kin(of: subject)
    for literal in line.operands {
      let values = literal.readings
      let owners =
        earlier.filter { $0.claim.result.map(values.contains) ?? false }.map { $0.subject.map { [$0] } ?? [] }
        + story.sentences.filter { !values.isDisjoint(with: $0.numbers) }.map { Array($0.names) }
      guard !owners.isEmpty, owners.allSatisfy({ !$0.isEmpty && kin.isDisjoint(with: $0) }) else { continue }
      return "\(literal.text) is said of \(Set(owners.joined()).sorted().joined(separator: ", ")), not of \(subject)"
    }
    if let last = earlier.last(where: { $0.subject == subject })?.claim.result,
      !line.operands.contains(where: { $0.readings.contains(last) })
    {
      return "\(subject) had \(last) before, which it leaves out"
    }
    return nil
  }
}
