import Foundation
import Models
import Testing

@testable import Training

/// Wrong rows are named before a trainer is started.
struct TrainingRowFormTests {
  private func said(_ form: TrainingRowForm, _ lines: String...) throws -> String {
    let folder = try TemporaryFolder()
    let file = try folder.write("data/train.jsonl", lines.joined(separator: "\n"))
    do {
      let content = try form.check(folder.path, for: ModelFolder.load(Fixture.model))
      return "\(content.count) rows\(content.isConversational ? ", conversational" : "")"
    } catch { return "\(error)".replacing(file, with: "FILE") }
  }

  @Test func rightOnesAreCounted() throws {
    let row = #"{"prompt": "a\n", "completion": "b", "more": 1}"#
    #expect(try said(.supervised, row, "", row, "") == "2 rows")
    let turns =
      #"{"messages": [{"role": "system", "content": "x"}, {"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]}"#
    #expect(try said(.supervised, turns + "\r") == "1 rows, conversational")
    #expect(try said(.pairs, #"{"prompt": "", "chosen": "b", "rejected": "c"}"#) == "1 rows")
    #expect(
      try said(.steps, #"{"prompt": "a", "completions": ["b", "Zoë"], "labels": [true, false]}"#) == "1 rows")
  }

  @Test(arguments: [
    ("", "FILE: expected at least one row"), ("[1]", "FILE:1: expected a JSON object"),
    ("{", "FILE:1: expected a JSON object"),
    (
      #"{"question": "a", "answer": "b"}"#,
      "FILE:1: prompt: expected the columns of the form prompt-completion or conversational; the row has answer, question"
    ),
    (#"{"prompt": "a", "completion": 3}"#, "FILE:1: completion: expected a text"),
    (#"{"prompt": "a", "completion": null}"#, "FILE:1: completion: expected a text"),
    (#"{"prompt": "a", "completion": ""}"#, "FILE:1: completion: expected a text that is not empty"),
    (#"{"messages": []}"#, "FILE:1: messages: expected a list of turns"),
    (
      #"{"messages": [{"role": "boss", "content": "a"}]}"#,
      "FILE:1: messages[0].role: expected system, user, assistant or tool"
    ),
    (#"{"messages": [{"role": "user"}]}"#, "FILE:1: messages[0].content: expected a text"),
    (
      #"{"messages": [{"role": "user", "content": "a"}]}"#,
      "FILE:1: messages: expected an assistant's turn at the end, with a text"
    ),
    (
      #"{"prompt": "a", "completion": "b"}"# + "\n" + #"{"messages": [{"role": "assistant", "content": "a"}]}"#,
      "FILE:2: messages: expected rows of one kind, the first one's; found another kind"
    ),
  ])
  func wrongOnesAreNamed(_ lines: String, _ message: String) throws {
    #expect(try said(.supervised, lines) == message)
  }

  @Test func wrongPairsAndStepsAreNamed() throws {
    #expect(
      try said(.pairs, #"{"prompt": "a", "chosen": "b"}"#)
        == "FILE:1: rejected: expected the columns of the form finished-preference; the row has chosen, prompt")
    #expect(
      try said(.pairs, #"{"prompt": "a", "chosen": "b", "rejected": "b"}"#)
        == "FILE:1: rejected: expected another text than chosen's")
    #expect(
      try said(.steps, #"{"prompt": "a", "completions": ["b"], "labels": [true, true]}"#)
        == "FILE:1: labels: expected one for each of 1 completions, at least one, found 2")
    #expect(
      try said(.steps, #"{"prompt": "a", "completions": ["b"], "labels": [1]}"#)
        == "FILE:1: labels[0]: expected a list of true and false")
    #expect(
      try said(.steps, #"{"prompt": "a", "completions": "b", "labels": []}"#)
        == "FILE:1: completions: expected a list of texts")
  }

  /// A trainer would cut it at its end, answer and all.
  @Test func aRowLongerThanTheContextIsNamed() throws {
    let long = String(repeating: "word ", count: 5_000)
    let context = try ModelFolder.load(Fixture.model).configuration.context
    let message = try said(.supervised, #"{"prompt": "a", "completion": "\#(long)"}"#)
    #expect(
      message.hasPrefix("FILE:1: expected at most \(context) tokens, the model's context, found "), "\(message)")
  }

  @Test func aMissingFileSaysWhatWritesIt() throws {
    let model = try ModelFolder.load(Fixture.model)
    #expect {
      try TrainingRowForm.pairs.check("/no/such", for: model)
    } throws: {
      "\($0)" == "/no/such/data/train.jsonl: expected a readable file of rows, as `dataset export --format "
        + "finished-preference` writes it"
    }
  }
}
