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
