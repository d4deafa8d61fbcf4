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

  @Test func openBracesWithoutEndCostNoMoreThanTheText() {
    let hostile = String(repeating: "\\boxed{", count: 60_000) + "9}"
    #expect(AnswerFormat.answer(in: hostile) == "9")
  }
}
