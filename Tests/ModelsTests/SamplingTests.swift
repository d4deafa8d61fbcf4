import Foundation
import Testing

@testable import Models

@Suite("Sampling")
struct SamplingTests {
  private let prefix = TinyLlama.tokens(12, seed: 21)

  /// All logits equal: the last norm's gain is 0.
  private func flat() throws -> EmbeddedModel {
    try TinyLlama().model { tensors in
      for i in tensors.indices where tensors[i].name == "model.norm.weight" {
        tensors[i].values = tensors[i].values.map { _ in 0 }
      }
    }
  }

  @Test("the same seed gives the same samples, another gives others")
  func determinism() async throws {
    let request = SampleRequest(prefix: prefix, count: 6, maximumTokens: 15, seed: 77)
    let first = try await TinyLlama().model().sample(request)
    let model = try TinyLlama().model()
    _ = try await model.sample(SampleRequest(prefix: prefix, count: 9, maximumTokens: 4, seed: 1))
    #expect(try await model.sample(request).samples == first.samples)
    var other = request
    other.seed = 78
    #expect(try await model.sample(other).samples != first.samples)
    #expect(Set(first.samples.map(\.tokens)).count > 1)
  }

  @Test("a sample depends on its seed and number alone, not on what is computed with it")
  func batchIndependence() async throws {
    let tiny = TinyLlama()
    var request = SampleRequest(prefix: prefix, count: 2, maximumTokens: 20, seed: 3)
    let alone = try await tiny.model().sample(request).samples
    request.count = 50
    let many = try await tiny.model().sample(request).samples
    #expect(Array(many[..<2]) == alone)
    #expect(many.count == 50)
    let others = (0..<7).map {
      SampleRequest(
        prefix: TinyLlama.tokens(5 + $0, seed: UInt64($0)), count: 11, maximumTokens: 3 + $0, seed: UInt64($0))
    }
    let together = try await tiny.model().sample(others + [request])
    #expect(together[7].samples == many)
    let model = try tiny.model()
    for (i, other) in others.enumerated() { #expect(try await model.sample(other).samples == together[i].samples) }
  }

  @Test("temperature 0 takes the reference's most probable token")
  func greedy() async throws {
    let tiny = TinyLlama()
    let sample = try await tiny.model().sample(
      SampleRequest(prefix: prefix, temperature: 0, maximumTokens: 8, end: .text)
    ).samples[0]
    let reference = ReferenceForward(tiny)
    var tokens = prefix
    for token in sample.tokens {
      var logits = reference.logits(tokens)
      logits[0] = -.infinity
      logits[1] = -.infinity
      let best = logits.indices.max { logits[$0] < logits[$1] }
      #expect(best.map(Int32.init) == token)
      tokens.append(token)
    }
    #expect(sample.tokens.count == 8 || sample.ending == .endOfText)
  }

  @Test("log-probabilities are those of the raw distribution, whatever the temperature")
  func rawLogProbabilities() async throws {
    let model = try TinyLlama().model()
    for (temperature, topP) in [(0.0, 1.0), (0.5, 1), (3, 1), (1, 0.5)] {
      let result = try await model.sample(
        SampleRequest(
          prefix: prefix, count: 2, temperature: temperature, topP: topP, maximumTokens: 9, end: .text, seed: 4))
      for sample in result.samples {
        let scored = try await model.logProbabilities(prefix: prefix, continuation: sample.tokens).logProbabilities
        #expect(scored == sample.logProbabilities)
        #expect(sample.logProbabilities.count == sample.tokens.count)
      }
    }
  }

  @Test("the share of each first token approaches its probability")
  func frequencies() async throws {
    let model = try TinyLlama().model()
    let count = 6000
    let result = try await model.sample(
      SampleRequest(prefix: prefix, count: count, temperature: 0.7, maximumTokens: 1, seed: 8))
    var p = try await model.logits(after: prefix).map { exp(Double($0) / 0.7) }
    p[0] = 0
    p[1] = 0
    let total = p.reduce(0, +)
    var seen = [Double](repeating: 0, count: p.count)
    for sample in result.samples { seen[sample.tokens.first.map(Int.init) ?? 2] += 1 }
    let distance = zip(p, seen).reduce(0) { $0 + abs($1.0 / total - $1.1 / Double(count)) } / 2
    #expect(distance < 0.08)
  }

  @Test("top-p keeps the fewest tokens that reach the share")
  func topP() async throws {
    let model = try TinyLlama().model()
    let p = try await model.logits(after: prefix).map { exp(Double($0)) }
    let order = p.indices.filter { $0 > 1 }.sorted { p[$0] > p[$1] }
    let total = order.reduce(0) { $0 + p[$1] }
    var kept: Set<Int32> = []
    var sum = 0.0
    for i in order where sum < 0.3 * total {
      kept.insert(Int32(i))
      sum += p[i]
    }
    let result = try await model.sample(
      SampleRequest(prefix: prefix, count: 800, topP: 0.3, maximumTokens: 1, seed: 2))
    let seen = Set(result.samples.map { $0.tokens.first ?? 2 })
    #expect(seen.isSubset(of: kept))
    #expect(seen.count > 1)
    let tiny = try await model.sample(SampleRequest(prefix: prefix, count: 20, topP: 1e-9, maximumTokens: 1, seed: 2))
    #expect(Set(tiny.samples.map { $0.tokens.first ?? 2 }) == [Int32(order[0])])
  }

  @Test("padding and beginning-of-text are never drawn, even where all is equally probable")
  func forbidden() async throws {
    let model = try flat()
    let result = try await model.sample(
      SampleRequest(prefix: prefix, count: 300, maximumTokens: 12, end: .text, seed: 6))
    let tokens = result.samples.flatMap(\.tokens)
    #expect(tokens.count > 1000)
    #expect(tokens.allSatisfy { $0 > 2 })
    #expect(result.samples.contains { $0.ending == .endOfText })
    #expect(result.samples.flatMap(\.logProbabilities).allSatisfy { abs($0 + log(262)) < 1e-5 })
  }

  @Test("endings: line break, end of text, cap, context")
  func endings() async throws {
    let model = try flat()
    // greedy on equal logits takes the lowest id that may be drawn: end of text
    let end = try await model.sample(SampleRequest(prefix: prefix, temperature: 0)).samples[0]
    #expect(end == Sample(tokens: [], bytes: [], logProbabilities: [], ending: .endOfText))

    let lines = try await model.sample(
      SampleRequest(prefix: prefix, count: 400, maximumTokens: 40, end: .line, seed: 1))
    let ended = lines.samples.filter { $0.ending == .newline }
    #expect(!ended.isEmpty)
    for sample in lines.samples {
      let breaks = sample.tokens.filter { $0 == TinyLlama.newline }.count
      #expect(breaks == (sample.ending == .newline ? 1 : 0))
      if sample.ending == .newline { #expect(sample.tokens.last == TinyLlama.newline) }
      if sample.ending == .lengthCap { #expect(sample.tokens.count == 40) }
      #expect(sample.bytes == model.bytes(of: sample.tokens))
    }

    let text = try await model.sample(SampleRequest(prefix: prefix, count: 200, maximumTokens: 60, end: .text, seed: 1))
    #expect(text.samples.contains { $0.tokens.dropLast().contains(TinyLlama.newline) })

    let near = TinyLlama.tokens(94, seed: 2)  // the context is 96
    let cut = try await model.sample(SampleRequest(prefix: near, count: 50, maximumTokens: 60, end: .text, seed: 3))
    #expect(cut.samples.allSatisfy { $0.tokens.count <= 2 })
    #expect(cut.samples.contains { $0.ending == .lengthCap && $0.tokens.count == 2 })
    await #expect(throws: ModelError.overflow(model.name, context: 95, count: 96)) {
      try await model.sample(SampleRequest(prefix: TinyLlama.tokens(96, seed: 2)))
    }
  }

  @Test("no samples, no requests")
  func none() async throws {
    let model = try TinyLlama().model()
    #expect(try await model.sample([SampleRequest]()).isEmpty)
    let result = try await model.sample(SampleRequest(prefix: prefix, count: 0))
    #expect(result == SampleResult(samples: [], usage: ModelUsage(prompted: 12, reused: 0, generated: 0)))
  }

  @Test("requests that cannot be served say why")
  func badRequests() async throws {
    let model = try TinyLlama().model()
    let name = model.name
    let cases: [(SampleRequest, String)] = [
      (SampleRequest(prefix: []), "prefix: expected at least one token"),
      (SampleRequest(prefix: [262]), "prefix: expected token ids in 0..<262, got 262"),
      (SampleRequest(prefix: [-1]), "prefix: expected token ids in 0..<262, got -1"),
      (
        SampleRequest(prefix: TinyLlama.tokens(97, seed: 1)),
        "prefix: expected at most 96 tokens, the model's context; got 97"
      ),
      (SampleRequest(prefix: [1], count: -1), "count: expected 0 or more, got -1"),
      (SampleRequest(prefix: [1], temperature: -1), "temperature: expected a finite number of 0 or more, got -1.0"),
      (SampleRequest(prefix: [1], temperature: .nan), "temperature: expected a finite number of 0 or more, got nan"),
      (SampleRequest(prefix: [1], topP: 0), "topP: expected a share in (0, 1], got 0.0"),
      (SampleRequest(prefix: [1], maximumTokens: 0), "maximumTokens: expected 1 or more, got 0"),
    ]
    for (request, message) in cases {
      let error = await #expect(throws: ModelError.self) { try await model.sample(request) }
      #expect(error?.description == "\(name): \(message)")
    }
  }

  @Test("damaged weights are an error, not a trap")
  func damaged() async throws {
    let model = try TinyLlama().model { tensors in
      for i in tensors.indices where tensors[i].name == "model.norm.weight" { tensors[i].values[0] = .nan }
    }
    let error = await #expect(throws: ModelError.self) { try await model.sample(SampleRequest(prefix: [1])) }
    #expect(error?.field == "logits")
  }

  @Test("a cancelled task stops, and the model goes on serving others")
  func cancellation() async throws {
    let model = try TinyLlama(context: 4096).model()
    let prefix = prefix
    let task = Task {
      try await model.sample(SampleRequest(prefix: prefix, count: 2000, maximumTokens: 4000, end: .text))
    }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(try await model.sample(SampleRequest(prefix: prefix, maximumTokens: 2)).samples.count == 1)
  }
}
