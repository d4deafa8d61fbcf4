import Testing
import Vocabulary

struct AnswerFormatTests {
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
