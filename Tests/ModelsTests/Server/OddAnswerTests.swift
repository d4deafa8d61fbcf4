import Foundation
import ServerFixture
import Testing
import Vocabulary

@testable import Models

/// Answers of other shapes than the documented ones: read where they can be, and said.
struct OddAnswerTests {
  @Test(arguments: [
    #""""#, "null", #""stop""#, #""STOP""#, #""eos""#, #""end_turn""#, #""FINISH_REASON_STOP""#, #""tool_calls""#,
    #""stop_sequence""#, #""whatever""#, #"{"type":"stop"}"#, "7",
  ])
  func anEndInAnyWords(_ word: String) async throws {
    for isChat in [false, true] {
      let odd = try OddServer {
        ($0.finish, $0.cut, $0.hasChat, $0.hasCompletions) = (word, word, isChat, !isChat)
      }
      try await odd.model.connect()
      let sample = try await odd.sample(end: .text)
      #expect((sample.text, sample.ending) == (OddServer.lines.joined(), .endOfText))
      let line = try await odd.sample(after: [OddServer.lines[0]])
      #expect((line.text, line.ending) == (OddServer.lines[1], .newline))
    }
  }

  @Test func unknownWordsAreShown() async throws {
    let odd = try OddServer { $0.finish = #""because""# }
    try await odd.model.connect()
    _ = try await odd.sample(end: .text)
    #expect(odd.seen("finish_reason").map(\.seen) == ["because"])
  }

  @Test(arguments: [#""length""#, #""max_tokens""#, #""MAX_TOKENS""#, #""abort""#, #""cancelled""#])
  func whatIsCutIsCut(_ word: String) async throws {
    let odd = try OddServer { $0.finish = word }
    let sample = try await odd.sample(end: .text)
    #expect((sample.text, sample.ending) == (OddServer.lines.joined(), .lengthCap))
  }

  @Test(arguments: [#""content_filter""#, #""SAFETY""#, #""refusal""#, #""Recitation""#])
  func whatIsFilteredIsSaidSo(_ word: String) async throws {
    for solution in ["Half of", ""] {
      let odd = try OddServer { ($0.finish, $0.solution) = (word, solution) }
      let sample = try await odd.sample()
      #expect((sample.text, sample.ending) == (solution, .filtered))
      #expect(odd.seen("finish_reason").contains { $0.seen == word.filter { $0 != "\"" } })
    }
  }

  @Test(arguments: ["null", "-Infinity", "NaN", "Infinity", #""-Infinity""#, "2.5", "0.01", "{}"])
  func aLogProbabilityThatIsNone(_ value: String) async throws {
    for isLater in [false, true] {
      let odd = try OddServer {
        if isLater { $0.laterLogprob = value } else { $0.logprob = value }
      }
      try await odd.model.connect()
      for step in 0..<3 {
        let sample = try await odd.sample(after: Array(OddServer.lines.prefix(step)))
        #expect(sample.text == OddServer.lines[step])
        #expect(sample.logProbabilities.isEmpty)
      }
      #expect(odd.seen("log-probabilities").count == 1, "said once")
      #expect(odd.model.abilities?.logProbabilities == false)
    }
  }

  @Test func whatRoundingLiftsIsZero() async throws {
    let odd = try OddServer { ($0.logprob, $0.laterLogprob) = ("0.0000001", "-0.25") }
    let sample = try await odd.sample()
    #expect(sample.logProbabilities.first == 0 && sample.logProbabilities.last == -0.25)
  }

  /// The probe saw log-probabilities, a later answer has none.
  @Test func logProbabilitiesThatStopComing() async throws {
    let odd = try OddServer { $0.laterLogprob = "null" }
    // The probe draws no more than four words.
    try await odd.model.connect()
    #expect(try await odd.sample().text == OddServer.lines[0])
    #expect(odd.seen("log-probabilities").count == 1)
  }

  struct Shape: Sendable, CustomTestStringConvertible {
    var name: String
    var change: @Sendable (inout OddServerScript) -> Void
    var testDescription: String { name }
  }

  static let shapes: [Shape] = [
    Shape(name: "text/plain") { $0.type = "text/plain; charset=utf-8" },
    Shape(name: "no type") { $0.type = nil },
    Shape(name: "application/json") { $0.type = "application/json" },
    Shape(name: "ndjson") { ($0.form, $0.type) = (.lines, "application/x-ndjson") },
    Shape(name: "lines as text") { ($0.form, $0.type, $0.saysDone) = (.lines, "text/plain", false) },
    Shape(name: "lines as events") { $0.form = .lines },
    Shape(name: "a whole body") { ($0.form, $0.type) = (.whole, "application/json") },
    Shape(name: "a whole body as a stream") { $0.form = .whole },
    Shape(name: "no [DONE]") { $0.saysDone = false },
    Shape(name: "keep-alive") { $0.between = [": keep-alive", "event: ping", "data:", "data: ping", ":"] },
    Shape(name: "events by name") { $0.before = ["event: message", "id: 3", "retry: 100"] },
    Shape(name: "no choices") { $0.between = [#"{"id":"1"}"#, #"{"type":"ping"}"#, #"{"choices":null}"#] },
    Shape(name: "error: null") { $0.between = [#"{"error":null,"choices":[]}"#, #"{"error":"","choices":[]}"#] },
    Shape(name: "usage only") { $0.before = [#"{"usage":{"prompt_tokens":9,"completion_tokens":0}}"#] },
    Shape(name: "usage of null") { $0.between = [#"{"usage":null,"choices":[]}"#] },
    Shape(name: "no delta at the end") { $0.last = #"{"choices":[{"index":0,"finish_reason":FINISH}]}"# },
    Shape(name: "null delta at the end") { $0.last = #"{"choices":[{"delta":null,"finish_reason":FINISH}]}"# },
    Shape(name: "no index") { $0.last = #"{"choices":[{"text":"","finish_reason":FINISH}]}"# },
  ]

  @Test(arguments: shapes)
  func itIsReadAsWhatItIs(_ shape: Shape) async throws {
    for isChat in [false, true] {
      let odd = try OddServer {
        $0.hasChat = isChat
        $0.hasCompletions = !isChat
        shape.change(&$0)
      }
      try await odd.model.connect()
      let first = try await odd.sample()
      #expect((first.text, first.ending) == (OddServer.lines[0], .newline))
      let whole = try await odd.sample(end: .text)
      #expect((whole.text, whole.ending) == (OddServer.lines.joined(), .endOfText))
    }
  }

  @Test(arguments: [
    #""delta":{"content":[{"type":"text","text":TEXT}]}"#, #""delta":{"content":[TEXT]}"#,
    #""delta":{"content":{"type":"text","text":TEXT}}"#, #""message":{"content":TEXT}"#, #""text":TEXT"#,
    #""delta":{"content":[{"type":"output_text","text":{"value":TEXT}}]}"#,
  ])
  func contentInParts(_ chunk: String) async throws {
    let odd = try OddServer { ($0.hasChat, $0.hasCompletions, $0.chunk) = (true, false, chunk) }
    #expect(try await odd.sample(end: .text).text == OddServer.lines.joined())
  }

  @Test(arguments: [
    (#"{"error":{"code":500,"message":"slot lost"}}"#, ServerError.Reason.failed),
    (#"{"error":{"code":429,"message":"slow down"}}"#, .busy), (#"{"error":"gone"}"#, .failed),
    ("event: error\ndata: {\"message\":\"gone\",\"code\":503}", .failed),
    (#"{"object":"error","message":"gone","code":400}"#, .rejected),
    (
      #"{"error":{"code":"context_length_exceeded","type":"x","message":"This model's maximum context length is 9"}}"#,
      .failed
    ),
  ])
  func anErrorInsideAStream(_ event: String, _ reason: ServerError.Reason) async throws {
    let script = OddServerScript()
    let server = try LoopbackServer { request in
      var script = script
      if request.fields["max_tokens"] as? Int == 64 { script.between = [event] }
      return script.reply(to: request)
    }
    var settings = ServerSettings()
    (settings.firstDelay, settings.attempts) = (0.001, 2)
    let model = try ServerModel(urls: [server.url], settings: settings)
    try await model.connect()
    let error = await #expect(throws: ServerError.self) {
      try await model.sample([SampleRequest(prefix: model.prompt(for: "?"), maximumTokens: 64)])
    }
    #expect(error?.reason == reason, "\(error.map { "\($0)" } ?? "")")
  }

  /// The count of tokens stays put while the text grows: told with whole answers, asked for where a step is cut here.
  @Test(arguments: [SampleRequest.End.text, .line], [false, true])
  func aPromptThatIsCutSilentlyIsNoticed(_ end: SampleRequest.End, _ isChat: Bool) async throws {
    let step = "This is a step, which has a few words more than ten, so that they add up.\n"
    for context in [nil, 120] {
      let odd = try OddServer(settings: { ($0.prompt, $0.ends) = ("{question}\n", []) }) {
        ($0.context, $0.hasChat, $0.hasCompletions) = (context, isChat, !isChat)
      }
      try await odd.model.connect()
      for count in 0..<40 { _ = try await odd.sample(after: Array(repeating: step, count: count), end: end) }
      #expect(odd.seen("prompt").map(\.seen) == (context == nil ? [] : ["cut to 120 tokens without a word"]))
      #expect(
        (odd.model.abilities?.cutsPrompts, odd.model.contextLength) == (context != nil, context ?? Int(Int32.max)))
      #expect(odd.drawn.count < 85, "few requests are spent on it")
    }
  }

  /// A server that always tells the same number counts nothing, and cuts nothing.
  @Test func aCountThatNeverChangesIsNoCount() async throws {
    let odd = try OddServer { $0.context = 5 }
    var steps: [String] = []
    for _ in 0..<8 {
      steps.append(String(repeating: "many words ", count: 20) + "\n")
      _ = try await odd.sample(after: steps)
    }
    #expect(odd.seen("prompt").isEmpty)
  }

  @Test func aRequestIsCancelledWhileItStreams() async throws {
    let script = OddServerScript()
    let server = try LoopbackServer { request in
      guard request.fields["max_tokens"] as? Int == 64 else { return script.reply(to: request) }
      return .pieces(
        ["data: {\"choices\":[{\"index\":0,\"text\":\"So far\"}]}\n\n"], type: "text/event-stream", holds: true)
    }
    let model = try ServerModel(urls: [server.url])
    try await model.connect()
    let task = Task {
      try await model.sample([SampleRequest(prefix: model.prompt(for: "?"), maximumTokens: 64)])
    }
    for await line in model.writing where line == "So far" { break }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
