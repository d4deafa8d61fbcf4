import Models
import ModelsTesting
import Synchronization
import Testing

@testable import Critics

/// Steps that a tool refutes are drawn again.
@Suite("Checked sampling")
struct CheckedSamplingTests {
  /// Says its lines in turn, whatever it is asked; one token a byte.
  private final class Reciter: ByteModel {
    let (name, fingerprint) = ("reciter", "0")
    let contextLength = 4096
    private let lines: Mutex<[String]>
    private let seen = Mutex<[SampleRequest]>([])

    init(_ lines: [String]) { self.lines = Mutex(lines) }

    var requests: [SampleRequest] { seen.withLock { $0 } }
    func logProbabilities(_ requests: [LikelihoodRequest]) async throws -> [LikelihoodResult] { [] }

    func sample(_ requests: [SampleRequest]) async throws -> [SampleResult] {
      seen.withLock { $0 += requests }
      return requests.map { request in
        let samples = (0..<request.count).map { _ in
          let line = lines.withLock { $0.isEmpty ? "" : $0.removeFirst() }
          return Sample(line, ending: line.isEmpty ? .endOfText : .newline)
        }
        return SampleResult(
          samples: samples, usage: ModelUsage(generated: samples.reduce(0) { $0 + $1.tokens.count }))
      }
    }
  }

  private func start(_ redraws: Int, count: Int = 1, temperature: Double = 0.5) -> CheckedSampling.Start {
    CheckedSampling.Start(
      state: JudgedState(
        question: "1 and 1?", tokens: [], optionTexts: [], isComplete: false,
        tools: ToolContext(enabled: ["calculator"], redraws: redraws)),
      request: SampleRequest(prefix: [65], count: count, temperature: temperature, maximumTokens: 100, seed: 5))
  }

  private func steps(_ lines: [String], _ start: CheckedSampling.Start) async throws -> (SampleResult, [SampleRequest])
  {
    let model = Reciter(lines)
    let sampling = CheckedSampling(policy: model, tools: ToolDispatcher([CalculatorCritic(), LooseEndTool()]))
    return (try await sampling.steps([start])[0], model.requests)
  }

  @Test("a refuted step is drawn again, from other numbers, and all its tokens are counted")
  func redraw() async throws {
    let (result, requests) = try await steps(["1 + 1 = 3\n", "1 + 1 = 4\n", "1 + 1 = 2\n", "never"], start(3))
    #expect(result.samples.map(\.text) == ["1 + 1 = 2\n"])
    #expect(result.usage.generated == 30)
    #expect(Set(requests.map(\.seed)).count == 3)
  }

  @Test("after so many draws the last one stays, and with none nothing is looked at")
  func limit() async throws {
    let wrong = ["1 + 1 = 3\n", "1 + 1 = 4\n", "1 + 1 = 5\n", "1 + 1 = 2\n"]
    #expect(try await steps(wrong, start(2)).0.samples.map(\.text) == ["1 + 1 = 5\n"])
    #expect(try await steps(wrong, start(0)).0.samples.map(\.text) == ["1 + 1 = 3\n"])
  }

  @Test("only the refuted ones among several are drawn again; what is greedy is drawn at temperature 1")
  func several() async throws {
    let (result, requests) = try await steps(
      ["1 + 1 = 2\n", "1 + 1 = 3\n", "so\n", "2 + 2 = 4\n"], start(3, count: 3, temperature: 0))
    #expect(result.samples.map(\.text) == ["1 + 1 = 2\n", "2 + 2 = 4\n", "so\n"])
    #expect(requests.map(\.temperature) == [0, 1])
  }

  @Test("a tool that outcomes have contradicted has no veto")
  func distrust() async throws {
    var start = start(3)
    start.state.tools.trust.learn("calculator", .refuted, .init(good: 500, bad: 0))
    #expect(try await steps(["1 + 1 = 3\n", "1 + 1 = 2\n"], start).0.samples.map(\.text) == ["1 + 1 = 3\n"])
  }

  @Test("a solution is written line by line, each checked, until the text ends or the tokens are used up")
  func solutions() async throws {
    var start = start(3)
    start.request.end = .text
    let lines = ["1 + 1 = 2\n", "2 + 2 = 5\n", "2 + 2 = 4\n", "#### 4\n", ""]
    let sampling = CheckedSampling(policy: Reciter(lines), tools: ToolDispatcher([CalculatorCritic()]))
    let result = try await sampling.solutions([start])[0]
    #expect(result.samples.map(\.text) == ["1 + 1 = 2\n2 + 2 = 4\n#### 4\n"])
    #expect(result.samples[0].ending == .endOfText)
    #expect(result.samples[0].tokens.count == result.samples[0].logProbabilities.count)
    #expect(result.usage.generated == 37)
    start.request.maximumTokens = 10
    let short = CheckedSampling(policy: Reciter(lines), tools: ToolDispatcher([CalculatorCritic()]))
    let cut = try await short.solutions([start])[0]
    #expect(cut.samples.map(\.text) == ["1 + 1 = 2\n"] && cut.samples[0].ending == .lengthCap)
  }
}
