import Models
import TreeSearch
import Vocabulary

/// A whole solution, drawn at once.
package struct Solution: Sendable {
  package let tokens: [Int32]
  package let text: String

  package init(_ sample: Sample) {
    tokens = sample.tokens
    text = sample.text
  }

  /// The answer it states.
  package var answer: String? { AnswerFormat.answer(in: text) }

  /// What it takes of a budget. An ending is drawn as well: a solution costs one token at least.
  package var cost: Int { max(1, tokens.count) }
}
