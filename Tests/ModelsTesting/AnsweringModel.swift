import Models
import Synchronization

/// A model that writes what a test says and believes in labels as a test says; it keeps the prompts.
public final class AnsweringModel: ByteModel {
  /// For people.
  public let name = "answering"
  /// Tells its weights apart from others.
  public let fingerprint = "0"
  /// Most tokens of a text.
  public let contextLength = 100_000
  private let texts: [String]
  private let beliefs: [LabelResult.Belief]
  private let kept = Mutex((prompts: [String](), labels: [[String]](), seeds: [UInt64]()))

  /// Writes `texts` in turn, each time from the first, and believes `beliefs`.
  public init(texts: [String] = [], beliefs: [LabelResult.Belief] = []) {
    self.texts = texts
    self.beliefs = beliefs
  }

  /// Prefixes so far.
  public var prompts: [String] { kept.withLock { $0.prompts } }
  /// Labels asked about so far.
  public var labels: [[String]] { kept.withLock { $0.labels } }
  /// Seeds so far.
  public var seeds: [UInt64] { kept.withLock { $0.seeds } }

  /// The question behind a Q.
  public func prompt(for question: String) -> [Int32] { tokenize("Q: \(question)\n") }

  /// What it writes.
  public func sample(_ requests: [SampleRequest]) async throws -> [SampleResult] {
    requests.map { request in
      kept.withLock {
        $0.prompts.append(text(of: request.prefix))
        $0.seeds.append(request.seed)
      }
      let samples = (0..<request.count).map { Sample(texts[$0 % texts.count], ending: .endOfText) }
      return SampleResult(
        samples: samples, usage: ModelUsage(prompted: 7, generated: samples.reduce(0) { $0 + $1.tokens.count }))
    }
  }

  /// What it thinks of given texts.
  public func logProbabilities(_ requests: [LikelihoodRequest]) async throws -> [LikelihoodResult] {
    requests.map { request in
      LikelihoodResult(logProbabilities: request.continuation.map { -Double($0) / 100 }, usage: ModelUsage(prompted: 1))
    }
  }

  /// What it believes of labels.
  public func likelihoods(of labels: [String], after prefixes: [[Int32]]) async throws -> [LabelResult] {
    prefixes.map { prefix in
      kept.withLock {
        $0.prompts.append(text(of: prefix))
        $0.labels.append(labels)
      }
      return LabelResult(beliefs: beliefs, usage: ModelUsage(prompted: 40, reused: 2))
    }
  }
}
