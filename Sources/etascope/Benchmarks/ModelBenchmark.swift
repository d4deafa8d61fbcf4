import ArgumentParser
import Foundation
import Models

/// `etascope benchmark model`: tokens a second of the policy, one stream and several, and what the prefix cache saves.
struct ModelBenchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model", abstract: "Tokens a second of a model folder, computing on one thread.")

  @Option(help: "The model folder (default: the embedded policy).") var model: String?
  @Option(help: "Tokens to generate in each part.") var tokens = 4000
  @Flag(help: "One JSON object.") var json = false

  private struct Figures: Encodable {
    let model: String
    let tokens: Int
    let tokensPerSecond: [String: Double]
    let promptTokensPerSecond: Double
    let reusedShareOfChild: Double
  }

  func run() async throws {
    guard tokens > 0 else { throw ExitError.usage("--tokens: expected 1 or more, found \(tokens)") }
    let path = try model ?? DataFolder.locate().models.appending(path: "policy").path()
    let policy = try EmbeddedModel(ModelFolder.load(path))
    var rates: [String: Double] = [:]
    for streams in [1, 4, 16] { rates["\(streams)"] = try await rate(policy, streams) }
    let figures = Figures(
      model: policy.name, tokens: tokens, tokensPerSecond: rates, promptTokensPerSecond: try await promptRate(policy),
      reusedShareOfChild: try await reuse(policy))
    let out = StandardOutput()
    if json { return try out.json(figures) }
    for streams in [1, 4, 16] {
      try out.line("\(streams) at once: \(Int(rates["\(streams)"] ?? 0)) tokens a second")
    }
    try out.line("prompts: \(Int(figures.promptTokensPerSecond)) tokens a second")
    try out.line(String(format: "a child's prefix found in the cache: %.1f %%", figures.reusedShareOfChild * 100))
  }

  private static let question =
    "Mina has 15 beads. Zoe has 14 beads. Mina loses 5 beads. Mina gives 4 beads to Zoe. How many beads do Zoe and Mina have together now?"

  private func request(_ policy: EmbeddedModel, _ question: String, count: Int, seed: UInt64) -> SampleRequest {
    SampleRequest(
      prefix: policy.prompt(for: question), count: count, temperature: 1, topP: 1, maximumTokens: 192, end: .text,
      seed: seed)
  }

  private func rate(_ policy: EmbeddedModel, _ streams: Int) async throws -> Double {
    var made = 0
    var seed: UInt64 = 0
    let clock = ContinuousClock()
    let start = clock.now
    while made < tokens {
      made += try await policy.sample(request(policy, Self.question, count: streams, seed: seed)).usage.generated
      seed += 1
    }
    return Double(made) / ((clock.now - start) / .seconds(1))
  }

  private func promptRate(_ policy: EmbeddedModel) async throws -> Double {
    var read = 0
    let clock = ContinuousClock()
    let start = clock.now
    var number = 0
    while read < tokens {
      number += 1
      // A number at the front, so that no two prompts share a prefix.
      var prompt = request(policy, "\(number). \(Self.question)", count: 1, seed: 1)
      prompt.maximumTokens = 1
      read += try await policy.sample(prompt).usage.prompted
    }
    return Double(read) / ((clock.now - start) / .seconds(1))
  }

  private func reuse(_ policy: EmbeddedModel) async throws -> Double {
    var line = request(policy, Self.question, count: 1, seed: 3)
    line.end = .line
    guard let parent = try await policy.sample(line).samples.first else { return 0 }
    var child = line
    child.prefix += parent.tokens
    let usage = try await policy.sample(child).usage
    return Double(usage.reused) / Double(max(1, usage.reused + usage.prompted))
  }
}
