import Models
import Synchronization

/// A model whose samples have the lengths of a list, over and over.
final class ScriptedModel: LanguageModel {
  let name = "scripted"
  let fingerprint = "0"
  let vocabularySize = 10
  let contextLength = 1000
  private let lengths: [Int]
  private let state = Mutex((made: 0, seeds: [UInt64]()))

  init(lengths: [Int]) { self.lengths = lengths }

  /// Seeds of the requests so far.
  var seeds: [UInt64] { state.withLock { $0.seeds } }

  func tokenize(_ text: String) -> [Int32] { [] }
  func bytes(of tokens: [Int32]) -> [UInt8] { [] }
  func prompt(for question: String) -> [Int32] { [1] }

  func logProbabilities(_ requests: [LikelihoodRequest]) async throws -> [LikelihoodResult] {
    throw ModelError(name, "likelihood", "not scripted")
  }

  func sample(_ requests: [SampleRequest]) async throws -> [SampleResult] {
    state.withLock { state in
      requests.map { request in
        state.seeds.append(request.seed)
        let samples = (0..<request.count).map { _ in
          let length = lengths[state.made % lengths.count]
          state.made += 1
          return Sample(
            tokens: Array(repeating: 2, count: length), bytes: Array("#### \(state.made)".utf8),
            logProbabilities: Array(repeating: 0, count: length), ending: .endOfText)
        }
        return SampleResult(samples: samples, usage: ModelUsage())
      }
    }
  }
}
