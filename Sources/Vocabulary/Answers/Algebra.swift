import BigInt

/// An exact expression as a sum of terms: rational coefficient × square root × powers of symbols. Two expressions that
/// differ only in order, spelling or distributed products have one form, so that equality is a comparison.
///
/// What has no polynomial form (a logarithm, the inverse of a sum) is a symbol named by its own canonical spelling.
struct Algebra: Hashable, Sendable {
  /// √radical times symbols with their powers, in order of name.
  struct Monomial: Hashable, Comparable, Sendable {
    /// Free of squares, ≥ 1.
    var radical: BigInt = 1
    var powers: [Power] = []

    struct Power: Hashable, Sendable {
      var symbol: String
      var exponent: Int
    }

    static let one = Monomial()

    /// The order of terms in a spelling.
    static func < (a: Monomial, b: Monomial) -> Bool { a.spelling < b.spelling }

    var spelling: String {
      powers.map { "\($0.symbol)^\($0.exponent)" }.joined(separator: "*") + (radical == 1 ? "" : "*√\(radical)")
    }
  }

  /// Terms that are not 0, by their monomial; 0 has none.
  private(set) var terms: [Monomial: Rational]

  /// Most terms: a product of sums that would have more is no value.
  static let mostTerms = 200
  /// Greatest exponent of a sum, and of a symbol.
  static let (mostPower, mostExponent) = (12, 10_000)

  static let zero = Algebra(terms: [:])

  init(_ number: Rational) { terms = number.numerator == 0 ? [:] : [.one: number] }

  init(_ number: Int) { self.init(Rational(BigInt(number))) }

  /// A variable, a constant such as π, or an expression that is not looked into.
  init(symbol: String) { terms = [Monomial(powers: [.init(symbol: symbol, exponent: 1)]): Rational(1)] }

  private init(terms: [Monomial: Rational]) { self.terms = terms }

  /// The number it is, nil where it holds a root or a symbol.
  var rational: Rational? {
    if terms.isEmpty { return Rational(0) }
    return terms.count == 1 ? terms[.one] : nil
  }

  /// A spelling that equal expressions share.
  var spelling: String {
    if terms.isEmpty { return "0" }
    return terms.sorted { $0.key < $1.key }.map { "\($0.value.numerator)/\($0.value.denominator)*\($0.key.spelling)" }
      .joined(separator: "+")
  }

  // MARK: - Arithmetic; nil where a result would be too large

  func plus(_ other: Algebra) -> Algebra? {
    var sum = terms
    for (monomial, coefficient) in other.terms {
      guard let total = sum[monomial].map({ $0.plus(coefficient) }) ?? coefficient else { return nil }
      sum[monomial] = total.numerator == 0 ? nil : total
    }
    return sum.count <= Self.mostTerms ? Algebra(terms: sum) : nil
  }

  var negated: Algebra { Algebra(terms: terms.mapValues { -$0 }) }

  func minus(_ other: Algebra) -> Algebra? { plus(other.negated) }

  func times(_ other: Algebra) -> Algebra? {
    guard terms.count * other.terms.count <= 4 * Self.mostTerms else { return nil }
    var product = Algebra.zero
    for (a, x) in terms {
      for (b, y) in other.terms {
        guard let term = Self.product(a, x, b, y), let sum = product.plus(term) else { return nil }
        product = sum
      }
    }
    return product
  }

  private static func product(_ a: Monomial, _ x: Rational, _ b: Monomial, _ y: Rational) -> Algebra? {
    let common = a.radical.greatestCommonDivisor(with: b.radical)
    var exponents: [String: Int] = [:]
    for power in a.powers + b.powers { exponents[power.symbol, default: 0] += power.exponent }
    var coefficient = x.times(y)?.times(Rational(common))
    if let i = exponents["i"] {
      // i² = −1
      let turns = ((i % 4) + 4) % 4
      if turns >= 2 { coefficient = coefficient.map { -$0 } }
      exponents["i"] = turns % 2
    }
    guard let coefficient, coefficient.numerator != 0, exponents.values.allSatisfy({ abs($0) <= mostExponent }) else {
      return nil
    }
    let powers = exponents.filter { $0.value != 0 }.sorted { $0.key < $1.key }
      .map { Monomial.Power(symbol: $0.key, exponent: $0.value) }
    let radical = (a.radical / common) * (b.radical / common)
    guard radical.bitWidth <= Rational.maximumBits else { return nil }
    return Algebra(terms: [Monomial(radical: radical, powers: powers): coefficient])
  }

  func divided(by other: Algebra) -> Algebra? {
    if terms.isEmpty, !other.terms.isEmpty { return .zero }
    return other.inverse.flatMap(times)
  }

  /// 1 through it; nil for 0.
  private var inverse: Algebra? {
    if terms.count == 1, let (monomial, coefficient) = terms.first {
      // 1/√n is √n/n.
      let powers = monomial.powers.map { Monomial.Power(symbol: $0.symbol, exponent: -$0.exponent) }
      guard let bottom = coefficient.times(Rational(monomial.radical)), let new = Rational(1).divided(by: bottom) else {
        return nil
      }
      return Algebra(terms: [Monomial(radical: monomial.radical, powers: powers): new]).times(Algebra(1))
    }
    guard !terms.isEmpty else { return nil }
    if let conjugate = conjugate, let norm = times(conjugate)?.rational { return conjugate.divided(by: Algebra(norm)) }
    // A sum has no inverse among sums: it becomes a symbol, its leading coefficient taken out so that 2/(2x+2) is 1/(x+1).
    guard let lead = terms.min(by: { $0.key < $1.key })?.value, let factor = Rational(1).divided(by: lead),
      let monic = times(Algebra(factor))
    else { return nil }
    let whole = Monomial(powers: [.init(symbol: "(\(monic.spelling))", exponent: -1)])
    return Algebra(terms: [whole: factor])
  }

  /// a − b√n of a + b√n, and the same with i; nil for every other sum.
  private var conjugate: Algebra? {
    guard terms.count == 2 else { return nil }
    let isRoot = { (monomial: Monomial) in monomial.powers.isEmpty || monomial.powers.map(\.symbol) == ["i"] }
    guard terms.keys.allSatisfy(isRoot), let turned = terms.keys.max() else { return nil }
    var other = terms
    other[turned] = terms[turned].map { -$0 }
    return Algebra(terms: other)
  }

  func power(_ exponent: Algebra) -> Algebra? {
    guard let number = exponent.rational else { return Algebra(symbol: "(\(spelling))^(\(exponent.spelling))") }
    if number.isInteger, let whole = Int(exactly: number.numerator) { return power(whole) }
    if number.denominator == 2, let whole = Int(exactly: number.numerator) { return root?.power(whole) }
    return Algebra(symbol: "(\(spelling))^(\(exponent.spelling))")
  }

  func power(_ exponent: Int) -> Algebra? {
    if exponent < 0 { return power(-exponent).flatMap { Algebra(1).divided(by: $0) } }
    if let rational { return rational.power(exponent).map { Algebra($0) } }
    guard exponent <= (terms.count == 1 ? 64 : Self.mostPower) else { return nil }
    var result = Algebra(1)
    for _ in 0..<exponent {
      guard let next = result.times(self) else { return nil }
      result = next
    }
    return result
  }

  /// The square root: exact for numbers, a symbol for everything else.
  var root: Algebra? {
    guard let rational else {
      return Algebra(symbol: "√(\(spelling))")
    }
    if rational.numerator < 0 { return Algebra(-rational).root?.times(Algebra(symbol: "i")) }
    if rational.numerator == 0 { return .zero }
    // √(p/q) = √(pq)/q
    let (outside, radical) = Self.squareFree(rational.numerator * rational.denominator)
    return Rational(outside, rational.denominator).map { Algebra(terms: [Monomial(radical: radical): $0]) }
  }

  /// The n-th root: exact where it is rational.
  func root(_ degree: Int) -> Algebra? {
    if degree == 2 { return root }
    guard degree > 2, degree <= 64 else { return nil }
    if let rational, let top = Self.exactRoot(rational.numerator, degree),
      let bottom = Self.exactRoot(rational.denominator, degree)
    {
      return Rational(top, bottom).map { Algebra($0) }
    }
    return Algebra(symbol: "root\(degree)(\(spelling))")
  }

  /// s²·r = n with r free of the squares of small primes; larger squares are found where all of the rest is one.
  private static func squareFree(_ number: BigInt) -> (outside: BigInt, radical: BigInt) {
    var (outside, rest, radical): (BigInt, BigInt, BigInt) = (1, number, 1)
    var prime: BigInt = 2
    while prime * prime <= rest, prime < 1000 {
      while rest % (prime * prime) == 0 {
        rest /= prime * prime
        outside *= prime
      }
      if rest % prime == 0 {
        rest /= prime
        radical *= prime
      }
      prime += prime == 2 ? 1 : 2
    }
    let square = rest.squareRoot()
    return square * square == rest ? (outside * square, radical) : (outside, radical * rest)
  }

  private static func exactRoot(_ number: BigInt, _ degree: Int) -> BigInt? {
    if number < 0 { return degree % 2 == 1 ? exactRoot(-number, degree).map { -$0 } : nil }
    var (low, high): (BigInt, BigInt) = (0, BigInt(1) << (number.bitWidth / degree + 1))
    while low < high {
      let middle = (low + high + 1) / 2
      if middle.power(degree) <= number { low = middle } else { high = middle - 1 }
    }
    return low.power(degree) == number ? low : nil
  }

  /// The expression with the coefficient of its first term made 1, and whether that one was negative: what `2x − 4 = 0` and
  /// `x = 2` share.
  var monic: (form: Algebra, isNegated: Bool)? {
    guard let lead = terms.max(by: { $0.key < $1.key })?.value, let factor = Rational(1).divided(by: lead) else {
      return nil
    }
    return times(Algebra(factor)).map { ($0, lead.numerator < 0) }
  }
}
