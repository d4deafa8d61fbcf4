import Foundation
import ServerFixture
import Testing

@testable import Models

/// Models behind OpenAI's interfaces, as different servers speak them.
struct CompletionsInterfaceTests {
  private func served(
    _ change: (inout CompletionsServerScript) -> Void = { _ in }
  ) throws -> (server: LoopbackServer, model: ServerModel) {
    var script = CompletionsServerScript()
    change(&script)
    let server = try LoopbackServer { [script] in script.reply(to: $0) }
    return (server, try model(server.url))
  }

  private func model(_ url: String, _ change: (inout ServerSettings) -> Void = { _ in }) throws -> ServerModel {
    var settings = ServerSettings()
    (settings.prompt, settings.ends, settings.firstDelay) = ("Q: {question}\nA:\n", [], 0)
    change(&settings)
    return try ServerModel(urls: [url], settings: settings)
  }

  /// The line that the fixture's model writes to the last request.
  private func line(_ server: LoopbackServer) throws -> [StoryModel.Token] {
    let fields = try #require(server.requests.last { $0.path.hasSuffix("completions") }).fields
    let messages = fields["messages"] as? [[String: String]] ?? []
    let prompt = fields["prompt"] as? String ?? messages.compactMap { $0["content"] }.joined(separator: "\n")
    let all = StoryModel.continuation(
      of: prompt, seed: fields["seed"] as? Int ?? 0, temperature: 1, limit: 128
    ).tokens
    return Array(all.prefix(through: try #require(all.firstIndex { $0.text == "\n" })))
  }

  @Test func aServerLikeVLLMDoesEverything() async throws {
    let (server, model) = try served()
    let can = try await model.connect()
    #expect((can.server, can.interface, can.stops, can.scoring) == ("vLLM", .completions, .kept, .echo))
    #expect(can.logProbabilities && can.honoursSeed && can.draws > 1 && can.contextLength == 2048)
    let result = try await model.sample([SampleRequest(prefix: model.prompt(for: "How many?"), seed: 4)])[0]
    let line = try line(server)
    #expect(result.samples[0].text == line.map(\.text).joined())
    #expect(result.samples[0].logProbabilities == line.map(\.logProbability))
    #expect(result.samples[0].ending == .newline)
    #expect((result.usage.prompted, result.usage.reused, result.usage.generated) == (8, 32, line.count))
    let fields = try #require(server.requests.last).fields
    #expect((fields["top_k"] as? Int, fields["include_stop_str_in_output"] as? Bool) == (-1, true))
  }

  /// The tokens that end in the continuation are its: one of " and" and four of " then\n" here.
  @Test(arguments: ["vllm", "sglang"])
  func aGivenTextIsScored(_ owner: String) async throws {
    let (server, model) = try served { ($0.owner, $0.echoes) = (owner, owner == "vllm") }
    let can = try await model.connect()
    #expect(can.scoring == (owner == "vllm" ? .echo : .generate))
    let scored = try await model.logProbabilities(
      prefix: model.prompt(for: "Who?") + model.tokenize("Ana has"), continuation: model.tokenize(" 3 apples\n"))
    #expect(scored.logProbabilities == [-0.2, -0.7, -0.1])
    #expect(scored.usage == (owner == "vllm" ? ModelUsage(prompted: 9) : ModelUsage(prompted: 7, reused: 2)))
    let none = try await model.logProbabilities(prefix: model.prompt(for: "Who?"), continuation: [])
    #expect(none.logProbabilities.isEmpty)
    #expect(server.requests.last?.method == "POST")
  }

  @Test func whereStopTextsVanishThisSideCuts() async throws {
    let (server, model) = try served { ($0.keepsStops, $0.echoes, $0.owner) = (false, false, "library") }
    let can = try await model.connect()
    #expect((can.server, can.stops, can.scoring) == ("Ollama", .silent, .none))
    let result = try await model.sample([SampleRequest(prefix: model.prompt(for: "How many?"), seed: 4)])[0]
    let line = try line(server)
    #expect(result.samples[0].text == line.map(\.text).joined())
    #expect(result.samples[0].ending == .newline)
    #expect(try #require(server.requests.last).fields["stop"] == nil)
    let error = await #expect(throws: ServerError.self) {
      try await model.logProbabilities(prefix: model.prompt(for: "Who?"), continuation: model.tokenize("x"))
    }
    #expect(error?.reason == .unsupported)
  }

  @Test func aStrictServerThatOnlyChats() async throws {
    let (server, model) = try served {
      ($0.isStrict, $0.isChatOnly, $0.keepsStops, $0.owner) = (true, true, false, "somebody")
    }
    let can = try await model.connect()
    #expect((can.server, can.interface, can.extraFields) == ("OpenAI-compatible", .chat, false))
    #expect(can.logProbabilities && can.honoursSeed && can.scoring == .none)
    let prompt = model.prompt(for: "How many?")
    let first = try await model.sample([SampleRequest(prefix: prompt, seed: 4)])[0].samples[0]
    #expect(first.text == (try line(server)).map(\.text).joined())
    let second = try await model.sample([SampleRequest(prefix: prompt + first.tokens, seed: 5)])[0].samples[0]
    #expect(second.ending == .newline)
    let messages = try #require(server.requests.last?.fields["messages"] as? [[String: String]])
    #expect(can.steps == .prefill)
    #expect(messages.map { $0["role"] } == ["user", "assistant"])
    #expect(messages[1]["content"] == first.text)
  }

  @Test func oneOfSeveralModelsIsNamed() async throws {
    let (server, unnamed) = try served { $0.models = ["small", "large"] }
    let error = await #expect(throws: ServerError.self) { try await unnamed.connect() }
    #expect(error?.description.contains("as in \(server.url)#small; the server has small, large") == true)
    let named = try model(server.url + "#large")
    #expect(try await named.connect().model == "large")
    #expect(server.requests.last?.fields["model"] as? String == "large")
    let unknown = await #expect(throws: ServerError.self) { try await model(server.url + "#huge").connect() }
    #expect(unknown?.reason == .rejected)
  }
}
