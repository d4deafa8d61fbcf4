import Testing

@testable import Critics

@Suite("Calculator: what holds, what is contradicted, what is left alone")
struct CalculatorClaimsTests {
  @Test(
    "claims that hold",
    arguments: [
      "18 + 24 = 42", "3*6 = 18", "3 × 6 = 18", "3 x 6 = 18", "12 ÷ 4 = 3", "12/4=3", "10 \u{2212} 3 = 7", "10-3=7",
      "2.5 + 2.5 = 5", "0.1 + 0.2 = 0.3", ".5 * 4 = 2", "-3 + 5 = 2", "5 + -3 = 2", "5 - (-3) = 8", "2 - 5 = -3",
      "1/2 + 1/4 = 3/4", "1/3 + 1/6 = 1/2", "2/4 = 1/2", "25% of 80 = 20", "1/2 of 40 = 20", "20% + 30% = 50%",
      "3/4 = 75%", "1,200 + 300 = 1,500", "1,200 * 2 = 2400", "1,234,567 + 1 = 1234568", "2 + 3 = 5 = 10 / 2",
      "(2 + 3) * 4 = 20", "2 + 3 * 4 = 14", "((1 + 2) * (3 + 4)) = 21", "$12 * 3 = $36", "5€ + 3€ = 8€",
      "-$5 + $8 = $3",
      "5 apples + 3 apples = 8 apples", "5kg + 3kg = 8kg", "10 / 3 = 3.33", "10 / 3 = 3.3333", "2 / 3 = 0.67",
      "2^10 = 1024", "2**3 = 8", "2^3^2 = 512", "-2^2 = -4", "2^-1 = 0.5", "8 times 3 = 24", "3 plus 4 = 7",
      "9 minus 4 = 5",
      "Ana has 13 + 9 = 22 apples.", "3 trays hold 3 * 3 = 9 apples.", "so 4 + 4 = 8, which is even", "- 3 + 4 = 7",
      "* 3 * 4 = 12", "1. 3 + 4 = 7", "Step 2: 3 + 4 = 7", "Natalia sold 48/2 = <<48/2=24>>24 clips in May.",
      "cost = 3 + 4 = 7", "(3 + 4 = 7)", "[so 3 + 4 = 7]", "7 = 3 + 4", "3 + 4 == 7", "10 / 4 \u{2248} 2.5",
      "60 miles / 2 hours = 30 mph",
      "3 boxes * 4 apples = 12 apples", "1 hour + 30 minutes = 31 minutes", "\\(3 \\times 4 = 12\\)",
      "100 * (1 + 5%) = 105 or 3 + 4 = 7",
      "999999999999999999999999999999999999999 + 1 = 1000000000000000000000000000000000000000",
      "1 day - 1 day = 0 days", "18 + 24 = 42 - 2 = 40",
    ])
  func holds(_ text: String) {
    let verdict = CalculatorCritic.verdict(on: text)
    #expect(verdict.score == 1, "\(verdict.note)")
    #expect(verdict.note.hasPrefix("checked: "))
  }

  @Test(
    "claims that are contradicted, and by what",
    arguments: [
      ("18 + 24 = 41", "18 + 24 = 41 contradicts 42"), ("3*6 = 19", "3 * 6 = 19 contradicts 18"),
      ("12/5=2.5", "12 / 5 = 2.5 contradicts 2.4"), ("0.1 + 0.2 = 0.4", "0.1 + 0.2 = 0.4 contradicts 0.3"),
      ("1/2 + 1/4 = 2/6", "1 / 2 + 1 / 4 = 2 / 6 contradicts 0.75"),
      ("1/3 + 1/3 = 1/3", "1 / 3 + 1 / 3 = 1 / 3 contradicts 2/3"),
      ("25% of 80 = 25", "25% of 80 = 25 contradicts 20"),
      ("1,200 + 300 = 1,400", "1,200 + 300 = 1,400 contradicts 1500"),
      ("2 + 3 = 5 = 10 / 5", "5 = 10 / 5 contradicts 2"), ("$12 * 3 = $35", "12 * 3 = 35 contradicts 36"),
      ("5 apples + 3 apples = 9 apples", "5 + 3 = 9 contradicts 8"),
      ("10 / 3 = 3.34", "10 / 3 = 3.34 contradicts 10/3"),
      ("2 - 5 = 3", "2 - 5 = 3 contradicts -3"), ("(2 + 3) * 4 = 14", "(2 + 3) * 4 = 14 contradicts 20"),
      ("5 / 0 = 0", "5 / 0 = 0 divides by zero"), ("0^-1 = 0", "0 ^ -1 = 0 divides by zero"),
      ("Ana has 13 + 9 = 23 apples.", "13 + 9 = 23 contradicts 22"),
      ("3 + 4 = 8\n3 + 4 = 7", "3 + 4 = 8 contradicts 7"),
      ("3 boxes * 4 apples = 13 apples", "3 * 4 = 13 contradicts 12"), ("8 = 3 + 4", "8 = 3 + 4 contradicts 7"),
      ("-3 + 5 = 8", "-3 + 5 = 8 contradicts 2"), ("10 / 4 = 1", "10 / 4 = 1 contradicts 2.5"),
    ])
  func contradicted(_ text: String, _ note: String) {
    let verdict = CalculatorCritic.verdict(on: text)
    #expect(verdict.score == 0)
    #expect(verdict.note == note)
  }

  @Test(
    "texts that say nothing sure",
    arguments: [
      "", " ", "=", "= = =", "Ana has 3 apples.", "x = 5", "5 = 6", "5 apples = 6 pears", "x + 3 = 10", "3x + 2 = 14",
      "2x = 8",
      "Total - 3 = 5", "Total -3 + 1 = 5", "20 + 10% = 22", "100 - 20% = 80", "3 + x = 10", "f(3) + 4 = 8",
      "sqrt(16) + 2 = 6",
      "square root of 16 + 2 = 6", "half of 20 + 5 = 15", "twice 5 + 3 = 13", "3 less than 5 + 4 = 6",
      "3:30 + 15 = 3:45",
      "2 1/2 + 1 = 3 1/2", "5! = 120", "5! + 1 = 121", "|-3| + 2 = 5", "√16 + 2 = 6",
      "1 hour + 30 minutes = 90 minutes",
      "1 hour / 2 = 30 minutes", "18 + 24 = 42 - 2", "17 / 5 = 3", "17 / 5 = 4", "17 / 5 = 3 remainder 2",
      "12 / 3/4 = 16",
      "10 / 40 * 100 = 25%", "10 / 3 \u{2248} 3", "2(3 + 4) = 14", "(2)(3) = 6", "7 % 3 = 1", "1e3 + 1 = 1001",
      "2nd + 3 = 5",
      "3 + 4 != 8", "3 + 4 <= 8", "3 + 4 => 8", "3 + = 8", "3 + 4 =", "+ 4 = 8", "3 ** = 4", "()=3+",
      "5 + 3 = 2 more than 6",
      "5 dozen + 2 = 62", "2 million + 1 = 2000001", "45 + 45 = 1 hour 30 minutes", "2^99999 = 1", "9^9^9 = 1",
      "3\u{2013}5 = 2", "1.2.3 + 1 = 2", "3 + 4 = x = 8", "a + b = c", "3 apples and some pears + 4 = 8",
      "10:2 + 1 = 6",
    ])
  func abstains(_ text: String) {
    let verdict = CalculatorCritic.verdict(on: text)
    #expect(verdict.score == nil, "\(verdict.note)")
  }

  @Test("numbers beyond the limit of digits are not judged, those at it are")
  func digits() {
    let longest = String(repeating: "1", count: 40)
    #expect(CalculatorCritic.verdict(on: "\(longest) + 0 = \(longest)").score == 1)
    #expect(CalculatorCritic.verdict(on: "1\(longest) + 0 = 5").score == nil)
  }

  @Test("products that outgrow 4,096 bits are not judged")
  func size() {
    let product = Array(repeating: String(repeating: "9", count: 40), count: 60).joined(separator: " * ")
    #expect(CalculatorCritic.verdict(on: product + " = 1").score == nil)
    #expect(CalculatorCritic.verdict(on: "2^4000 * 2^200 = 1").score == nil)
  }
}
