import Vocabulary

/// Looks at drafts one after the other, cheap checks first. What was seen once, accepted or not, is known from then on.
struct PromptChecks {
  private let heldOut: HeldOut
  private let settings: ImaginationSettings
  private var known: [String: String] = [:]
  private var knownMasked: [String: String] = [:]
  private var near = NearTexts()

  /// Knows the parents.
  init(_ parents: [ImaginationParent], heldOut: HeldOut, settings: ImaginationSettings) {
    (self.heldOut, self.settings) = (heldOut, settings)
    for parent in parents {
      let text = TextWords(parent.problem.question)
      learn(
        text, masked: Self.maskedKey(text, parent.story, nil), runs: NearTexts.runs(of: text), id: parent.problem.id)
    }
  }

  /// The record of a draft, with its verdict as far as no solutions are needed for it.
  mutating func record(of draft: PromptDraft) -> ImaginedPrompt {
    let text = TextWords(draft.text)
    let runs = NearTexts.runs(of: text)
    let neighbour = [near.nearest(to: runs), heldOut.neighbour(of: runs)].compactMap(\.self)
      .min { $0.distance < $1.distance }
    var record = draft.record(
      round: settings.round,
      neighbour: neighbour.map { .init(id: $0.id, distance: ($0.distance * 10_000).rounded() / 10_000) })
    if let fault = fault(of: draft, text, neighbour) { record.verdict = .refused(fault) }
    if draft.fault == nil {
      learn(text, masked: Self.maskedKey(text, draft.story, draft.form), runs: runs, id: record.id)
    }
    return record
  }

  private func fault(
    of draft: PromptDraft, _ text: TextWords, _ neighbour: (id: String, distance: Double)?
  ) -> PromptFault? {
    if let fault = draft.fault { return fault }
    if let id = known[text.key] { return PromptFault(.duplicate, "the words of \(id)") }
    let masked = Self.maskedKey(text, draft.story, draft.form)
    if let id = knownMasked[masked] { return PromptFault(.maskedDuplicate, "as \(id), with other names") }
    // Word stories are all alike in their runs of words.
    if draft.story == nil, let neighbour, neighbour.distance <= HeldOut.nearest {
      return PromptFault(.nearDuplicate, "nearly the words of \(neighbour.id)")
    }
    if let leak = heldOut.leak(in: text, story: draft.story) { return PromptFault(.heldOut, leak.words) }
    return draft.answerFault
  }

  private mutating func learn(_ text: TextWords, masked: String, runs: [UInt64], id: String) {
    known[text.key] = known[text.key] ?? id
    knownMasked[masked] = knownMasked[masked] ?? id
    near.add(runs, id: id)
  }

  /// What two questions have in common that are one but for names; of a story its key, of one asked backwards with its words, for
  /// each number that may be hidden is a question of its own.
  private static func maskedKey(_ text: TextWords, _ story: WordStory?, _ form: BackwardForm?) -> String {
    form == nil ? story.map { "story \($0.key)" } ?? text.maskedKey : text.maskedKey
  }

  // MARK: - Solutions

  /// The verdict on a record whose solutions gave `answers`, nil where one gives none.
  func settle(_ record: ImaginedPrompt, of draft: PromptDraft, answers: [String?]) -> ImaginedPrompt {
    guard !answers.isEmpty else { return record }
    var record = record
    var votes = AnswerVote()
    for answer in answers.compactMap(\.self) { votes.add(answer) { $0 + 1 } }
    if record.answer == nil, let winner = votes.winner, Int(votes.weights[winner]) >= settings.agreement {
      (record.answer, record.answerFrom) = (votes.spelling(of: winner), .agreement)
    }
    let agreed = record.answer.map { right in
      answers.count { $0.map { AnswerFormat.agree($0, right) } ?? false }
    }
    let most = agreed ?? votes.weights.max().map { Int($0) } ?? 0
    (record.samples, record.agreed) = (answers.count, most)
    record.passRate = agreed.map { Double($0) / Double(answers.count) }
    let found = "\(most) of \(answers.count) solutions \(record.answer.map { "say \($0)" } ?? "agree")"
    record.evidence = [record.evidence, found].filter { !$0.isEmpty }.joined(separator: "; ")
    if let reason = refusal(record, draft, agreed) { record.verdict = .refused(PromptFault(reason, found)) }
    return record
  }

  private func refusal(_ record: ImaginedPrompt, _ draft: PromptDraft, _ agreed: Int?) -> ImaginedPrompt.Reason? {
    guard let agreed, let rate = record.passRate else { return .noAgreement }
    // What follows for certain needs nobody's agreement; that nobody finds it says that the policy cannot learn from it yet.
    if agreed == 0, !draft.isCertain || settings.difficulty != nil { return .unsolved }
    if !draft.isCertain, agreed < settings.agreement { return .noAgreement }
    guard let wanted = settings.difficulty else { return nil }
    return rate < wanted.lowerBound ? .tooHard : rate > wanted.upperBound ? .tooEasy : nil
  }
}
