import Foundation
import Models
import Vocabulary

/// Questions that a model writes.
extension Drafter {
  /// Most tokens of a question.
  private static let longest = 256

  /// What the model is asked for `draft`.
  ///
  /// - Throws: `LabError` where there is no model.
  func written(_ draft: PromptDraft, _ generator: inout SplitMix) throws -> Work {
    var draft = draft
    if draft.kind == .backward, let hidden = hidden(of: draft, &generator) { return .made(hidden) }
    guard let model else { throw LabError.settings("\(draft.kind.rawValue): expected a model that writes it") }
    draft.model = "\(model.name) \(model.fingerprint)"
    var request = SampleRequest(
      prefix: [], temperature: settings.temperature, maximumTokens: Self.longest, seed: draft.seed)
    if draft.kind == .policy, opening(of: model) == .beginning {
      (request.prefix, request.end) = (model.opening("", specials: false), .line)
      return .asked(request) { [draft, style] in draft.told($0, asStory: style.story, like: style.form) }
    }
    guard let prompt = prompts[draft.kind] else { throw LabError.settings("\(draft.kind.rawValue): no prompt") }
    let isTurn = draft.kind == .policy && opening(of: model) == .turn
    request.prefix = model.opening(filled(prompt, draft, &generator), specials: isTurn)
    if !prompt.ends.isEmpty {
      request.end = .option(OptionEnd(stops: prompt.ends.map { Array($0.utf8) }))
    } else {
      request.end = .text
    }
    let choice = generator.next()
    let form = draft.parents.isEmpty ? style.form : PromptForm.Style(of: draft.parents)
    return .asked(request) { [draft] in draft.written($0, prompt.ends, like: form, choice: choice) }
  }

  /// What the policy's own questions begin with.
  func opening(of model: any LanguageModel) -> ImaginationSettings.Opening {
    settings.opening ?? (model.served != nil ? .examples : .beginning)
  }

  private func filled(_ prompt: ImaginationPrompt, _ draft: PromptDraft, _ generator: inout SplitMix) -> String {
    var examples = ""
    var left = Array(parents.indices)
    while prompt.text.contains("{examples}"), !left.isEmpty, parents.count - left.count < prompt.examples {
      let chosen = parents[left.remove(at: generator.below(left.count))]
      examples += Template.filled(prompt.example, ["{question}": chosen.problem.question])
    }
    return Template.filled(
      prompt.text,
      [
        "{question}": draft.parents.first?.problem.question ?? "",
        "{second}": draft.parents.last?.problem.question ?? "",
        "{answer}": draft.parents.first?.problem.reference ?? "", "{examples}": examples,
      ])
  }

  /// A question asked backwards without a model: FOBAR needs none. Nil where it is to be the other form.
  private func hidden(of draft: PromptDraft, _ generator: inout SplitMix) -> PromptDraft? {
    guard let parent = draft.parents.first?.problem, let answer = parent.reference,
      model == nil || generator.below(2) == 0
    else { return nil }
    var draft = draft
    let numbers = HiddenNumber.all(in: parent.question)
    let number = numbers[generator.below(max(1, numbers.count))]
    (draft.form, draft.answer, draft.answerFrom) = (.fobar, number.value, .hidden)
    draft.text = number.text + " " + BackwardForm.asks(knowing: answer)
    draft.evidence = "\(number.spelling) stood where x is"
    return draft
  }
}

extension PromptDraft {
  /// The question that a policy wrote from the beginning of a text.
  fileprivate func told(_ sample: Sample, asStory: Bool, like style: PromptForm.Style) -> PromptDraft {
    var draft = self
    let written = sample.text.trimmed
    do throws(PromptFault) {
      guard sample.ending == .newline || sample.ending == .endOfText else { throw PromptFault(.form, "it is cut off") }
      draft.tell(try WordStory(written))
    } catch {
      draft.fault = asStory || sample.ending == .lengthCap ? error : PromptForm.fault(written, of: self, like: style)
    }
    draft.text = written
    return draft
  }

  /// The question that a model wrote when it was asked for one.
  fileprivate func written(
    _ sample: Sample, _ ends: [String], like style: PromptForm.Style, choice: UInt64
  ) -> PromptDraft {
    var draft = self
    let question = PromptForm.question(in: sample.text, ends: ends)
    (draft.text, draft.raw) = (question, question == sample.text ? nil : sample.text)
    if sample.ending == .lengthCap {
      draft.fault = PromptFault(.form, "it is cut off")
    } else if kind == .backward {
      draft.hide(in: question, like: style, choice: choice)
    } else {
      draft.fault = PromptForm.fault(question, of: self, like: style)
    }
    if draft.fault == nil, kind == .rephrase, let answer = parents.first?.problem.reference {
      (draft.answer, draft.answerFrom) = (answer, .parent)
      draft.evidence = "it states the numbers of \(parents.first?.problem.id ?? "its parent")"
    }
    return draft
  }

  /// Hides a number of the question in a statement of it that holds the answer.
  private mutating func hide(in statement: String, like style: PromptForm.Style, choice: UInt64) {
    form = .selfVerification
    guard let parent = parents.first?.problem, let right = parent.reference else { return }
    let asked = HiddenNumber.all(in: parent.question).map(\.value)
    let stated = HiddenNumber.all(in: statement)
    fault = PromptForm.fault(statement, of: self, like: style)
    guard fault == nil else { return }
    guard stated.contains(where: { AnswerFormat.agree($0.value, right) }) || statement.contains(right) else {
      fault = PromptFault(.form, "the statement does not hold the answer \(right)")
      return
    }
    let hidable = stated.filter { asked.contains($0.value) && !AnswerFormat.agree($0.value, right) }
    guard !hidable.isEmpty else {
      fault = PromptFault(.form, "the statement holds no number of the question")
      return
    }
    let number = hidable[Int(choice % UInt64(hidable.count))]
    (answer, answerFrom, text) = (number.value, .hidden, number.text + " " + BackwardForm.asks)
    evidence = "\(number.spelling) stood where x is"
  }
}

extension String {
  /// Without white space at both ends.
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
