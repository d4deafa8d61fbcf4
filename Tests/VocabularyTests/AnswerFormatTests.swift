import Testing
import Vocabulary

struct AnswerFormatTests {
  @Test(arguments: [
    ("#### 42", "42"), ("so\n#### 42\n", "42"), ("####42", "42"), ("#### 1,200", "1200"), ("#### $1,200.50", "1200.50"),
    ("#### 7.", "7"), ("#### -3", "-3"), ("####  $ 5 ", "5"), ("#### x, y", "x, y"), ("#### 1\n#### 2", "2"),
    ("\\boxed{8}", "8"), ("is $\\boxed{\\frac{1}{2}}$.", "\\frac{1}{2}"), ("\\boxed{1} then \\boxed{2}", "2"),
    ("\\boxed{1}\n#### 2", "2"), ("#### 2\n\\boxed{1}", "1"), ("\\boxed{a{b{c}}d}", "a{b{c}}d"),
    ("\\boxed{ \\boxed{3}", "3"), ("\\boxed{5}\n####\n", "5"), ("#### 3\r\n", "3"), ("\\boxed{{\\boxed{4}}}", "4"),
  ])
  func stated(_ text: String, _ answer: String) {
    #expect(AnswerFormat.answer(in: text) == answer)
  }

  @Test(arguments: [
    "", "42", "### 42", "a #### 42", "####", "#### ", "#### .", "\\boxed{", "\\boxed{1", "\\boxed{}", "\\boxed 3",
    "boxed{3}",
  ])
  func none(_ text: String) {
    #expect(AnswerFormat.answer(in: text) == nil)
  }

  @Test(
    "an answer is read as it was written, for checks of its form",
    arguments: [
      ("#### 1,200 ", "1,200"), ("####\t$5.", "$5."), ("\\boxed{ x = 42 }", "x = 42"),
      ("#### {\"a\": 1}", "{\"a\": 1}"),
      ("\\boxed{{\"a\": [1]}}", "{\"a\": [1]}"), ("\\boxed{1} or\n#### 2", "2"), ("#### 2\r\n\\boxed{1}", "1"),
    ])
  func written(_ text: String, _ answer: String) {
    #expect(AnswerFormat.written(in: text) == answer)
    #expect(AnswerFormat.written(in: String(answer)) == nil)
  }

  @Test(arguments: [
    ("25", "25", true), ("25.0", "25", true), ("1,200", "1200", true), ("24", "25", false), ("x+1", "x+1", true),
    ("5", "It is five.\n#### 5", true), ("5", "So \\boxed{5.0}.", true), ("\u{0}", "5", false), ("", "5", false),
    ("nan", "5", false), ("inf", "-inf", false),
  ])
  func answersAreComparedByMeaning(_ answer: String, _ reference: String, _ agrees: Bool) {
    #expect(AnswerFormat.isCorrect(answer, by: reference) == agrees)
  }

  @Test(
    "what floating point loses does not count; whole numbers are equal or not",
    arguments: [
      ("0.30000000000000004", "0.3", true), ("3.0000000000000004", "3", true), ("0.3000001", "0.3", false),
      ("12345678901", "12345678902", false), ("12345678901.0", "12345678902", false), ("6.63e-34", "6.62e-34", false),
      ("1e-10", "0", false),
    ])
  func numbers(_ a: String, _ b: String, _ agree: Bool) {
    #expect(AnswerFormat.agree(a, b) == agree)
    #expect(AnswerFormat.agree(b, a) == agree)
  }

  @Test func withoutReferenceNothingIsKnown() {
    #expect(AnswerFormat.isCorrect("5", by: nil) == nil)
    #expect(AnswerFormat.isCorrect(nil, by: nil) == nil)
    #expect(AnswerFormat.isCorrect(nil, by: "5") == false)
  }

  @Test func openBracesWithoutEndCostNoMoreThanTheText() {
    let hostile = String(repeating: "\\boxed{", count: 60_000) + "9}"
    #expect(AnswerFormat.answer(in: hostile) == "9")
  }
}
