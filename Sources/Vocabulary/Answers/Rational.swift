import BigInt

/// An exact fraction in lowest terms, its denominator positive. What would grow past 4,096 bits is no number here.
package struct Rational: Hashable, Comparable, Sendable {
  /// Most bits of a numerator or denominator: hostile input must not buy time with size.
  package static let maximumBits = 4096

  package let numerator: BigInt
  package let denominator: BigInt

  package init(_ value: BigInt) {
    numerator = value
    denominator = 1
  }

  /// nil where `denominator` is 0 or the result is too large.
  package init?(_ numerator: BigInt, _ denominator: BigInt) {
    guard denominator != 0, numerator.bitWidth <= 2 * Self.maximumBits, denominator.bitWidth <= 2 * Self.maximumBits
    else {
      return nil
    }
    let divisor = numerator.greatestCommonDivisor(with: denominator)
    let sign: BigInt = denominator < 0 ? -1 : 1
    self.numerator = sign * numerator / divisor
    self.denominator = sign * denominator / divisor
    guard self.numerator.bitWidth <= Self.maximumBits, self.denominator.bitWidth <= Self.maximumBits else { return nil }
  }

  package var isInteger: Bool { denominator == 1 }

  /// True for a fraction between 0 and 1.
  package var isProper: Bool { numerator > 0 && numerator < denominator }

  package var magnitude: Rational { numerator < 0 ? -self : self }

  package static prefix func - (a: Rational) -> Rational { Rational(lowest: -a.numerator, a.denominator) }

  private init(lowest numerator: BigInt, _ denominator: BigInt) {
    self.numerator = numerator
    self.denominator = denominator
  }

  package func plus(_ b: Rational) -> Rational? {
    Rational(numerator * b.denominator + b.numerator * denominator, denominator * b.denominator)
  }

  package func minus(_ b: Rational) -> Rational? { plus(-b) }

  package func times(_ b: Rational) -> Rational? { Rational(numerator * b.numerator, denominator * b.denominator) }

  /// nil for division by zero.
  package func divided(by b: Rational) -> Rational? { Rational(numerator * b.denominator, denominator * b.numerator) }

  /// self to the power `exponent`, nil where that is too large or 0 to a negative power.
  package func power(_ exponent: Int) -> Rational? {
    let steps = exponent.magnitude
    guard steps <= UInt(Self.maximumBits),
      UInt(max(numerator.magnitude.bitWidth, denominator.magnitude.bitWidth)) * steps <= UInt(2 * Self.maximumBits)
    else { return nil }
    let (top, bottom) = (numerator.power(Int(steps)), denominator.power(Int(steps)))
    return exponent >= 0 ? Rational(top, bottom) : Rational(bottom, top)
  }

  package static func < (a: Rational, b: Rational) -> Bool { a.numerator * b.denominator < b.numerator * a.denominator }
}

extension Rational: CustomStringConvertible {
  /// An integer, a decimal where it ends within 12 places, else a fraction.
  package var description: String {
    if isInteger { return String(numerator) }
    var scale: BigInt = 1
    for places in 1...12 {
      scale *= 10
      guard scale % denominator == 0 else { continue }
      let digits = String((numerator * (scale / denominator)).magnitude)
      let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
      return (numerator < 0 ? "-" : "") + padded.dropLast(places) + "." + padded.suffix(places)
    }
    return "\(numerator)/\(denominator)"
  }
}
