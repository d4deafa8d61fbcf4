import Foundation
import Testing
import Vocabulary

/// Where a final answer may stand.
struct StatedAnswerTests {
  @Test(arguments: [
    ("#### 42", "42"), ("so\n#### 42\n", "42"), ("####42", "42"), ("#### 1,200", "1,200"),
    ("#### $1,200.50", "$1,200.50"),
    ("#### 7.", "7"), ("#### x, y", "x, y"), ("#### 1\n#### 2", "2"), ("\\boxed{8}", "8"),
    ("is $\\boxed{\\frac{1}{2}}$.", "\\frac{1}{2}"), ("\\boxed{1} then \\boxed{2}", "2"), ("\\boxed{1}\n#### 2", "2"),
    ("#### 2\n\\boxed{1}", "1"), ("\\boxed{a{b{c}}d}", "a{b{c}}d"), ("\\boxed{ \\boxed{3}", "3"),
    ("\\boxed{5}\n####\n", "5"),
    ("#### 3\r\n", "3"), ("\\boxed{{\\boxed{4}}}", "4"), ("\\boxed{\\{1, 2\\}}", "\\{1, 2\\}"), ("\\boxed 5.", "5"),
    ("The answer is 18.", "18"), ("**Answer:** 18", "18"), ("**Answer: 18**", "18"), ("Final Answer: $18", "$18"),
    ("A: 18", "18"),
    ("The answer is $\\frac{1}{2}$.", "\\frac{1}{2}"),
    ("So the answer is 18 apples, because she has two.", "18 apples"),
    ("The final answer is **18**.", "18"), ("## Answer\n18", "18"), ("so\n**18**", "18"), ("答案是18。", "18"),
    ("La respuesta es 18.", "18"),
    ("Therefore, the correct answer is (B).", "(B)"), ("the answer is yes", "yes"), ("#### Monday", "Monday"),
    ("#### Step 1: add\n1 + 1\n#### 2", "2"), ("#### {\"a\": 1}", "{\"a\": 1}"),
    ("\\boxed{{\"a\": [1]}}", "{\"a\": [1]}"),
    ("#### -3", "-3"), ("####  $ 5 ", "$ 5"), ("### 42", "42"), ("a #### 42", "42"), ("\\boxed 3", "3"),
  ])
  func stated(_ text: String, _ answer: String) { #expect(StatedAnswer.last(in: text)?.text == answer) }

  @Test(arguments: [
    "", "42", "####", "#### ", "#### .", "\\boxed{", "\\boxed{1", "\\boxed{}", "boxed{3}",
    "#### Step 1: add the apples\n1 + 2 = 3",
    "#### Solution\nFirst we add.", "### Step 2", "The answer is not known yet to anybody who has asked.",
    "Ben has 4 kites.", "**Step 1**",
    "## Answer", "#### Calculating the total:",
    "### 1. Compute the total", "#### 1. Add the numbers", "#### 2) Subtract", "#### 10 packs hold 5 pens each",
    "**1.**",
    "#### First, add", "#### Total cost", "#### Adding 5 and 3", "#### Understand the problem",
  ])
  func nothingStated(_ text: String) { #expect(StatedAnswer.last(in: text) == nil) }

  @Test(arguments: [
    ("\\boxed{5}", true), ("$\\boxed{5}$.", true), ("\\boxed{5} apples in each of the boxes", false),
    ("#### 5\n", true),
    ("#### 5\nQuestion: what", false), ("The answer is 5.", true),
  ])
  func theEndOfTheText(_ text: String, _ ends: Bool) { #expect(StatedAnswer.last(in: text)?.endsText == ends) }

  @Test func aMarkerOfThePromptsOwn() {
    #expect(StatedAnswer.last(in: "Result>> 7 apples\nthanks", markers: ["Result>>"])?.text == "7 apples")
    #expect(StatedAnswer.last(in: "Result>> 7 apples\nthanks") == nil)
  }

  /// The quick look never says no where the reader finds something.
  @Test(arguments: [
    "#### 5", "\\boxed 5", "**5**", "The answer is 5", "ANSWER: 5", "A: 5", "答案是5", "정답은 5", "la respuesta es 5",
    "Die Antwort lautet 5", "La réponse est 5", "a resposta é 5", "la risposta è 5", "Ответ: 5", "答え：5", "정답: 5",
  ])
  func theQuickLookMissesNothing(_ text: String) {
    // However letters are spelled: é as one scalar or as two, a syllable of Hangul as one or as its letters.
    // A command of LaTeX is written small.
    let capital = text.hasPrefix("\\") ? text : text.uppercased()
    for text in [text, text.decomposedStringWithCanonicalMapping, capital] {
      #expect(StatedAnswer.last(in: text) != nil, "\(text)")
      #expect(StatedAnswer.mayStand(in: Array(text.utf8)), "\(text)")
    }
  }

  @Test func votesAreCountedByValueUnderTheFirstSpelling() {
    var groups = AnswerGroups()
    #expect(
      ["18", "$18", "18.0", "1/2", "0.5", "x", "18 apples"].map { groups.index(of: $0) } == [0, 0, 0, 1, 1, 2, 0])
    #expect(groups.spellings == ["18", "1/2", "x"])
  }
}
