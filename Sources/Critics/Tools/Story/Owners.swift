extension FormulaTool {
  /// `owners`: checks whose numbers a line about somebody works on, those said of them, of whom they are compared with, or
  /// of nobody; and that it goes on from their last result.
  ///
  /// A line with the wrong owner is a wrong step, but names that are mixed up twice often give a right sum.
  public static let owners = FormulaTool(
    name: "owners", summary: "whose numbers a line about somebody works on",
    prior: ToolPrior(holds: .init(good: 4, bad: 4), refuted: .init(good: 4, bad: 6)),
    nothing: "about nobody", told: { "in order for " + Set($0).sorted().prefix(3).joined(separator: ", ") },
    read: { line, earlier, story in
      guard let subject = line.subject else { return .passes }
      return strangers(in: line, of: subject, after: earlier, in: story).map(Reading.objection) ?? .inOrder(subject)
    })

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
