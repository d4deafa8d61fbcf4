/// One side of a claim, read but not yet worked out.
struct Expression: Hashable {
  /// What is evaluated.
  enum Piece: Hashable {
    case number(ArithmeticToken.Literal)
    case sign(ArithmeticToken.Operator)
    /// A sign before an operand.
    case negate
    case open
    case close
  }

  var pieces: [Piece] = []
  /// Nothing can be said about it: a variable, an unknown symbol or missing operand is part of it.
  var isUnknown = false
  /// Its reading is uncertain: a contradiction is not reported.
  var isDoubtful = false

  /// Whether there is something to work out.
  var hasOperator: Bool {
    pieces.contains { if case .sign = $0 { true } else { false } }
  }

  /// The literals, in order.
  var literals: [ArithmeticToken.Literal] {
    pieces.compactMap { if case .number(let literal) = $0 { literal } else { nil } }
  }

  /// The literal, where the side is nothing but one (perhaps negated).
  var only: ArithmeticToken.Literal? {
    let numbers = literals
    return numbers.count == 1 && !hasOperator ? numbers[0] : nil
  }

  /// Units that are written, in the singular.
  var units: Set<String> { Set(literals.compactMap(\.unit)) }

  /// Whether anything is added or taken away.
  var hasSum: Bool { pieces.contains(.sign(.plus)) || pieces.contains(.sign(.minus)) }

  /// As people write it: `3 * (4 + 5)`.
  var text: String {
    var out = ""
    for piece in pieces {
      switch piece {
      case .number(let literal): out += literal.text
      case .sign(let sign): out += " \(sign.rawValue) "
      case .negate: out += "-"
      case .open: out += "("
      case .close: out += ")"
      }
    }
    return out
  }
}
