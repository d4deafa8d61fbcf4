import Models
import Synchronization

/// A model that writes what a test says and believes in labels as a test says; it keeps the prompts.
final class AnsweringModel: LanguageModel {
  let name = "answering"
  let fingerprint = "0"
  let vocabularySize = 256
  let contextLength = 100_000
  private let texts: [String]
  private let beliefs: [LabelResult.Belief]
  private let kept = Mutex((prompts: [String](), labels: [[String]](), seeds: [UInt64]()))

  init(texts: [String] = [], beliefs: [LabelResult.Belief] = []) {
    self.texts = texts
    self.beliefs = beliefs
  }

  var prompts: [String] { kept.withLock { $0.prompts } }
  var labels: [[String]] { kept.withLock { $0.labels } }
  var seeds: [UInt64] { kept.withLock { $0.seeds } }

  func tokenize(_ text: String) -> [Int32] { text.utf8.map(Int32.init) }
  func bytes(of tokens: [Int32]) -> [UInt8] { tokens.map(UInt8.init) }
  func prompt(for question: String) -> [Int32] { tokenize("Q: \(question)\n") }

  func sample(_ requests: [SampleRequest]) async throws -> [SampleResult] {
    requests.map { request in
      kept.withLock {
        $0.prompts.append(text(of: request.prefix))
        $0.seeds.append(request.seed)
      }
      let samples = (0..<request.count).map { i in
        let text = texts[i % texts.count]
        return Sample(
          tokens: tokenize(text), bytes: Array(text.utf8), logProbabilities: text.utf8.map { _ in -1 },
          ending: .endOfText)
      }
      return SampleResult(
        samples: samples, usage: ModelUsage(prompted: 7, generated: samples.reduce(0) { $0 + $1.tokens.count }))
    }
  }

  func logProbabilities(_ requests: [LikelihoodRequest]) async throws -> [LikelihoodResult] {
    requests.map { request in
      LikelihoodResult(logProbabilities: request.continuation.map { -Double($0) / 100 }, usage: ModelUsage(prompted: 1))
    }
  }

  func likelihoods(of labels: [String], after prefixes: [[Int32]]) async throws -> [LabelResult] {
    prefixes.map { prefix in
      kept.withLock {
        $0.prompts.append(text(of: prefix))
        $0.labels.append(labels)
      }
      return LabelResult(beliefs: beliefs, usage: ModelUsage(prompted: 40, reused: 2))
    }
  }
}
