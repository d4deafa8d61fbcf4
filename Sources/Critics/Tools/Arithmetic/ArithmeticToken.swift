import Vocabulary

/// What a line of reasoning is made of, as far as arithmetic goes.
enum ArithmeticToken: Hashable {
  /// A number as it is written.
  struct Literal: Hashable {
    /// Its value; of `25%` a quarter.
    var value: Rational
    /// Digits after the point.
    var decimals: Int
    var isPercent = false
    /// A currency sign, or the unit word after it.
    var unit: String?
    /// As it was written, without currency.
    var text: String
  }

  enum Operator: String, Hashable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divide = "/"
    case power = "^"
    case of
  }

  case number(Literal)
  case sign(Operator)
  case open
  case close
  /// `=`, or `≈` where it is not exact.
  case equals(exact: Bool)
  case word(String)
  /// Something whose meaning is unknown here: a variable, an ordinal, a root sign.
  case opaque
  /// What ends an expression: punctuation, a comparison.
  case stop
  /// The end of a line.
  case lineEnd
}

extension ArithmeticToken.Literal {
  /// The number with which the final answer that `text` states begins; nil where it states none, or no number.
  init?(answerOf text: String, markers: [String] = []) {
    guard let answer = AnswerFormat.answer(in: text, markers: markers),
      case .number(let literal)? = ArithmeticLexer.tokens(of: answer.unicodeScalars.prefix(200)).first?.token
    else { return nil }
    self = literal
  }
}

/// A token and whether white space stands on either side of it.
struct PlacedToken {
  let token: ArithmeticToken
  var spaceBefore: Bool
  var spaceAfter = false
}
