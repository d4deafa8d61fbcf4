import CKernels
import Foundation
import Testing

@testable import Models

@Suite("Forward pass against a plain reference")
struct LlamaForwardTests {
  @Test(
    "logits agree to 1e-4: grouped heads, tied and untied, one and several layers",
    arguments: [
      TinyLlama(), TinyLlama(tied: true), TinyLlama(keyValueHeads: 4), TinyLlama(keyValueHeads: 1, headSize: 18),
      TinyLlama(width: 33, inner: 64, layers: 3, heads: 2, keyValueHeads: 2, headSize: 32),
      TinyLlama(layers: 1, heads: 1, keyValueHeads: 1, headSize: 2),
    ])
  func logits(_ tiny: TinyLlama) async throws {
    let model = try tiny.model()
    let reference = ReferenceForward(tiny)
    for length in [1, 2, 17, 33, 70] {
      let tokens = [TinyLlama.bos] + TinyLlama.tokens(length - 1, seed: UInt64(length))
      let ours = try await model.logits(after: tokens)
      let worst = zip(ours, reference.logits(tokens)).map { abs(Double($0) - $1) }.max() ?? 1
      #expect(ours.count == tiny.vocabulary)
      #expect(worst < 1e-4, "length \(length)")
    }
  }

  @Test("hidden states of every position agree, in one call and from the cache")
  func hidden() async throws {
    let tiny = TinyLlama()
    let model = try tiny.model()
    let tokens = TinyLlama.tokens(40, seed: 3)
    let expected = ReferenceForward(tiny).hidden(tokens)
    let first = try await model.hiddenStates(tokens, at: Array(tokens.indices))
    let again = try await model.hiddenStates(tokens, at: Array(tokens.indices))
    #expect(first.usage == ModelUsage(prompted: 40, reused: 0))
    #expect(again.usage == ModelUsage(prompted: 0, reused: 40))
    #expect(first.states == again.states)
    for (ours, theirs) in zip(first.states, expected) {
      #expect(zip(ours, theirs).allSatisfy { abs(Double($0) - $1) < 1e-4 })
    }
  }

  @Test("log-probabilities sum what the reference gives")
  func logProbabilities() async throws {
    let tiny = TinyLlama()
    let model = try tiny.model()
    let tokens = TinyLlama.tokens(50, seed: 5)
    let result = try await model.logProbabilities(
      prefix: Array(tokens[..<10]), continuation: Array(tokens[10...]))
    let ours = result.logProbabilities
    #expect(result.usage.prompted == 49)
    let reference = ReferenceForward(tiny)
    for i in [10, 11, 30, 49] {
      let logits = reference.logits(Array(tokens[..<i]))
      let normalizer = log(logits.reduce(0) { $0 + exp($1) })
      #expect(abs(ours[i - 10] - (logits[Int(tokens[i])] - normalizer)) < 1e-4)
    }
    #expect(try await model.logProbabilities(prefix: [1], continuation: []).logProbabilities.isEmpty)
  }

  @Test("a batch of continuations gives each what it gets alone")
  func likelihoodBatch() async throws {
    let tiny = TinyLlama()
    let requests = (0..<5).map { i in
      let tokens = TinyLlama.tokens(20 + i, seed: UInt64(i / 2))
      return LikelihoodRequest(prefix: Array(tokens[..<(9 + i)]), continuation: Array(tokens[(9 + i)...]))
    }
    let together = try await tiny.model().logProbabilities(requests).map(\.logProbabilities)
    for (request, expected) in zip(requests, together) {
      let alone = try await tiny.model().logProbabilities(prefix: request.prefix, continuation: request.continuation)
      #expect(alone.logProbabilities == expected)
    }
  }

  @Test("newer files' rope_parameters give the same angles")
  func ropeParameters() async throws {
    let tiny = TinyLlama()
    let tokens = TinyLlama.tokens(20, seed: 6)
    let folder = try tiny.folder()
    var configuration = tiny.configuration
    configuration["rope_theta"] = nil
    configuration["rope_parameters"] = ["rope_type": "default", "rope_theta": 500.0]
    try folder.write("config.json", json: configuration)
    let newer = try EmbeddedModel(ModelFolder.load(folder.path))
    #expect(try await newer.logits(after: tokens) == tiny.model().logits(after: tokens))
  }
}
