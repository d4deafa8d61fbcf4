import Foundation
import Testing
import Vocabulary

/// Answers are compared by value, whatever their spelling.
struct AnswerValueTests {
  static func same(_ a: String, _ b: String) -> Bool? {
    guard let a = AnswerValue(a), let b = AnswerValue(b) else { return nil }
    return a.says(b)
  }

  /// Lines as models write them, against references.
  @Test(arguments: [
    ("#### 1,000", "1000", true), ("#### 1000", "1,000", true), ("#### 1/2", "0.5", true), ("#### $18", "18", true),
    ("#### 18 apples", "18", true), ("#### 18.00", "18", true), ("#### -5", "-5", true), ("#### 25%", "25%", true),
    ("#### 18 dollars", "18", true), ("#### \\$18", "18", true), ("#### **18**", "18", true),
    ("**#### 18**", "18", true),
    ("#### 18.", "18", true), ("#### x = 18", "18", true), ("#### 1,2", "12", false),
    ("$\\boxed{3,5,7}$", "3,5,7", true),
    ("#### (1, 2)", "(1,2)", true), ("#### 1, 2", "1,2", true), ("#### 3,5", "3.5", false),
    ("#### 12345678901234567891", "12345678901234567890", false), ("#### 9007199254740993", "9007199254740992", false),
    ("#### .5", "0.5", true), ("#### 1e3", "1000", true), ("$\\boxed{\\frac{1}{2}}$", "\\frac12", true),
    ("$\\boxed{90^\\circ}$", "90", true), ("$\\boxed{10{,}000}$", "10000", true), ("$\\boxed{\\text{A}}$", "A", true),
    ("$\\boxed{(A)}$", "A", true), ("$\\boxed 5$", "5", true), ("$\\fbox{5}$", "5", true),
    ("$\\boxed{\\$18}$", "18", true),
    ("$\\boxed{x=5}$", "5", true), ("$\\boxed{2\\sqrt{3}}$", "2 \\sqrt{3}", true), ("#### Yes", "yes", true),
    ("#### ５", "5", true), ("#### ١٨", "18", true), ("#### 1_000", "1000", true), ("#### 0x12", "18", false),
    ("#### 1.0.", "1", true), ("The answer is 18.", "18", true), ("A: 18", "18", true), ("#### +18", "18", true),
    ("#### €18", "18", true), ("#### 2:30", "2:30", true), ("### 18", "18", true), ("####18", "18", true),
    (" #### 18", "18", true), ("So #### 18", "18", true), ("#### 3.14", "\\pi", false), ("#### 1,00", "100", false),
    ("#### 0.1", "0.10", true), ("#### True", "true", true), ("#### 18\t", "18", true), ("#### 1.50", "$1.50", true),
    ("#### £18", "18", true), ("#### ", "18", false),
  ])
  func lines(_ line: String, _ reference: String, _ isSame: Bool) throws {
    let stated = AnswerFormat.answer(in: line)
    #expect(AnswerFormat.isCorrect(stated, by: reference) == isSame, "\(line) states \(stated ?? "nothing")")
  }

  @Test(arguments: [
    ("3/4", "0.75"), ("1 1/2", "3/2"), ("1\\frac{1}{2}", "1.5"), ("-\\frac{1}{3}", "-1/3"),
    ("\\frac{-1}{3}", "-\\frac13"),
    ("50%", "0.5"), ("50\\%", "50"), ("$1,234.50", "1234.5"), ("1.5 million", "1,500,000"), ("10^3", "1000"),
    ("3 \\times 10^{4}", "30000"), ("2.5e-3", "0.0025"), ("\\sqrt{12}", "2\\sqrt{3}"),
    ("\\frac{1}{\\sqrt{2}}", "\\frac{\\sqrt2}{2}"),
    ("\\frac{2}{1+\\sqrt{3}}", "\\sqrt{3}-1"), ("2x+1", "1+2x"), ("(x+1)^2", "x^2+2x+1"), ("\\{1,2\\}", "{2, 1}"),
    ("3 and 5", "5, 3"),
    ("x = 1 or x = 2", "1, 2"), ("[0, 1)", "\\left[0,1\\right)"), ("(-\\infty, 3]", "(-\\infty,3]"),
    ("18 cm", "18\\text{ cm}"),
    ("18 square meters", "18"), ("90 degrees", "90^\\circ"), ("90°", "90"), ("(B)", "\\textbf{(B)}"),
    ("(B) 12 apples", "B"),
    ("B. 12", "b)"), ("True", "yes"), ("no", "False"), ("New York", "new  york"), ("the cat", "cat"),
    ("\\pi r^2", "r^2\\pi"),
    ("π", "\\pi"), ("½", "0.5"), ("2½", "5/2"), ("x²", "x^2"), ("−5", "-5"), ("1 000", "1000"), ("1\\,000", "1000"),
    ("-$5", "$-5"), ("USD 18", "18 dollars"), ("18 red apples", "18 apples"), ("x > 5", "5 < x"), ("x\\ge 3", "x >= 3"),
    ("y = 2x + 1", "y=1+2x"), ("\\begin{pmatrix}1\\\\2\\end{pmatrix}", "\\begin{bmatrix} 1 \\\\ 2 \\end{bmatrix}"),
    ("5!", "120"),
    ("\\binom{5}{2}", "10"), ("\\sqrt[3]{8}", "2"), ("e^{2}", "e^2"), ("\\log_2 x", "\\log_{2}(x)"), ("2 : 30", "2:30"),
    ("0.333", "333/1000"), ("i^2", "-1"), ("(2+i)(2-i)", "5"), ("f(x) = x^2", "x^2"), ("\\text{Evelyn}", "Evelyn"),
    ("$18$", "18"),
    ("\\(18\\)", "18"), ("18\\%", "18 percent"), ("three", "Three"), ("12/05", "12/5"),
  ])
  func theSame(_ a: String, _ b: String) {
    #expect(Self.same(a, b) == true)
    #expect(Self.same(b, a) == true)
  }

  @Test(arguments: [
    ("18", "19"), ("1/2", "1/3"), ("18 m", "18 kg"), ("$18", "€18"), ("(1,2)", "(2,1)"), ("[1,2]", "(1,2)"),
    ("1,2", "1,2,3"),
    ("1,1", "1"), ("A", "B"), ("yes", "no"), ("cat", "dog"), ("red", "der"), ("x", "y"), ("2x", "x^2"),
    ("\\sqrt{2}", "1.41421356"),
    ("0.3333", "1/3"), ("x > 5", "x \\ge 5"), ("x > 5", "x < 5"), ("25%", "2.5"), ("18 m/s", "18 m"),
    ("18 m^2", "18 m"), ("2:30", "1:15"),
    ("1,000", "1, 0"), ("-5", "5"), ("10000000000000000000001", "10000000000000000000000"), ("18 out of 20", "18"),
    ("1e3", "1e4"),
    ("\\frac{1}{2}", "12"), ("5 minutes", "5 hours"), ("Ben has 4 kites", "4"),
  ])
  func different(_ a: String, _ b: String) {
    #expect(Self.same(a, b) == false)
    #expect(Self.same(b, a) == false)
  }

  @Test(arguments: ["", " ", "\n", "**", "$$", "\\text{}"])
  func nothing(_ text: String) { #expect(AnswerValue(text) == nil) }
}
