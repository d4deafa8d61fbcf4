import Foundation
import Vocabulary

/// Whether what a model wrote is one question of the kind that was asked for: rules that cost nothing, as those of Self-Instruct and
/// Evol-Instruct.
enum PromptForm {
  /// Words of the shortest question, and of the longest.
  private static let lengths = 4...200

  /// The question in what a model wrote: what stands before the first of `ends`, without a label or quotation marks around it.
  static func question(in written: String, ends: [String]) -> String {
    var text = written[...]
    for end in ends {
      if let range = text.firstRange(of: end) { text = text[..<range.lowerBound] }
    }
    var question = text.trimmingCharacters(in: .whitespacesAndNewlines)
    for label in labels where question.lowercased().hasPrefix(label) {
      question = String(question.dropFirst(label.count)).trimmingCharacters(in: CharacterSet(charactersIn: " *:\n"))
      break
    }
    for (open, close) in [("\"", "\""), ("“", "”"), ("«", "»")]
    where question.hasPrefix(open) && question.hasSuffix(close) && question.count > 2 {
      question = String(question.dropFirst().dropLast())
    }
    return question
  }

  /// What a model writes before a question although it was asked for nothing else.
  private static let labels = [
    "new problem:", "**new problem:**", "rewritten problem:", "rephrased problem:", "problem:", "**problem:**",
    "question:", "**question:**", "new question:", "statement:",
  ]

  /// What all of some questions have in common, so that one that is made of them has it too.
  struct Style: Sendable {
    /// They end in a question mark: behind one there is nothing.
    let asks: Bool
    /// They state numbers.
    let counts: Bool

    /// Of no questions, all of it.
    init(of parents: [ImaginationParent]) {
      let questions = parents.map(\.problem.question)
      asks = questions.allSatisfy(PromptForm.asks)
      counts = questions.allSatisfy { !HiddenNumber.all(in: $0).isEmpty }
    }
  }

  /// In the scripts that have one.
  private static func asks(_ question: String) -> Bool {
    question.last { !$0.isWhitespace }.map { "?？؟".contains($0) } ?? false
  }

  /// What is wrong with `question`, which is to be like others; nil where nothing is.
  static func fault(_ question: String, of draft: PromptDraft, like style: Style) -> PromptFault? {
    let words = TextWords(question).words
    let folded = question.lowercased()
    if words.isEmpty { return PromptFault(.form, "nothing is written") }
    if let words = refusals.first(where: folded.hasPrefix) {
      return PromptFault(.declined, "it begins with '\(words)'")
    }
    guard lengths.contains(words.count) else {
      return PromptFault(.form, "\(words.count) words, expected \(lengths.lowerBound) to \(lengths.upperBound)")
    }
    if let label = labels.first(where: folded.contains) {
      return PromptFault(.form, "it holds '\(label)': more than one question, or words of the prompt")
    }
    if let scalar = question.unicodeScalars.first(where: { SafeText.isUnsafe($0) && $0 != "\n" }) {
      return PromptFault(.form, "it holds U+\(String(scalar.value, radix: 16, uppercase: true))")
    }
    if let answer = AnswerFormat.answer(in: question), draft.kind != .backward {
      return PromptFault(.form, "it states an answer: \(answer)")
    }
    if style.asks, draft.kind != .backward, !asks(question) {
      return PromptFault(.form, "it does not end in a question")
    }
    if style.counts, HiddenNumber.all(in: question).isEmpty { return PromptFault(.form, "it states no number") }
    return draft.kind.unchanged(question, draft.parents)
  }

  private static let refusals = [
    "i'm sorry", "i am sorry", "sorry,", "i cannot", "i can't", "i can not", "as an ai", "as a language model",
    "unfortunately, i", "sure", "certainly",
  ]
}

extension ImaginationKind {
  /// What was to change and did not, or to stay and did not.
  fileprivate func unchanged(_ question: String, _ parents: [ImaginationParent]) -> PromptFault? {
    guard let parent = parents.first?.problem.question else { return nil }
    func numbers(_ text: String) -> [String] { HiddenNumber.all(in: text).map(\.value).sorted() }
    let (old, new) = (TextWords(parent), TextWords(question))
    if old.words == new.words { return PromptFault(.unchanged, "the words of its parent") }
    switch self {
    case .numbers where numbers(parent) == numbers(question):
      return PromptFault(.unchanged, "the numbers of its parent")
    case .numbers where numbers(parent).count != numbers(question).count:
      return PromptFault(.form, "\(numbers(question).count) numbers, its parent has \(numbers(parent).count)")
    case .rephrase where numbers(parent) != numbers(question):
      return PromptFault(.form, "other numbers than its parent's, whose answer it is to have")
    case .deepen where new.words.count <= old.words.count:
      return PromptFault(.unchanged, "no longer than its parent")
    case .compose where parents.contains { TextWords($0.problem.question).words.count >= new.words.count }:
      return PromptFault(.unchanged, "no longer than a parent")
    default: return nil
    }
  }
}
