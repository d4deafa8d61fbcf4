import Models
import TreeSearch
import Vocabulary

/// A whole solution, drawn at once.
struct Solution: Sendable {
  let tokens: [Int32]
  let text: String

  init(_ sample: Sample) {
    tokens = sample.tokens
    text = sample.text
  }

  /// The answer it states.
  var answer: String? { AnswerFormat.answer(in: text) }

  /// What it takes of a budget. An ending is drawn as well: a solution costs one token at least.
  var cost: Int { max(1, tokens.count) }
}
