import Models
import Synchronization

/// A model that is a table: a token a byte, one continuation for each text, and what it thinks of any other.
public final class TableModel: ByteModel {
  /// For people.
  public let name = "table"
  /// Tells its weights apart from others.
  public let fingerprint: String
  /// Most tokens of a text.
  public let contextLength: Int
  /// Text → how it goes on, and the log-probability of each of its tokens.
  private let continuations: [String: (text: String, logProbabilities: [Double])]
  /// Text | continuation → the log-probability of each of its tokens.
  private let likelihoods: [String: [Double]]
  /// Text → what is thought before it goes on.
  private let thoughts: [String: String]
  /// Requests of each call for samples, and of each call for likelihoods.
  public let calls = Mutex<(samples: [Int], likelihoods: [Int])>(([], []))

  /// A model of these tables; a text that is in none goes on with the request's seed, and each token costs −1.
  public init(
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

  /// What it writes.
  public func sample(_ requests: [SampleRequest]) async throws -> [SampleResult] {
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

  /// What it thinks of given texts.
  public func logProbabilities(_ requests: [LikelihoodRequest]) async throws -> [LikelihoodResult] {
    calls.withLock { $0.likelihoods.append(requests.count) }
    return requests.map { request in
      let all = likelihoods[text(of: request.prefix) + "|" + text(of: request.continuation)]
      return LikelihoodResult(
        logProbabilities: all ?? request.continuation.map { _ in -1 },
        usage: ModelUsage(prompted: request.continuation.count, reused: 1))
    }
  }
}
