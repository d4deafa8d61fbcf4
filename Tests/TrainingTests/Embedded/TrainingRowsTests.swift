import Foundation
import Models
import Testing

@testable import Training

/// Rows become the tokens that `transformers`' tokenizer makes of them, and a bad row is named by file, line and field.
struct TrainingRowsTests {
  private func rows(_ text: String) throws -> TrainingRows {
    let folder = try TemporaryFolder()
    let file = try folder.write("rows.jsonl", text)
    return try TrainingRows(file, for: ModelFolder.load(Fixture.model))
  }

  private func message(_ text: String) throws -> String {
    let error = #expect(throws: TrainingError.self) { try rows(text) }
    let message = "\(try #require(error))"
    return String(message[(try #require(message.range(of: "rows.jsonl"))).lowerBound...])
  }

  @Test func tokensAreThoseOfTransformers() throws {
    let fixture = try Fixture.read()
    let read = try TrainingRows(Fixture.rows, for: ModelFolder.load(Fixture.model))
    #expect(read.texts.count == fixture.texts.count)
    for (own, expected) in zip(read.texts, fixture.texts) {
      #expect(own == TrainingText(tokens: expected.tokens, promptCount: expected.promptCount))
    }
  }

  /// A question and its answer are the prompt's template, the answer and a line break; other fields do not matter.
  @Test func turnsAreTheSameAsTexts() throws {
    let turns =
      #"{"messages": [{"role": "user", "content": "2 * 3?"}, {"role": "assistant", "content": "6"}], "id": 7}"#
    let text = #"{"prompt": "2 * 3?\n", "completion": "6\n", "correct": null}"#
    let both = try rows(turns + "\r\n\n" + text + "\n").texts
    #expect(both.count == 2 && both[0] == both[1])
    #expect(both[0].tokens.first == 1 && both[0].tokens.last == 2, "one beginning, one end")
  }

  @Test func badRowsAreNamed() throws {
    let good = #"{"prompt": "a\n", "completion": "b"}"# + "\n"
    let expected: [(row: String, message: String)] = [
      ("{", "rows.jsonl:2: expected a JSON object"),
      ("[]", "rows.jsonl:2: expected a JSON object"),
      ("{}", "rows.jsonl:2: prompt: expected prompt and completion, or messages; the row has nothing"),
      (
        #"{"prompt": "a", "chosen": "b", "rejected": "c"}"#,
        "rows.jsonl:2: completion: expected prompt and completion, or messages; the row has chosen, prompt, rejected"
      ),
      (#"{"prompt": 3, "completion": "b"}"#, "rows.jsonl:2: prompt: expected a text"),
      (#"{"prompt": "a", "completion": null}"#, "rows.jsonl:2: completion: expected a text"),
      (#"{"prompt": "a", "completion": ""}"#, "rows.jsonl:2: completion: expected a text that is not empty"),
      (#"{"messages": "hello"}"#, "rows.jsonl:2: messages: expected an array of turns"),
      (
        #"{"messages": [{"role": "system", "content": "be brief"}, {"role": "user", "content": "a"}]}"#,
        "rows.jsonl:2: messages: expected a user's turn and an assistant's, found system, user"
      ),
      (
        #"{"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": []}]}"#,
        "rows.jsonl:2: messages[1].content: expected a text that is not empty"
      ),
      (
        #"{"prompt": "\#(String(repeating: "x y ", count: 200))", "completion": "b"}"#,
        "rows.jsonl:2: expected at most 256 tokens, the model's context, found 802"
      ),
    ]
    for (row, message) in expected { #expect(try self.message(good + row + "\n") == message) }
    #expect(try message("\n \n") == "rows.jsonl: expected at least one row")
  }

  @Test func aMissingFileIsNamed() throws {
    let folder = try TemporaryFolder()
    let error = #expect(throws: TrainingError.self) {
      try TrainingRows(folder.path, for: ModelFolder.load(Fixture.model))
    }
    #expect("\(try #require(error))".hasSuffix("/data/train.jsonl: expected a readable file of rows, JSON Lines"))
  }

  /// Three epochs of eleven rows, four a step: every epoch sees every row once, in another order, and the last step of each has
  /// three; parts hold a step's rows, each once.
  @Test func everyEpochSeesEveryRow() throws {
    var recipe = TrainingRecipe()
    (recipe.batch, recipe.epochs, recipe.warmup, recipe.learningRate) = (4, 3, 2, 1)
    let course = TrainingCourse(recipe, seed: 5, lengths: [9, 3, 4, 80, 5, 6, 7, 8, 2, 30, 11])
    #expect(course.steps == 9)
    let orders: [[Int]] = (0..<3).map { epoch in (0..<3).flatMap { course.rows(at: 3 * epoch + $0) } }
    #expect(orders.allSatisfy { $0.sorted() == Array(0..<11) })
    #expect(Set(orders).count == 3)
    #expect(course.rows(at: 2).count == 3)
    for step in 0..<9 { #expect(course.parts(at: step).joined().sorted() == course.rows(at: step).sorted()) }
    // A rise over two steps, then from 7 sevenths to 1 seventh.
    let rates = (0..<9).map { course.rate(at: $0) }
    let expected: [Double] = [3.5, 7, 7, 6, 5, 4, 3, 2, 1]
    for (rate, value) in zip(rates, expected) { #expect(abs(7 * rate - value) < 1e-12) }
    recipe.maxSteps = 4
    #expect(TrainingCourse(recipe, seed: 5, lengths: [1, 1, 1]).steps == 3, "no more than the epochs come to")
  }
}
