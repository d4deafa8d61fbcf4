import Foundation
import ServerFixture
import Testing

@testable import Models

/// A model behind llama-server's own interface.
struct LlamaInterfaceTests {
  private func server(_ script: LlamaServerScript = LlamaServerScript()) throws -> LoopbackServer {
    try LoopbackServer { script.reply(to: $0) }
  }

  private func model(_ server: LoopbackServer) throws -> ServerModel {
    var settings = ServerSettings()
    (settings.prompt, settings.ends) = ("Q: {question}\nA:\n", [])
    return try ServerModel(urls: [server.url], settings: settings)
  }

  /// What the fixture's model writes to the last request.
  private func expected(_ server: LoopbackServer, index: Int = 0) throws -> [StoryModel.Token] {
    let fields = try #require(server.requests.last { $0.path == "/completion" }).fields
    return StoryModel.continuation(
      of: try #require(fields["prompt"] as? String), seed: try #require(fields["seed"] as? Int) + index,
      temperature: try #require(fields["temperature"] as? Double), limit: try #require(fields["n_predict"] as? Int)
    ).tokens
  }

  @Test func theProbeFindsWhatTheServerCanDo() async throws {
    let server = try server()
    let model = try model(server)
    #expect(model.abilities == nil)
    #expect(server.requests.isEmpty, "nothing is sent before it is needed")
    let can = try await model.connect()
    #expect(can.server == "llama-server")
    #expect((can.logProbabilities, can.honoursSeed, can.draws, can.stops) == (true, true, 4, .named))
    #expect((model.name, model.contextLength, model.vocabularySize) == ("story", 4096, 17))
    #expect(model.fingerprint.count == 16)
    let asked = server.requests.count
    try await model.connect()
    #expect(server.requests.count == asked, "what is known is not asked again")
  }

  @Test func aLineIsTheServersTokensWithTheStopTextThatItCutOff() async throws {
    let server = try server()
    let model = try model(server)
    let result = try await model.sample(
      SampleRequest(prefix: model.prompt(for: "How many?") + model.tokenize("Ana has 3.\n"), temperature: 0.8, seed: 11)
    )
    let sample = try #require(result.samples.first)
    let all = try expected(server)
    let line = Array(all.prefix(through: try #require(all.firstIndex { $0.text == "\n" })))
    #expect(sample.text == line.map(\.text).joined())
    #expect(sample.ending == .newline)
    #expect(sample.logProbabilities == line.map(\.logProbability))
    #expect(sample.tokens.map { model.text(of: [$0]) } == line.map(\.text))
    #expect(result.usage.generated == line.count)
    #expect(result.usage.reused > 0 && result.usage.prompted > 0)
    let fields = try #require(server.requests.last { $0.path == "/completion" }).fields
    #expect(fields["prompt"] as? String == "Q: How many?\nA:\nAna has 3.\n")
    #expect(fields["stop"] as? [String] == ["\n"])
    #expect(fields["temperature"] as? Double == 0.8)
    #expect((fields["top_k"] as? Int, fields["min_p"] as? Int, fields["repeat_penalty"] as? Int) == (0, 0, 1))
    #expect(fields["cache_prompt"] as? Bool == true)
  }

  @Test func theLineUnderWayIsTold() async throws {
    let server = try server()
    let model = try model(server)
    let sample = try await model.sample([SampleRequest(prefix: model.prompt(for: "Who?"), seed: 2)])[0].samples[0]
    var lines = model.writing.makeAsyncIterator()
    #expect(await lines.next() == String(sample.text.dropLast()))
  }

  @Test func moreSamplesThanSlotsAreSeveralRequests() async throws {
    let server = try server()
    let model = try model(server)
    try await model.connect()
    let before = server.requests.count { $0.path == "/completion" }
    let request = SampleRequest(prefix: model.prompt(for: "Who?"), count: 6, maximumTokens: 40, end: .text, seed: 3)
    let result = try await model.sample(request)
    #expect(result.samples.count == 6)
    let counts = server.requests.filter { $0.path == "/completion" }.dropFirst(before).map {
      $0.fields["n_cmpl"] as? Int
    }
    #expect(counts == [4, 2])
    #expect(result.samples.allSatisfy { [.endOfText, .lengthCap].contains($0.ending) && !$0.tokens.isEmpty })
    #expect(Set(result.samples.map(\.text)).count > 1)
    #expect(try await model.sample([request, request]).map(\.samples) == [result.samples, result.samples])
  }

  @Test func oneTokenAndOptionsEndByTheirOwnRule() async throws {
    let server = try server()
    let model = try model(server)
    let prompt = model.prompt(for: "Which?")
    let token = try await model.sample(SampleRequest(prefix: prompt, end: .token, seed: 5)).samples[0]
    #expect((token.tokens.count, token.ending) == (1, .token))
    let stop = OptionEnd(stops: [Array(" apples".utf8), Array("\n".utf8)])
    let option = try await model.sample(SampleRequest(prefix: prompt, end: .option(stop), seed: 5)).samples[0]
    #expect(option.ending == .stopText)
    #expect(option.text.hasSuffix(" apples") || option.text.hasSuffix("\n"))
    let formula = OptionEnd(stops: [Array("\n".utf8)], needsFormula: true)
    let two = try await model.sample(
      SampleRequest(prefix: prompt, maximumTokens: 100, end: .option(formula), seed: 5)
    ).samples[0]
    // Without a formula the second stop text ends it; this side counts them.
    #expect(two.text.count { $0 == "\n" } == 2 || two.ending == .endOfText)
    let fields = try #require(server.requests.last { $0.path == "/completion" }).fields
    #expect(fields["stop"] as? [String] == [])
  }

  @Test func aPromptThatIsTooLongIsRefusedInWordsAndSentOnce() async throws {
    var script = LlamaServerScript()
    script.context = 100
    let server = try server(script)
    let model = try model(server)
    try await model.connect()
    let before = server.requests.count
    let error = await #expect(throws: ServerError.self) {
      try await model.sample(SampleRequest(prefix: model.prompt(for: String(repeating: "x", count: 600))))
    }
    #expect(error?.reason == .contextOverflow)
    #expect(error?.description.hasPrefix("\(server.url): /completion: expected status 200, got 400: request (") == true)
    #expect(server.requests.count == before + 1)
  }

  @Test func aGivenTextIsScoredByAGrammarOfTokens() async throws {
    let server = try server()
    let model = try model(server)
    #expect(try await model.connect().scoring == .grammar)
    let prefix = model.prompt(for: "Who?") + model.tokenize(" Ana has 3 apples.\n")
    let result = try await model.logProbabilities(prefix: prefix, continuation: model.tokenize(" and gets 12"))
    // Tokens 4, 5 and " 12"'s own 15, the space before it being nobody's: -0.25 - id / 16.
    #expect(result.logProbabilities == [-0.5, -0.5625, -1.1875])
    let request = try #require(server.requests.last { $0.path == "/completion" }).fields
    #expect(request["grammar"] as? String == "root ::= <[4]> <[5]> <[15]>")
    #expect(request["prompt"] as? [Int] == [12, 12, 0, 1, 2, 3, 10, 12])
    #expect((result.usage.reused, result.usage.prompted, result.usage.generated) == (5, 3, 0))
    // What was drawn is scored token by token as it was drawn.
    let drawn = try await model.sample(SampleRequest(prefix: prefix, seed: 4)).samples[0]
    let again = try await model.logProbabilities(prefix: prefix, continuation: drawn.tokens)
    #expect(again.logProbabilities == drawn.logProbabilities)
    #expect(try await model.logProbabilities(prefix: prefix, continuation: []).logProbabilities.isEmpty)
  }

  /// Older builds take a grammar of characters only, and answer with tokens of their own.
  @Test func aServerThatDoesNotHeedTheGrammarScoresNothing() async throws {
    let script = LlamaServerScript()
    let server = try LoopbackServer { request in
      var fields = request.fields
      guard fields.removeValue(forKey: "grammar") != nil else { return script.reply(to: request) }
      let told: [[String: Any]] = [["id": 2, "logprob": -1.0], ["id": 3, "logprob": -1.0]]
      return .json(LlamaServerScript.text(["content": "", "stop": true, "completion_probabilities": told]))
    }
    let model = try model(server)
    #expect(try await model.connect().scoring == .none)
    let error = await #expect(throws: ServerError.self) {
      try await model.logProbabilities(prefix: model.prompt(for: "Who?"), continuation: model.tokenize(" Ana"))
    }
    #expect(error?.reason == .unsupported)
  }

  @Test func aServerWithoutSlotsForSeveralDrawsOneByOne() async throws {
    let script = LlamaServerScript()
    let server = try LoopbackServer { request in
      // As before n_cmpl was known: it is ignored.
      var fields = request.fields
      if request.path == "/completion", fields["n_cmpl"] as? Int != 1 {
        fields["n_cmpl"] = 1
        return script.reply(
          to: LoopbackServer.Request(
            method: "POST", path: request.path, headers: [:],
            body: Array(try! JSONSerialization.data(withJSONObject: fields))))  // fields came from JSON
      }
      return script.reply(to: request)
    }
    let model = try model(server)
    #expect(try await model.connect().draws == 1)
    let result = try await model.sample(SampleRequest(prefix: model.prompt(for: "Who?"), count: 3, seed: 1))
    #expect(result.samples.count == 3)
  }
}
