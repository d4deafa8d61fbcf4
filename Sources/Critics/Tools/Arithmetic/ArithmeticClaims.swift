import Vocabulary
import BigInt

/// Finds and checks the arithmetic claims of a text.
enum ArithmeticClaims {
  /// Claims after this many are not looked at.
  static let maximumClaims = 32
  /// Text after this many scalars is not looked at.
  static let maximumScalars = 65_536

  /// The claims of `text`, in order, each checked. Complexity: O(length), with bounded work a claim.
  static func all(in text: some Sequence<Unicode.Scalar>) -> [ArithmeticClaim] {
    let tokens = ArithmeticLexer.tokens(of: text.prefix(maximumScalars))
    var claims: [ArithmeticClaim] = []
    var before: Expression?
    var isExact = true
    var start = 0
    var isAfterEquals = false
    for (i, placed) in tokens.enumerated() where isEnd(placed.token) {
      let side = ExpressionReader(tokens[start..<i], isAfterEquals: isAfterEquals)
      if isAfterEquals, let left = before, let right = side.first,
        let claim = ArithmeticClaim(left, right, isExact: isExact)
      {
        claims.append(claim)
        if claims.count == maximumClaims { return claims }
      }
      start = i + 1
      switch placed.token {
      case .equals(let exact):
        before = side.last
        isExact = exact
        isAfterEquals = true
      default: isAfterEquals = false
      }
    }
    if isAfterEquals, let left = before,
      let right = ExpressionReader(tokens[start...], isAfterEquals: true).first,
      let claim = ArithmeticClaim(left, right, isExact: isExact)
    {
      claims.append(claim)
    }
    return claims
  }

  private static func isEnd(_ token: ArithmeticToken) -> Bool {
    switch token {
    case .equals, .lineEnd: true
    default: false
    }
  }
}

/// Two expressions that a text says are equal, and what came of checking it.
struct ArithmeticClaim: Hashable {
  /// What came of checking.
  enum Outcome: Hashable {
    case holds
    /// How, in words that follow the claim: `contradicts 42`, `divides by zero`.
    case contradicted(String)
    case unsure
  }

  let left: Expression
  let right: Expression
  let outcome: Outcome
  /// The value the claim leaves behind: of the right side, where it is known.
  let result: Rational?

  /// As people write it: `18 + 24 = 42`.
  var text: String { "\(left.text) = \(right.text)" }

  /// Checks that `left` equals `right`; nil where neither has anything to work out.
  init?(_ left: Expression, _ right: Expression, isExact: Bool) {
    guard left.hasOperator || right.hasOperator else { return nil }
    self.left = left
    self.right = right
    let values = (ExpressionEvaluator.value(of: left), ExpressionEvaluator.value(of: right))
    if case .number(let value) = values.1 { result = value } else { result = nil }
    let isDoubtful = left.isDoubtful || right.isDoubtful || !isExact
    switch values {
    case (.unknown, _), (_, .unknown): outcome = .unsure
    case (.undefined, _), (_, .undefined):
      outcome = isDoubtful ? .unsure : .contradicted("divides by zero")
    case (.number(let a), .number(let b)):
      if a == b || Self.isRounded(b, right, of: a) || Self.isRounded(a, left, of: b) {
        outcome = .holds
      } else if isDoubtful || Self.mayMeanOther(left, a, right, b) {
        outcome = .unsure
      } else if left.hasOperator || !right.hasOperator {
        outcome = .contradicted("contradicts \(a)")
      } else {
        outcome = .contradicted("contradicts \(b)")
      }
    }
  }

  /// Whether `stated`, written as one decimal, is `exact` correctly rounded to the places it has.
  private static func isRounded(_ stated: Rational, _ side: Expression, of exact: Rational) -> Bool {
    guard let literal = side.only, literal.decimals > 0, let distance = stated.minus(exact)?.magnitude,
      let half = Rational(1, 2 * BigInt(10).power(literal.decimals + (literal.isPercent ? 2 : 0)))
    else { return false }
    return distance <= half
  }

  /// Whether the sides differ, but perhaps only in what they mean.
  private static func mayMeanOther(_ left: Expression, _ a: Rational, _ right: Expression, _ b: Rational) -> Bool {
    for (side, stated, exact) in [(right, b, a), (left, a, b)] {
      // 17 / 5 = 3 may count whole ones
      if side.only != nil, stated.isInteger, !exact.isInteger, let distance = stated.minus(exact),
        distance.magnitude < Rational(1)
      {
        return true
      }
    }
    // 18 + 24 = 42 - 2 = 40: the equals sign as "and then"
    if right.hasOperator, case .number(let literal)? = right.pieces.first, literal.value == a { return true }
    if hasPercent(left) || hasPercent(right), a.times(Rational(100)) == b || b.times(Rational(100)) == a { return true }
    if hasChainedDivision(left) || hasChainedDivision(right) { return true }
    return unitsDiffer(left, right)
  }

  private static func hasPercent(_ side: Expression) -> Bool { side.literals.contains(where: \.isPercent) }

  /// `12 / 3/4` is read in two ways.
  private static func hasChainedDivision(_ side: Expression) -> Bool {
    var divisions = 0
    for piece in side.pieces {
      if piece == .sign(.divide) { divisions += 1 }
      if piece == .sign(.plus) || piece == .sign(.minus) || piece == .open || piece == .close { divisions = 0 }
      if divisions > 1 { return true }
    }
    return false
  }

  /// Whether units may hide a conversion: 1 hour + 30 minutes = 90 minutes.
  private static func unitsDiffer(_ left: Expression, _ right: Expression) -> Bool {
    let (stated, worked) = left.hasOperator ? (right, left) : (left, right)
    if worked.hasSum { return worked.units.union(stated.units).count > 1 }
    return !stated.units.isEmpty && !worked.units.isEmpty && stated.units.isDisjoint(with: worked.units)
  }
}
