import Foundation
import ServerFixture
import Testing

@testable import Models

/// How a chat goes on with a solution, whatever it takes.
struct ChatStepTests {
  typealias Going = OddServerScript.Going

  struct Case: Sendable {
    var prefill: Going
    var history = Going.goesOn
    var inline = Going.goesOn
    var steps: ServerAbilities.Steps
    var roles: [String]
  }

  static let cases: [Case] = [
    Case(prefill: .goesOn, steps: .prefill, roles: ["user", "assistant"]),
    Case(prefill: .refused, steps: .words, roles: ["user", "assistant", "user"]),
    Case(prefill: .anew, steps: .words, roles: ["user", "assistant", "user"]),
    Case(prefill: .nothing, steps: .words, roles: ["user", "assistant", "user"]),
    Case(prefill: .refused, history: .refused, steps: .words, roles: ["user"]),
    Case(prefill: .anew, history: .anew, steps: .words, roles: ["user"]),
    Case(prefill: .anew, history: .refused, inline: .anew, steps: .none, roles: []),
    Case(prefill: .refused, history: .nothing, inline: .nothing, steps: .none, roles: []),
  ]

  @Test(arguments: cases.indices)
  func theProbeFindsOut(_ index: Int) async throws {
    let test = Self.cases[index]
    let odd = try OddServer {
      $0.hasChat = true
      $0.hasCompletions = false
      ($0.prefill, $0.history, $0.inline) = (test.prefill, test.history, test.inline)
    }
    let can = try await odd.model.connect()
    #expect((can.interface, can.steps) == (.chat, test.steps))
    #expect(odd.seen("steps").count == 1)
    guard test.steps != .none else {
      let whole = try await odd.sample(end: .text)
      #expect((whole.text, whole.ending) == (OddServer.lines.joined(), .endOfText))
      let error = await #expect(throws: ServerError.self) { try await odd.sample(after: [OddServer.lines[0]]) }
      #expect(error?.reason == .unsupported && error?.isRetryable == false)
      return
    }
    var path: [String] = []
    for _ in OddServer.lines { path.append(try await odd.sample(after: path).text) }
    #expect(path == OddServer.lines, "step after step")
    let messages = try #require(odd.drawn.last?.fields["messages"] as? [[String: Any]])
    #expect(messages.compactMap { $0["role"] as? String } == test.roles)
  }

  /// A chat that gives one step and ends its answer has not ended the solution.
  @Test func aStepInWordsIsNotTheEnd() async throws {
    let server = try LoopbackServer { request in
      var script = OddServerScript()
      (script.hasChat, script.hasCompletions, script.prefill) = (true, false, .refused)
      let messages = request.fields["messages"] as? [[String: Any]] ?? []
      if messages.count == 3 { script.solution = "4 + 15 = 19 kites are there." }
      return script.reply(to: request)
    }
    let model = try ServerModel(urls: [server.url])
    #expect(try await model.connect().steps == .words)
    let prefix = model.prompt(for: "?") + model.tokenize(OddServer.lines[0])
    let step = try await model.sample([SampleRequest(prefix: prefix)])[0].samples[0]
    #expect((step.text, step.ending) == ("4 + 15 = 19 kites are there.\n", .newline))
    let rest = try await model.sample([SampleRequest(prefix: prefix, end: .text)])[0].samples[0]
    #expect(rest.ending == .endOfText)
  }

  /// Whichever way the chat was found, it gets the chat's prompt.
  @Test(arguments: [ServerSettings.Interface.automatic, .chat])
  func theChatGetsTheChatsPrompt(_ interface: ServerSettings.Interface) async throws {
    let odd = try OddServer(settings: { $0.interface = interface }) { ($0.hasChat, $0.hasCompletions) = (true, false) }
    // Made before anybody knew that it would be a chat.
    let prefix = odd.model.prompt(for: "How many?")
    _ = try await odd.model.sample([SampleRequest(prefix: prefix)])
    let messages = try #require(odd.drawn.last?.fields["messages"] as? [[String: Any]])
    #expect(messages.first?["content"] as? String == ModelPrompt.chat.filled("How many?"))
    #expect(odd.drawn.last?.fields["stop"] as? [String] != ["\n\n"])
  }

  @Test func aPromptOfOnesOwnIsSentWhole() async throws {
    var own = ModelPrompt(text: "Q: {question}")
    (own.system, own.next) = ("Be brief.", "Next!")
    let odd = try OddServer(settings: { $0.shown = own }) {
      ($0.hasChat, $0.hasCompletions, $0.prefill) = (true, false, .refused)
    }
    _ = try await odd.sample(after: [OddServer.lines[0]])
    let messages = try #require(odd.drawn.last?.fields["messages"] as? [[String: Any]])
    #expect(messages.map { $0["role"] as? String } == ["system", "user", "assistant", "user"])
    #expect(messages.map { $0["content"] as? String } == ["Be brief.", "Q: How many?", OddServer.lines[0], "Next!"])
  }

  /// A prompt that does not suit the model is a finding, not a search without steps.
  @Test func aModelThatWritesNothingIsNamed() async throws {
    for isChat in [false, true] {
      for solution in ["", " \n"] {
        let odd = try OddServer {
          $0.hasChat = isChat
          ($0.hasCompletions, $0.solution) = (!isChat, solution)
        }
        try await odd.model.connect()
        #expect(odd.seen(isChat ? "steps" : "first step").map(\.isLimit) == [true])
      }
    }
    let writes = try OddServer { $0.hasCompletions = true }
    try await writes.model.connect()
    #expect(writes.seen("first step").isEmpty)
  }

  private static let endless = (1...500).map { "Step \($0) is done.\n" }.joined()

  /// A base model behind a chat's template goes on and on: to connect asks for no more than a whole answer and a few parts.
  @Test(arguments: [
    (Going.goesOn, [160 + 480, 32]), (.anew, [160 + 480, 32, 32, 32, 32, 32]), (.refused, [160 + 480, 32, 32, 32, 32]),
  ])
  func aModelThatNeverEnds(_ prefill: Going, _ limits: [Int]) async throws {
    let odd = try OddServer {
      ($0.hasChat, $0.hasCompletions, $0.solution) = (true, false, Self.endless)
      ($0.prefill, $0.history, $0.inline) = (prefill, prefill == .anew ? .anew : .goesOn, .anew)
    }
    try await odd.model.connect()
    let asked = odd.drawn.compactMap { $0.fields["max_tokens"] as? Int }
    #expect(asked.filter { $0 > 8 } == limits)
    #expect(asked.reduce(0, +) < 1000)
  }

  /// Where another text follows a beginning, the whole is asked for once more, and no further than it is compared.
  @Test func aSteadyModelThatNeverEnds() async throws {
    let server = try LoopbackServer { request in
      var script = OddServerScript()
      (script.hasChat, script.hasCompletions, script.solution) = (true, false, Self.endless)
      let messages = request.fields["messages"] as? [[String: Any]] ?? []
      if messages.last?["role"] as? String == "assistant" { (script.solution, script.prefill) = ("So: 17.\n", .anew) }
      return script.reply(to: request)
    }
    let model = try ServerModel(urls: [server.url])
    #expect(try await model.connect().steps == .prefill)
    let asked = server.requests.compactMap { $0.fields["max_tokens"] as? Int }.filter { $0 > 8 }
    #expect(asked == [160 + 480, 32, 160])
  }

  /// Tokens for thinking are not for the text that follows it: five tokens a line, and one more shows that it goes on.
  @Test(arguments: ["<think>Hm.</think>", "Hm.</think>"])
  func whatFollowsThinkingIsReadToItsLimit(_ thought: String) async throws {
    let odd = try OddServer {
      ($0.hasChat, $0.hasCompletions, $0.solution) = (true, false, Self.endless)
      $0.thinking = .text(thought + "\n")
    }
    let probe = DrawProbe(
      ServerEndpoint(try ServerAddress(odd.server.url), key: nil, http: HTTPTransport()), ServerSettings())
    let drawn = try await probe.draw(
      Draw(
        prompt: "?", written: "", count: 1, temperature: 0, topP: 1, maximumTokens: 10, stops: [], seed: 7,
        alternatives: 1, thinkingTokens: 2048), ServerAbilities(server: "", interface: .chat, model: "odd"))
    #expect(drawn.texts == ["Step 1 is done.\nStep 2 is done.\nStep"])
    #expect(drawn.ends == [.length])
  }

  @Test func aBeginningIsJudged() throws {
    let lines = try #require(ChatProbe.Beginning(of: "Step 1: Ben has 19.\nStep 2: 19 - 2 = 17.\n#### 17"))
    #expect(lines.text == "Step 1: Ben has 19.\n")
    #expect(lines.judge("Step 2: 19 - 2 = 17.") == .goesOn)
    #expect(lines.judge("**Step 1:** Ben has 19.") == .anew)
    #expect(lines.judge(" \n") == .empty)
    #expect(lines.judge("So there are 17.") == .unclear)
    let one = try #require(ChatProbe.Beginning(of: "Ben has 17 kites now"))
    #expect((one.text, one.judge("17 kites now")) == ("Ben has", .goesOn))
    #expect(one.judge("Ben has 17 kites now") == .anew)
    #expect(ChatProbe.Beginning(of: " \n ") == nil)
  }
}
