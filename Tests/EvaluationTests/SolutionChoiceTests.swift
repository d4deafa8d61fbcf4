import Testing

@testable import Lab

struct SolutionChoiceTests {
  private let answers = ["7", nil, "9", "7", "8", "9"]
  private let scores = [0.2, 1.0, 0.3, 0.2, 0.8, 0.6]

  /// 7 and 9 are stated twice, 8 once with the best score; 9 has 0.9 in all, 8 has 0.8, 7 has 0.4. The solution without an
  /// answer has the best score of all and takes no part.
  @Test(arguments: [(SolutionChoice.majority, "7"), (.bestOfN, "8"), (.weightedVote, "9")])
  func choosesByItsRule(_ choice: SolutionChoice, _ expected: String) {
    #expect(choice.answer(answers, scores: scores) == expected)
  }

  /// In odds 9 has 3/7 + 3/2, about 2, and 8 has 4; two of .7 have 14/3 between them. About so to the power 0.98.
  @Test func oddsAreSummed() {
    #expect(SolutionChoice.evidence.answer(answers, scores: scores) == "8")
    #expect(SolutionChoice.evidence.answer(["8", "9", "9"], scores: [0.8, 0.7, 0.7]) == "9")
    #expect(SolutionChoice.bestOfN.answer(["8", "9", "9"], scores: [0.8, 0.7, 0.7]) == "8")
  }

  @Test(arguments: SolutionChoice.allCases)
  func withoutAnswersNothingIsChosen(_ choice: SolutionChoice) {
    #expect(choice.answer([nil, nil], scores: [1, 1]) == nil)
    #expect(choice.answer([], scores: []) == nil)
  }

  @Test(arguments: SolutionChoice.allCases)
  func theFirstOfEqualsIsChosen(_ choice: SolutionChoice) {
    #expect(choice.answer(["3", "4"], scores: [0.5, 0.5]) == "3")
    #expect(choice.answer(["3", "4"], scores: [0, 0]) == "3")
  }
}
