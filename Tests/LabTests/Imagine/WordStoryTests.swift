import Foundation
import Testing
import Vocabulary
import Workspace

@testable import Lab

/// Word stories are read, written and solved as `stories.py` tells them.
struct WordStoryTests {
  private static func sample(_ name: String) throws -> [LoadedProblem] {
    try ProblemFile.read(
      path: try DataFolder.locate().problems.appending(path: name + ".jsonl").path(percentEncoded: false))
  }

  /// Every committed story: the same words again, the same answer, as many lines, the same split.
  @Test(arguments: ["train", "dev", "test", "easy", "hard", "hard-dev"])
  func everyCommittedStoryIsKnown(_ name: String) throws {
    for loaded in try Self.sample(name) {
      let problem = loaded.problem
      let story = try WordStory(problem.question)
      #expect(story.text == problem.question)
      let solution = try story.solved()
      #expect(String(solution.answer) == problem.answer, "\(problem.id)")
      #expect(loaded.extra?.contains("\"lines\":\(solution.lines.count)}") == true, "\(problem.id): \(solution.lines)")
      #expect(StoryFamily.split(of: problem.question) == problem.split, "\(problem.id)")
    }
  }

  /// Lena's beginning is measured by Tom's, whose event is not asked about.
  @Test func aSolutionHasTheLinesThatTheQuestionNeeds() throws {
    let story = try WordStory(
      "Tom has 10 pens. Lena has 3 times as many pens as Tom. Tom loses 4 pens. Lena buys 2 boxes of 5 pens. "
        + "Lena gives away half of the pens. Lena packs all the pens into trays of 4. How many trays does Lena get?")
    #expect(
      try story.solved()
        == WordStory.Solution(
          answer: 5,
          lines: [
            "Lena has 10 * 3 = 30 pens.", "2 boxes hold 2 * 5 = 10 pens.", "Lena has 30 + 10 = 40 pens.",
            "Lena has 40 / 2 = 20 pens.", "Lena fills 20 / 4 = 5 trays.",
          ]))
    #expect(story.people == ["Tom", "Lena"] && story.asked == ["Lena"] && story.firstEvent == 2)
    #expect(story.places.map { story[$0] } == [10, 3, 4, 2, 5, 4])
  }

  @Test(arguments: [
    ("Ben loses 2 pens. How many pens does Ben have now?", ImaginedPrompt.Reason.notIntroduced),
    ("Ana has 4 pens. Ana gives 2 pens to Ben. How many pens does Ana have now?", .notIntroduced),
    ("Ana has 4 pens. How many pens do Ana and Ben have together now?", .notIntroduced),
    ("Ana has 4 pens. Ben has 5 fewer pens than Ana. How many pens does Ben have now?", .belowZero),
    ("Ana has 4 pens. Ana sells 5 pens. How many pens does Ana have now?", .belowZero),
    ("Ana has 4 pens. Ben has 5 pens. How many more pens does Ana have than Ben now?", .belowZero),
    ("Ana has 5 pens. Ana gives away half of the pens. How many pens does Ana have now?", .oddHalf),
    ("Ana has 7 pens. Ana packs all the pens into bags of 2. How many bags does Ana get?", .notDivisible),
    ("Ana has 7 pens. Ana has 8 pens. How many pens does Ana have now?", .ambiguous),
    ("Ana has 7 pens. Ben has 8 pens. How many pens do Ana and Ana have together now?", .ambiguous),
    ("Ana has 7 pens. Ana gives 2 pens to Ana. How many pens does Ana have now?", .ambiguous),
    ("Ana has 7 pens. Ana buys 2 pens. Ben has 2 more pens than Ana. How many pens does Ben have now?", .ambiguous),
  ])
  func whatCannotBeAskedIsSaid(_ text: String, _ reason: ImaginedPrompt.Reason) throws {
    let story = try WordStory(text)
    let fault = #expect(throws: PromptFault.self) { try story.solved() }
    #expect(fault?.reason == reason, "\(fault?.note ?? "")")
  }

  @Test(arguments: [
    "", "?", "How many pens does Ana have now?", "Ana has 4 pens.", "Ana has 4 pens. How many pens does Ana have?",
    "Ana has 4  pens. How many pens does Ana have now?", "Ana has 04 pens. How many pens does Ana have now?",
    "Ana has 4 pens. How many cups does Ana have now?", "Ana has 0 pens. How many pens does Ana have now?",
    "Ana has 4 pens. Ana sells all the pens for 2 dollars each. How many dollars does Ben get?",
    "Ana has 4 pens. Ana packs all the pens into bags of 2. How many trays does Ana get?",
    "Ana has 1234567 pens. How many pens does Ana have now?", "ana has 4 pens. How many pens does ana have now?",
    "Ana a 4 stylos. Combien de stylos a Ana ?",
  ])
  func whatIsNoStoryIsRefused(_ text: String) {
    let fault = #expect(throws: PromptFault.self) { try WordStory(text) }
    #expect(fault?.reason == .form)
  }

  @Test func amountsStayCountable() throws {
    let times = (1...9).map {
      "P\(String(repeating: "a", count: $0)) has 999999 times as many pens as P\(String(repeating: "a", count: $0 - 1))."
    }
    let story = try WordStory("P has 999999 pens. \(times.joined(separator: " ")) How many pens does P have now?")
    let fault = #expect(throws: PromptFault.self) { try story.solved() }
    #expect(fault?.reason == .form)
  }

  /// Two keys are equal where names, things and the order of numbers differ, and nothing else.
  @Test func aKeyIsTheStoryWithoutItsNames() throws {
    let key = try WordStory("Ana has 4 pens. Ben has 9 pens. Ana finds 2 pens. How many pens does Ana have now?").key
    func other(_ text: String) throws -> Bool { try WordStory(text).key == key }
    #expect(try other("Zoe has 4 cups. Tom has 9 cups. Zoe buys 2 cups. How many cups does Zoe have now?"))
    #expect(try other("Zoe has 9 cups. Tom has 2 cups. Zoe buys 4 cups. How many cups does Zoe have now?"))
    #expect(try !other("Zoe has 4 cups. Tom has 9 cups. Tom buys 2 cups. How many cups does Zoe have now?"))
    #expect(try !other("Zoe has 4 cups. Tom has 9 cups. Zoe loses 2 cups. How many cups does Zoe have now?"))
    #expect(try !other("Zoe has 4 cups. Tom has 9 cups. Zoe buys 3 cups. How many cups does Zoe have now?"))
  }
}
