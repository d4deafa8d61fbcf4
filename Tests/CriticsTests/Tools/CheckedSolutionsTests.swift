import Foundation
import Models
import ServerFixture
import Synchronization
import Testing
import Vocabulary

@testable import Critics

/// Solutions of a served model, on real sockets: one request, and one more for each line that a tool refutes.
@Suite("Checked solutions")
struct CheckedSolutionsTests {
  /// Streams the texts that it was given for each request in turn, the continuations of one request token by token in turn.
  private final class Streamer: Sendable {
    private let script: Mutex<[[String]]>
    private let seen = Mutex<[[String: any Sendable]]>([])

    init(_ script: [[String]]) { self.script = Mutex(script) }

    /// Prompt and number of continuations of each request.
    var asked: [(prompt: String, count: Int)] {
      seen.withLock { $0.map { ($0["prompt"] as? String ?? "", $0["n"] as? Int ?? 1) } }
    }

    func reply(to request: LoopbackServer.Request) -> LoopbackServer.Reply {
      let fields = request.fields
      let prompt = fields["prompt"] as? String ?? ""
      guard request.path == "/v1/completions", prompt.contains("SOLVE 1 and 1?"), fields["stream"] as? Bool == true
      else {
        return CompletionsServerScript().reply(to: request)
      }
      let count = fields["n"] as? Int ?? 1
      seen.withLock { $0.append(["prompt": prompt, "n": count]) }
      let texts = script.withLock { $0.isEmpty ? [] : $0.removeFirst() }
      var events: [String] = []
      let words = texts.prefix(count).map(Self.words)
      for place in 0..<(words.map(\.count).max() ?? 0) {
        for (index, all) in words.enumerated() where place < all.count {
          let text = Self.quoted(all[place])
          events.append(
            #"{"choices":[{"index":\#(index),"text":\#(text),"logprobs":{"tokens":[\#(text)],"token_logprobs":[-0.5]},"#
              + #""finish_reason":\#(place == all.count - 1 ? #""stop""# : "null")}]}"#)
        }
      }
      return .events(events + ["[DONE]"])
    }

    private static func words(_ text: String) -> [String] {
      text.reduce(into: [String]()) { words, character in
        if character == " " || character == "\n" || words.isEmpty {
          words.append(String(character))
        } else if words[words.count - 1] == "\n" {
          words.append(String(character))
        } else {
          words[words.count - 1].append(character)
        }
      }
    }

    private static func quoted(_ text: String) -> String {
      "\"\(text.replacingOccurrences(of: "\n", with: "\\n"))\""
    }
  }

  private func solutions(_ script: [[String]], count: Int, redraws: Int = 2) async throws -> (
    SampleResult, [(prompt: String, count: Int)]
  ) {
    let streamer = Streamer(script)
    let server = try LoopbackServer { streamer.reply(to: $0) }
    var settings = ServerSettings()
    (settings.prompt, settings.ends, settings.attempts) = ("SOLVE {question}\n", [], 1)
    let model = try ServerModel(urls: [server.url], settings: settings)
    try await model.connect()
    let state = JudgedState(
      question: "1 and 1?", tokens: [], optionTexts: [], isComplete: false,
      tools: ToolContext(enabled: ["calculator"], redraws: redraws))
    let request = SampleRequest(
      prefix: model.prompt(for: "1 and 1?"), count: count, temperature: 1, maximumTokens: 200, end: .answer, seed: 5)
    let checked = CheckedSolutions(model: model, tools: ToolDispatcher([CalculatorCritic()]))
    let result = try await checked.solutions([.init(state: state, request: request)])[0]
    return (result, streamer.asked)
  }

  @Test("rollouts of a node are one request, and each ends with its stated answer")
  func oneRequest() async throws {
    let behind = "\n\nQuestion: How many?\nSolution:\n9 + 9 = 18\n#### 18\n"
    let (result, asked) = try await solutions(
      [
        [
          "1 + 1 = 2\nso it is\n#### 2" + behind, "it is 2\nfor 1 + 1 = 2\n#### 2" + behind,
          "three\nlines\n#### 3" + behind,
        ]
      ],
      count: 3)
    #expect(asked.map(\.count) == [3])
    #expect(
      result.samples.map(\.text) == [
        "1 + 1 = 2\nso it is\n#### 2\n", "it is 2\nfor 1 + 1 = 2\n#### 2\n", "three\nlines\n#### 3\n",
      ])
    #expect(result.samples.allSatisfy { $0.ending == .endOfText })
  }

  @Test("a refuted line ends its continuation, and is drawn again from before it")
  func refuted() async throws {
    let (result, asked) = try await solutions(
      [["first\n1 + 1 = 3\nbuilt on sand\n#### 3\n", "1 + 1 = 2\n#### 2\n"], ["1 + 1 = 2\n#### 2\n"]], count: 2)
    #expect(asked.map(\.count) == [2, 1])
    #expect(asked.last?.prompt.hasSuffix("first\n") == true, "what was right is kept")
    #expect(result.samples.map(\.text) == ["first\n1 + 1 = 2\n#### 2\n", "1 + 1 = 2\n#### 2\n"])
    #expect(result.usage.discarded >= 6, "the wrong line was written in vain")
    #expect(result.samples.allSatisfy { $0.logProbabilities.count == $0.tokens.count })
  }

  @Test("a line that is refuted each time stays, and the solution goes on behind it in the same request")
  func stubborn() async throws {
    let (result, asked) = try await solutions(
      [["1 + 1 = 3\n"], ["1 + 1 = 4\n"], ["1 + 1 = 5\nand so\n#### 5\n"], ["never"]], count: 1)
    #expect(asked.count == 3)
    #expect(result.samples.map(\.text) == ["1 + 1 = 5\nand so\n#### 5\n"])
  }

  @Test("where a server goes on with what has ended, the rest is asked for by itself")
  func wasteful() async throws {
    let chatter = (0..<60).map { " word\($0)" }.joined()
    let long = (0..<20).map { "line \($0)\n" }.joined()
    let (result, asked) = try await solutions(
      [["#### 2\n" + chatter, long + "#### 7\n"], ["the end\n#### 7\n"]], count: 2)
    #expect(asked.map(\.count) == [2, 1])
    #expect(result.samples[0].text == "#### 2\n")
    #expect(result.samples[1].text.hasPrefix("line 0\n") && result.samples[1].text.hasSuffix("the end\n#### 7\n"))
    #expect(asked[1].prompt.hasSuffix(String(result.samples[1].text.dropLast("the end\n#### 7\n".count))))
    #expect((1...12).contains(result.usage.discarded))
  }
}
