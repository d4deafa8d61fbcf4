import Foundation
import Testing
import Vocabulary

@Suite struct ProblemAnswerTests {
  static let fruits = ["apples", "12 pears", "a plum", "1/2"]

  @Test(arguments: [
    ("B", 1), ("b", 1), ("(B)", 1), ("B)", 1), ("B) 12 pears", 1), ("B. anything", 1), ("option B", 1), ("12 pears", 1),
    ("\\text{B}", 1), ("a plum", 2), ("A plum", 2), ("0.5", 3), ("\\frac{1}{2}", 3), ("D", 3), ("d", 3), ("apples", 0),
    ("E", nil), ("bananas", nil), ("", nil),
  ])
  func anAnswerNamesAChoice(_ answer: String, _ place: Int?) {
    #expect(AnswerFormat.choice(answer, among: Self.fruits) == place)
  }

  @Test func aChoiceIsRightByLetterAndByText() {
    let problem = Problem(id: "p", question: "q", answer: "12 pears", choices: Self.fruits)
    for answer in ["B", "(b)", "B) 12 pears", "12 pears"] { #expect(problem.accepts(answer) == true, "\(answer)") }
    for answer in ["A", "apples", "E", "19", "a plum"] { #expect(problem.accepts(answer) == false, "\(answer)") }
    #expect(problem.accepts(nil) == false)
    #expect(Problem(id: "p", question: "q", choices: Self.fruits).accepts("B") == nil)
    #expect(problem.agree("B", "12 pears") && !problem.agree("B", "A") && problem.agree("7", "7.0"))
    let twice = Problem(id: "p", question: "q", answer: "x", choices: ["x", "y", "x"])
    #expect(twice.accepts("C") == true && twice.accepts("B") == false)
  }

  /// A choice that is a letter does not make the others' letters wrong.
  @Test func aLetterIsALetterWhateverTheChoicesSay() {
    let problem = Problem(id: "p", question: "q", answer: "A", choices: ["B", "A"])
    #expect(problem.accepts("B") == true)
    #expect(problem.accepts("A") == false)
  }

  @Test func severalAnswersMayBeRight() {
    let problem = Problem(id: "p", question: "q", answer: "19", accepted: ["nineteen", "so it is #### XIX"])
    for answer in ["19.0", "Nineteen", "XIX"] { #expect(problem.accepts(answer) == true, "\(answer)") }
    #expect(problem.accepts("20") == false)
    #expect(problem.reference == "19")
  }

  @Test func votesCountAChoiceOnceWhateverItsSpelling() {
    var votes = AnswerVote(among: Self.fruits)
    for answer in ["19", "B", "12 pears", "A", "(B) 12 pears", "19.0"] { votes.add(answer) { $0 + 1 } }
    #expect(votes.weights == [2, 3, 1])
    #expect(votes.winner.map { votes.spelling(of: $0) } == "B")
  }

  @Test func whatIsAbsentIsNotWritten() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let old = String(decoding: try encoder.encode(Problem(id: "p", question: "q", answer: "1")), as: UTF8.self)
    #expect(old == #"{"answer":"1","id":"p","question":"q"}"#)
    #expect(Problem(id: "p", question: "q").prompt == "q")
    #expect(Problem(id: "p", question: "q", system: "Be brief.").prompt == "Be brief.\n\nq")
  }
}
