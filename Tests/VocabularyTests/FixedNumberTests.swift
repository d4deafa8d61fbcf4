import Testing
import Vocabulary

@Suite("Numbers with fixed decimals")
struct FixedNumberTests {
  @Test(
    "rounded half away from zero, and never a negative zero",
    arguments: [
      (0.0, 2, "0.00"), (0.125, 2, "0.13"), (-0.125, 2, "-0.13"), (1, 3, "1.000"), (-0.001, 2, "0.00"),
      (-1.5, 2, "-1.50"), (12.345, 2, "12.35"), (0.0625, 3, "0.063"), (2.5, 0, "3"), (-0.4, 0, "0"), (0.05, 1, "0.1"),
      (999_999_999_999.0, 3, "999999999999.000"), (0.999_999_6, 6, "1.000000"), (0.007, 3, "0.007"),
    ])
  func numbers(_ value: Double, _ decimals: Int, _ text: String) {
    #expect(FixedNumber.text(value, decimals: decimals) == text)
  }

  @Test(
    "what is no number, or too great for decimals, has no text",
    arguments: [Double.nan, .infinity, -.infinity, 1e12, -1e300])
  func none(_ value: Double) {
    #expect(FixedNumber.text(value, decimals: 2) == nil)
    #expect(FixedNumber.text(value, decimals: 2, none: "–") == "–")
    #expect(FixedNumber.text(nil, decimals: 2, none: "–") == "–")
    #expect(FixedNumber.text(0.5, decimals: 2, none: "–") == "0.50")
  }
}
