import Testing

@testable import Explorer

@Suite("Numbers on the screen")
struct NumberTests {
  @Test(
    "Scores have two decimals, rounded half away from zero",
    arguments: [
      (0.0, "0.00"), (0.125, "0.13"), (1, "1.00"), (-0.001, "0.00"), (-1.5, "-1.50"), (12.345, "12.35"),
      (.infinity, "inf"), (.nan, "nan"),
    ])
  func scores(value: Double, text: String) { #expect(Number.score(value) == text) }

  @Test(
    "Counts fit into five columns",
    arguments: [
      (0, "0"), (99_999, "99999"), (100_000, "100k"), (999_999, "999k"), (1_250_000, "1.2M"), (123_456_789, "123M"),
    ])
  func short(value: Int, text: String) { #expect(Number.short(value) == text) }

  @Test("Counts have separators", arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567")])
  func counts(value: Int, text: String) { #expect(Number.count(value) == text) }
}
