import Testing
import Vocabulary

/// Lines that say the same are one, whatever they look like.
struct StatedLineTests {
  @Test(arguments: [
    ("30 + 5 = 35", "5+30=35"), ("30 + 5 = 35", "30.0 + 5 = 35"), ("1,000 + 5 = 1005", "5 + 1000 = 1,005"),
    ("Rosa has 22 + 35 = 57 apples.", "Rosa has 35 + 22 = 57 apples"), ("3 * 4 + 2 = 14", "2 + 4 × 3 = 14"),
    ("(3 + 4) * 2 = 14", "2*(4+3) = 14"), ("10 / 2 * 3 = 15", "3 * 10 / 2 = 15"),
    ("(3 + 4) + 5 = 12", "5 + (4 + 3) = 12"),
    ("10 - (3 - 2) = 9", "2 + 10 - 3 = 9"), ("2 * -3 = -6", "-3 * 2 = -6"), ("2^3 + 1 = 9", "1 + 2**3 = 9"),
    ("3 apples + 4 apples = 7 apples", "4 apples + 3 apples = 7 apples"), ("3 + 4 apples = 7", "4 + 3 apples = 7"),
    ("$5 + $3 = $8", "$3 + $5 = $8"), ("\\(3 \\times 4 = 12\\)", "4 · 3 = 12"), ("**x + y = 7**", "y + x = 7"),
    ("٣٠ + ٥ = ٣٥", "5 + 30 = 35"), ("Rosa hat 30 + 5 = 35 Äpfel.", "rosa hat 5 + 30 = 35 äpfel"),
    ("#### 35", "####35.0"), ("罗莎有 30 + 5 = 35 个苹果。", "罗莎有 5 + 30 = 35 个苹果"), ("3+4=7, so 7*2=14", "4+3=7; so 2*7=14"),
    ("", "  \u{200B} "), ("a twenty-five", "a twenty five"),
  ])
  func sayTheSame(_ a: String, _ b: String) {
    #expect(StatedLine(a) == StatedLine(b))
    #expect(StatedLine(a).hashValue == StatedLine(b).hashValue)
  }

  @Test(arguments: [
    ("30 + 5 = 35", "30 + 5 = 36"), ("30 + 5 = 35", "25 + 10 = 35"), ("35 - 22 = 13", "22 - 35 = 13"),
    ("10 / 2 = 5", "2 / 10 = 5"), ("2 ^ 3 = 8", "3 ^ 2 = 8"), ("Rosa has 5", "Kim has 5"),
    ("Rosa has 5", "Rosa has -5"),
    ("3 apples + 4 pears = 7", "3 pears + 4 apples = 7"), ("x < 5", "x > 5"), ("(3 + 4) * 2 = 14", "3 + 4 * 2 = 14"),
    ("30 + 5 = 35", "30 + 5"), ("2 * (3 + 4)", "2 * (3 - 4)"), ("x - y = 2", "y - x = 2"),
    ("10 - 3 - 2 = 5", "10 - (3 - 2) = 5"),
    ("8 / (4 / 2) = 4", "8 / 4 / 2 = 4"), ("the dog bit the man", "the man bit the dog"), ("", "x"),
  ])
  func sayOtherThings(_ a: String, _ b: String) {
    #expect(StatedLine(a) != StatedLine(b))
  }

  @Test func linesOfATextInOrder() {
    let text = "Rosa has 3 + 4 = 7.\n\n  \r\n#### 7\n"
    #expect(StatedLine.all(in: text) == [StatedLine("rosa has 4+3=7"), StatedLine("#### 7")])
  }

  /// What is built to cost time costs none, and is still equal to itself alone.
  @Test(arguments: [
    String(repeating: "(", count: 999), String(repeating: "(", count: 100_000),
    String(repeating: "1+", count: 499) + "1",
    String(repeating: "-", count: 900), String(repeating: "1^", count: 400) + "2",
    String(repeating: "\\frac{", count: 150),
    String(repeating: "9", count: 990), "a\u{1}b \u{1B}[2J",
  ])
  func hostileLinesAreRead(_ line: String) {
    #expect(StatedLine(line) == StatedLine(line + " "))
    #expect(StatedLine(line) != StatedLine(line + " else"))
  }
}
