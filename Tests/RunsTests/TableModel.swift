import Models
import Synchronization

/// A model that is a table: a token a byte, one continuation for each text, and what it thinks of any other.
final class TableModel: LanguageModel {
  let name = "table"
  let fingerprint: String
  let vocabularySize = 256
  let contextLength: Int
  /// Text → how it goes on, and the log-probability of each of its tokens.
  private let continuations: [String: (text: String, logProbabilities: [Double])]
  /// Text | continuation → the log-probability of each of its tokens.
  private let likelihoods: [String: [Double]]
  /// Text → what is thought before it goes on.
  private let thoughts: [String: String]
  /// Requests of each call for samples, and of each call for likelihoods.
  let calls = Mutex<(samples: [Int], likelihoods: [Int])>(([], []))

  init(
    _ continuations: [String: (text: String, logProbabilities: [Double])] = [:],
    likelihoods: [String: [Double]] = [:], thoughts: [String: String] = [:], contextLength: Int = 1000,
    fingerprint: String = "table"
  ) {
    self.continuations = continuations
    self.likelihoods = likelihoods
    self.thoughts = thoughts
    self.contextLength = contextLength
    self.fingerprint = fingerprint
  }

  func tokenize(_ text: String) -> [Int32] { text.utf8.map(Int32.init) }
  func bytes(of tokens: [Int32]) -> [UInt8] { tokens.map(UInt8.init) }
  func prompt(for question: String) -> [Int32] { tokenize(question + ":") }

  func sample(_ requests: [SampleRequest]) async throws -> [SampleResult] {
    calls.withLock { $0.samples.append(requests.count) }
    return try requests.map { request in
      if request.prefix.count > contextLength { throw ModelError(name, "prefix", "expected a shorter one") }
      let next = continuations[text(of: request.prefix)] ?? ("\(request.seed)\n", [])
      let tokens = Array(tokenize(next.text).prefix(request.maximumTokens))
      let sample = Sample(
        tokens: tokens, bytes: bytes(of: tokens), logProbabilities: Array(next.logProbabilities.prefix(tokens.count)),
        ending: next.text.hasSuffix("\n") ? .newline : .endOfText, thinking: thoughts[text(of: request.prefix)] ?? "")
      let samples = Array(repeating: sample, count: request.count)
      return SampleResult(
        samples: samples, usage: ModelUsage(prompted: 7, reused: 3, generated: tokens.count * request.count))
    }
  }

  func logProbabilities(_ requests: [LikelihoodRequest]) async throws -> [LikelihoodResult] {
    calls.withLock { $0.likelihoods.append(requests.count) }
    return requests.map { request in
      let all = likelihoods[text(of: request.prefix) + "|" + text(of: request.continuation)]
      return LikelihoodResult(
        logProbabilities: all ?? request.continuation.map { _ in -1 },
        usage: ModelUsage(prompted: request.continuation.count, reused: 1))
    }
  }
}
