import Foundation
import Models

/// Tokens a second of a policy, one stream and several, and what the prefix cache saves.
package struct ModelFigures: Encodable {
  private let model: String
  private let tokens: Int
  private let tokensPerSecond: [String: Double]
  private let promptTokensPerSecond: Double
  private let reusedShareOfChild: Double

  private static let streams = [1, 4, 16]

  /// Lets `policy` generate so many tokens in each part.
  package init(_ policy: EmbeddedModel, tokens: Int) async throws {
    var rates: [String: Double] = [:]
    for streams in Self.streams { rates["\(streams)"] = try await Self.rate(policy, streams, tokens: tokens) }
    model = policy.name
    self.tokens = tokens
    tokensPerSecond = rates
    promptTokensPerSecond = try await Self.promptRate(policy, tokens: tokens)
    reusedShareOfChild = try await Self.reuse(policy)
  }

  /// The figures in words.
  package var lines: [String] {
    Self.streams.map { "\($0) at once: \(Int(tokensPerSecond["\($0)"] ?? 0)) tokens a second" } + [
      "prompts: \(Int(promptTokensPerSecond)) tokens a second",
      String(format: "a child's prefix found in the cache: %.1f %%", reusedShareOfChild * 100),
    ]
  }

  private static let question =
    "Mina has 15 beads. Zoe has 14 beads. Mina loses 5 beads. Mina gives 4 beads to Zoe. How many beads do Zoe and Mina have together now?"

  private static func request(_ policy: EmbeddedModel, _ text: String, count: Int, seed: UInt64) -> SampleRequest {
    SampleRequest(
      prefix: policy.prompt(for: text), count: count, temperature: 1, topP: 1, maximumTokens: 192, end: .text,
      seed: seed)
  }

  private static func rate(_ policy: EmbeddedModel, _ streams: Int, tokens: Int) async throws -> Double {
    var made = 0
    var seed: UInt64 = 0
    let clock = ContinuousClock()
    let start = clock.now
    while made < tokens {
      made += try await policy.sample(request(policy, question, count: streams, seed: seed)).usage.generated
      seed += 1
    }
    return Double(made) / ((clock.now - start) / .seconds(1))
  }

  private static func promptRate(_ policy: EmbeddedModel, tokens: Int) async throws -> Double {
    var read = 0
    let clock = ContinuousClock()
    let start = clock.now
    var number = 0
    while read < tokens {
      number += 1
      // A number at the front, so that no two prompts share a prefix.
      var prompt = request(policy, "\(number). \(question)", count: 1, seed: 1)
      prompt.maximumTokens = 1
      read += try await policy.sample(prompt).usage.prompted
    }
    return Double(read) / ((clock.now - start) / .seconds(1))
  }

  private static func reuse(_ policy: EmbeddedModel) async throws -> Double {
    var line = request(policy, question, count: 1, seed: 3)
    line.end = .line
    guard let parent = try await policy.sample(line).samples.first else { return 0 }
    var child = line
    child.prefix += parent.tokens
    let usage = try await policy.sample(child).usage
    return Double(usage.reused) / Double(max(1, usage.reused + usage.prompted))
  }
}
