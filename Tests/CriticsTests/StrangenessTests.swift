import Foundation
import Models
import Testing
import Vocabulary

@testable import Critics

/// The embedded heads say themselves when a question is none of those that they learned from.
struct StrangenessTests {
  private static let samples = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "SampleData")

  private func critics() throws -> NeuralCritics {
    let model = try CriticModel(
      ModelFolder.load(Self.samples.appending(path: "Models/critic").path(percentEncoded: false)))
    return NeuralCritics(model, input: .texts)
  }

  /// Held-out stories lie above −0.5 nats a byte and their like above −1.2, everything else measured so far below −3.1.
  @Test func heldOutStoriesAreItsOwn() async throws {
    let critics = try critics()
    struct Line: Decodable { let question: String }
    let text = try String(contentsOf: Self.samples.appending(path: "Problems/test.jsonl"), encoding: .utf8)
    for line in text.split(separator: "\n").prefix(150) {
      let question = try JSONDecoder().decode(Line.self, from: Data(line.utf8)).question
      #expect(try await critics.model.strangeness(of: question).figures == nil, "\(question)")
    }
  }

  @Test(arguments: [
    "A cinema sells 120 tickets at 9 dollars each and gives a fifth of the money to a charity. How much does it keep?",
    "What is $7+2\\cdot 8$?", "What is 4+15?", "How many?", "Is 19 greater than 4?",
    "Write a Python function that returns the sum of a list.", "Wie viele Äpfel hat Anna?", "小明有三个苹果。", "🦊🦊🦊?",
    "Tim reads 20 pages a day, twice as many on Sundays. How many pages does he read in four weeks?",
  ])
  func otherQuestionsAreNot(_ question: String) async throws {
    let state = JudgedState(question: question, tokens: [], optionTexts: ["#### 1\n"], isComplete: true)
    let verdicts = try #require(try await critics().score([state], names: ["value", "prm", "orm"]).first)
    #expect(verdicts.count == 3)
    for verdict in verdicts.values {
      #expect(verdict.score == nil)
      #expect(verdict.note.hasPrefix("cannot judge: the question is unlike those that it learned from ("))
    }
  }

  /// Reading the question to know it is reading it for the first state: nothing is paid twice.
  @Test func knowingTheQuestionCostsNothingMore() async throws {
    let story = "Ben has 4 kites. Ben buys 3 boxes of 5 kites. How many kites does Ben have now?"
    let state = JudgedState(
      question: story, tokens: [], optionTexts: ["3 boxes hold 3 * 5 = 15 kites.\n"], isComplete: false)
    let critics = try critics()
    let first = try #require(try await critics.score([state], names: ["value", "prm"]).first)
    let tokens = critics.model.prompt(for: story) + critics.model.tokenize(state.optionTexts[0])
    #expect(first.values.reduce(0) { $0 + $1.tokensRead } == tokens.count)
    #expect(first.values.reduce(0) { $0 + $1.tokensReused } == 0)
    let again = try #require(try await critics.score([state], names: ["value", "prm"]).first)
    #expect(again.values.reduce(0) { $0 + $1.tokensRead } == 0)
  }
}
