import Foundation
import ServerFixture
import Testing

@testable import Models

/// Thinking is kept apart: no step, no answer, no part of what is sent again; counted and limited.
struct ThinkingTests {
  private static let thought = "Let me see. 4 kites and 3 * 5 more.\n\nThat is #### 99, or so.\n"

  static let inText: [(String, String)] = [
    ("<think>", "</think>"), ("<think>\n", "\n</think>\n\n"), ("<thinking>", "</thinking>\n"), ("◁think▷", "◁/think▷"),
    ("[THINK]", "[/THINK]"), ("<|channel|>analysis<|message|>", "<|end|><|start|>assistant<|channel|>final<|message|>"),
    ("<|START_THINKING|>", "<|END_THINKING|>"), ("<seed:think>", "</seed:think>"), ("", "\n</think>\n\n"),
    (" \n<think> ", "</think> "),
  ]

  private func check(_ odd: OddServer, _ place: ServerAbilities.Thinking) async throws {
    let can = try await odd.model.connect()
    #expect(can.thinking == place)
    for step in 0..<3 {
      let sample = try await odd.sample(after: Array(OddServer.lines.prefix(step)))
      #expect((sample.text, sample.ending) == (OddServer.lines[step], .newline))
      #expect(sample.thinking.hasPrefix("Let me see.") && sample.thinking.hasSuffix("or so."), "\(sample.thinking)")
      let sent = String(decoding: odd.drawn.last?.body ?? [], as: UTF8.self)
      #expect(!sent.contains("Let me see"), "earlier thinking is not sent again")
      #expect(odd.drawn.last?.fields["max_tokens"] as? Int == 64 + 2048)
    }
    let before = odd.model.sampled.generated
    _ = try await odd.sample(end: .text)
    #expect(odd.model.sampled.generated - before > 20 + 12, "thinking counts")
  }

  @Test(arguments: inText)
  func inTheText(_ open: String, _ close: String) async throws {
    let odd = try OddServer {
      ($0.hasChat, $0.hasCompletions, $0.thinking) = (true, false, .text(open + Self.thought + close))
    }
    try await check(odd, open.isEmpty ? .unopened : .marked)
  }

  @Test(arguments: ["reasoning_content", "reasoning", "thinking"])
  func inAFieldOfItsOwn(_ name: String) async throws {
    let odd = try OddServer {
      ($0.hasChat, $0.hasCompletions, $0.thinking) = (true, false, .field(name, Self.thought))
    }
    try await check(odd, .apart)
  }

  @Test(arguments: [
    #"{"reasoning_details":[{"type":"reasoning.text","text":TEXT}]}"#,
    #"{"content":[{"type":"thinking","thinking":TEXT}]}"#,
    #"{"content":[{"type":"thinking","thinking":[{"type":"text","text":TEXT}]}]}"#,
    #"{"reasoning":TEXT,"reasoning_content":TEXT,"content":""}"#,
  ])
  func inParts(_ json: String) async throws {
    let quoted = String(Self.thought.debugDescription)
    let odd = try OddServer {
      $0.hasChat = true
      $0.hasCompletions = false
      $0.thinking = .json(json.replacingOccurrences(of: "TEXT", with: quoted))
    }
    try await odd.model.connect()
    let sample = try await odd.sample()
    #expect(sample.text == OddServer.lines[0])
    #expect(sample.thinking == Self.thought.trimmingCharacters(in: .whitespacesAndNewlines))
  }

  /// Reasoning and nothing else is an answer: an empty one.
  @Test func thinkingWithoutAText() async throws {
    let odd = try OddServer {
      ($0.hasChat, $0.hasCompletions, $0.thinking) = (true, false, .field("reasoning_content", "Hm."))
      ($0.prefill, $0.history, $0.inline) = (.nothing, .nothing, .nothing)
      $0.solution = ""
    }
    let can = try await odd.model.connect()
    #expect(can.steps == .none)
    let sample = try await odd.sample(end: .text)
    #expect((sample.text, sample.thinking, sample.ending) == ("", "Hm.", .endOfText))
    #expect(odd.server.requests.count < 30)
  }

  @Test func thinkingIsLimited() async throws {
    let odd = try OddServer(settings: { $0.thinkingTokens = 6 }) {
      ($0.hasChat, $0.hasCompletions, $0.thinking) = (true, false, .field("reasoning", Self.thought))
    }
    try await odd.model.connect()
    let sample = try await odd.sample()
    #expect((sample.text, sample.ending) == ("", .endOfText))
    #expect(odd.seen("thinking").contains { $0.seen.contains("more than 6 tokens") })
  }

  /// Nothing of it was seen when the server was probed.
  @Test(arguments: [("<think>\n", "\n</think>\n\n"), ("", "\n</think>\n\n")])
  func thinkingThatBeginsLater(_ open: String, _ close: String) async throws {
    let script = OddServerScript()
    let server = try LoopbackServer { request in
      var script = script
      if let most = request.fields["max_tokens"] as? Int, most >= 64 {
        script.solution = open + Self.thought + close + "#### 17\n"
      }
      return script.reply(to: request)
    }
    var settings = ServerSettings()
    settings.ends = []
    let model = try ServerModel(urls: [server.url], settings: settings)
    try await model.connect()
    let drawn = try await model.sample([
      SampleRequest(prefix: model.prompt(for: "?"), maximumTokens: 64, end: .text)
    ])[0].samples[0]
    #expect(drawn.text == "#### 17\n")
    #expect(drawn.thinking.hasPrefix("Let me see."))
    #expect(model.abilities?.thinking == (open.isEmpty ? .unopened : .marked))
  }

  /// Cut anywhere, the marks are found.
  @Test func marksMayBeCutAnywhere() {
    let text = "So:\n<think>a < b and [c] </thin k></think>\n\n3 < 5 and [1, 2].\n"
    for size in 1...9 {
      var filter = ThinkingFilter()
      var told: [UInt8] = []
      let bytes = Array(text.utf8)
      for start in stride(from: 0, to: bytes.count, by: size) {
        let part = Array(bytes[start..<min(start + size, bytes.count)])
        told += filter.feed(ServerToken(bytes: part)).text.flatMap(\.bytes)
      }
      told += filter.finish(isEnd: true).flatMap(\.bytes)
      #expect(String(decoding: told, as: UTF8.self) == "So:\n3 < 5 and [1, 2].\n")
      #expect(filter.thought == "a < b and [c] </thin k>")
    }
  }
}
