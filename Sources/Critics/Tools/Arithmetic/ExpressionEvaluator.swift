import Vocabulary
import BigInt

/// Works an expression out exactly, with the usual precedence; `of` binds like a product.
struct ExpressionEvaluator {
  /// What came out.
  enum Value: Hashable {
    case number(Rational)
    /// A division by zero.
    case undefined
    /// Too large, too deep, or to be read in two ways.
    case unknown
  }

  private enum Stop: Error {
    case undefined
    case unknown
  }

  private struct Operand {
    var value: Rational
    var isPercent = false
  }

  /// More operands or brackets than this are not worked out.
  static let maximumPieces = 120

  private let pieces: [Expression.Piece]
  private var at = 0
  private var depth = 0

  /// The value of `expression`. Complexity: O(pieces), each step bounded by `Rational.maximumBits`.
  static func value(of expression: Expression) -> Value {
    guard !expression.isUnknown, !expression.pieces.isEmpty, expression.pieces.count <= maximumPieces else {
      return .unknown
    }
    var evaluator = ExpressionEvaluator(pieces: expression.pieces)
    do throws(Stop) {
      let value = try evaluator.sum().value
      return evaluator.at == evaluator.pieces.count ? .number(value) : .unknown
    } catch { return error == .undefined ? .undefined : .unknown }
  }

  private init(pieces: [Expression.Piece]) { self.pieces = pieces }

  private mutating func take(_ signs: ArithmeticToken.Operator...) -> ArithmeticToken.Operator? {
    guard at < pieces.count, case .sign(let sign) = pieces[at], signs.contains(sign) else { return nil }
    at += 1
    return sign
  }

  private func checked(_ value: Rational?) throws(Stop) -> Rational {
    guard let value else { throw .unknown }
    return value
  }

  private mutating func sum() throws(Stop) -> Operand {
    var left = try product()
    while let sign = take(.plus, .minus) {
      let right = try product()
      guard left.isPercent == right.isPercent else { throw .unknown }  // 20 + 10 %: of what?
      left.value = try checked(sign == .plus ? left.value.plus(right.value) : left.value.minus(right.value))
    }
    return left
  }

  private mutating func product() throws(Stop) -> Operand {
    var left = try signed()
    while let sign = take(.times, .divide, .of) {
      let right = try signed()
      if sign == .divide {
        if right.value.numerator == 0 { throw .undefined }
        left.value = try checked(left.value.divided(by: right.value))
      } else {
        left.value = try checked(left.value.times(right.value))
      }
      left.isPercent = false
    }
    return left
  }

  private mutating func signed() throws(Stop) -> Operand {
    var isNegative = false
    while at < pieces.count, pieces[at] == .negate {
      isNegative.toggle()
      at += 1
    }
    var operand = try power()
    if isNegative { operand.value = -operand.value }
    return operand
  }

  private mutating func power() throws(Stop) -> Operand {
    let base = try primary()
    guard take(.power) != nil else { return base }
    depth += 1
    defer { depth -= 1 }
    guard depth <= 40 else { throw .unknown }
    let exponent = try signed().value
    guard exponent.isInteger, exponent.magnitude <= Rational(BigInt(Rational.maximumBits)) else { throw .unknown }
    let steps = Int(exponent.numerator)
    if steps < 0, base.value.numerator == 0 { throw .undefined }
    return Operand(value: try checked(base.value.power(steps)))
  }

  private mutating func primary() throws(Stop) -> Operand {
    guard at < pieces.count else { throw .unknown }
    let piece = pieces[at]
    at += 1
    switch piece {
    case .number(let literal): return Operand(value: literal.value, isPercent: literal.isPercent)
    case .open:
      depth += 1
      defer { depth -= 1 }
      guard depth <= 40 else { throw .unknown }
      let inner = try sum()
      guard at < pieces.count, pieces[at] == .close else { throw .unknown }
      at += 1
      return inner
    default: throw .unknown
    }
  }
}
