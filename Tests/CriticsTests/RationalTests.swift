import Vocabulary
import BigInt
import Testing

@testable import Critics

@Suite("Exact fractions")
struct RationalTests {
  private func fraction(_ a: Int, _ b: Int) throws -> Rational { try #require(Rational(BigInt(a), BigInt(b))) }

  @Test("lowest terms, positive denominator")
  func lowest() throws {
    let x = try fraction(6, -4)
    #expect((x.numerator, x.denominator) == (-3, 2))
    #expect(Rational(1, 0) == nil)
  }

  @Test("arithmetic worked out by hand")
  func arithmetic() throws {
    #expect(try fraction(1, 3).plus(fraction(1, 6)) == fraction(1, 2))
    #expect(try fraction(1, 3).minus(fraction(1, 2)) == fraction(-1, 6))
    #expect(try fraction(2, 3).times(fraction(9, 4)) == fraction(3, 2))
    #expect(try fraction(2, 3).divided(by: fraction(-4, 9)) == fraction(-3, 2))
    #expect(try fraction(2, 3).divided(by: fraction(0, 9)) == nil)
    #expect(try fraction(2, 3).power(-2) == fraction(9, 4))
    #expect(try fraction(1, 3) < fraction(2, 5))
  }

  @Test("written as integer, decimal or fraction")
  func text() throws {
    #expect(
      try [(4, 2), (1, 8), (-1, 20), (5, 3), (-7, 2), (123, 100)].map { try fraction($0.0, $0.1).description }
        == ["2", "0.125", "-0.05", "5/3", "-3.5", "1.23"])
  }

  @Test("too large is no number")
  func large() {
    #expect(Rational(BigInt(2)).power(4000) != nil)
    #expect(Rational(BigInt(2)).power(4097) == nil)
    #expect(Rational(BigInt(2)).power(2_000_000_000) == nil)
  }
}
