import Foundation
import Testing

@testable import Models

/// Options of a tiny random model, compared with the same draws left to run on.
@Suite("Option ends")
struct OptionEndTests {
  private let prefix = TinyLlama.tokens(12, seed: 31)

  private func request(_ end: SampleRequest.End, count: Int = 40, maximumTokens: Int = 60) -> SampleRequest {
    SampleRequest(prefix: prefix, count: count, maximumTokens: maximumTokens, end: end, seed: 9)
  }

  @Test("the token level takes one token; an end of text takes none")
  func token() async throws {
    let model = try TinyLlama().model()
    let free = try await model.sample(request(.text, count: 400)).samples
    let tokens = try await model.sample(request(.token, count: 400)).samples
    for (sample, long) in zip(tokens, free) {
      #expect(sample.tokens == Array(long.tokens.prefix(1)))
      #expect(sample.ending == (sample.tokens.isEmpty ? .endOfText : .token))
    }
    #expect(tokens.contains { $0.ending == .endOfText })
    let capped = try await model.sample(request(.token, maximumTokens: 1)).samples
    #expect(!capped.contains { $0.ending == .lengthCap })
  }

  @Test("a stop text ends an option where the same draws first say it")
  func stopTexts() async throws {
    let model = try TinyLlama().model()
    let free = try await model.sample(request(.text)).samples
    let long = try #require(free.first { $0.tokens.count > 20 })
    let stop = Array(long.bytes[9..<12])  // three tokens of this model, whose tokens are a byte or none
    let options = try await model.sample(request(.option(OptionEnd(stops: [stop, [0x41]])))).samples
    for (option, long) in zip(options, free) {
      let end = (0...long.tokens.count).first { end in
        [stop, [0x41]].contains { model.bytes(of: Array(long.tokens[..<end])).firstRange(of: $0) != nil }
      }
      #expect(option.tokens == Array(long.tokens.prefix(end ?? long.tokens.count)))
      #expect(option.logProbabilities == Array(long.logProbabilities.prefix(option.tokens.count)))
      #expect(option.ending == (end == nil ? long.ending : .stopText))
    }
    #expect(Set(options.map(\.ending)).isSuperset(of: [.stopText, .lengthCap]))
  }

  /// Entropy in nats of the token after `tokens`, worked out from its logits.
  private func entropy(_ model: EmbeddedModel, after tokens: [Int32]) async throws -> Double {
    let logits = try await model.logits(after: tokens).map(Double.init)
    let total = logits.reduce(0) { $0 + exp($1) }
    return -logits.reduce(0) { $0 + exp($1) / total * log(exp($1) / total) }
  }

  @Test(
    "uncertainty ends an option before the first new word whose entropy exceeds the threshold", arguments: [0, 0.8])
  func uncertainty(_ temperature: Double) async throws {
    // Made sharper, and with likely spaces, so that words are short and entropies differ.
    let model = try TinyLlama(scale: 3).model { tensors in
      let head = tensors.firstIndex { $0.name == "lm_head.weight" } ?? 0
      for column in 0..<20 { tensors[head].values[(3 + 0x20) * 20 + column] *= 4 }
    }
    var request = request(.text)
    request.temperature = temperature
    let free = try await model.sample(request).samples
    var ends = 0
    for threshold in [0.5, 2, 3.5] {
      request.end = .option(OptionEnd(entropy: threshold))
      for (option, long) in zip(try await model.sample(request).samples, free) {
        var end: Int?
        for at in 1..<max(1, long.tokens.count) where end == nil {
          let text = model.bytes(of: Array(long.tokens[..<at]))
          let next = model.bytes(of: [long.tokens[at]])
          guard text.contains(where: { !WordBoundary.isSpace($0) }), WordBoundary.lies(between: text, and: next) else {
            continue
          }
          let h = try await entropy(model, after: prefix + long.tokens[..<at])
          try #require(abs(h - threshold) > 1e-4, "too near to tell")
          if h > threshold { end = at }
        }
        if let end {
          #expect(option.tokens == Array(long.tokens[..<end]))
          #expect(option.ending == .uncertainty)
          ends += 1
        } else if option.ending == .uncertainty {
          // The draw that ended it was the end of the text.
          #expect(option.tokens == long.tokens && long.ending == .endOfText)
        } else {
          #expect(option == long)
        }
      }
    }
    #expect(ends > 20)
  }

  @Test("a child of an option that uncertainty ended costs nothing: its last token was fed, the next one never")
  func cache() async throws {
    let model = try TinyLlama().model()
    let result = try await model.sample(request(.option(OptionEnd(entropy: 0)), count: 60))
    let uncertain = result.samples.filter { $0.ending == .uncertainty }
    #expect(uncertain.count > 10)
    for sample in uncertain {
      #expect(!sample.tokens.isEmpty)
      let child = try await model.sample(SampleRequest(prefix: prefix + sample.tokens, maximumTokens: 3, seed: 4))
      #expect(child.usage.prompted == 0)
      #expect(child.usage.reused == prefix.count + sample.tokens.count)
      let fresh = try await TinyLlama().model().sample(
        SampleRequest(prefix: prefix + sample.tokens, maximumTokens: 3, seed: 4))
      #expect(child.samples == fresh.samples)
    }
  }

  @Test("an option depends on its seed and number alone, whatever is computed with it or cached")
  func independence() async throws {
    let tiny = TinyLlama()
    let ends: [SampleRequest.End] = [
      .option(OptionEnd(stops: [[0x41], [0x0A]])), .token, .option(OptionEnd(entropy: 4)), .line, .text,
      .option(OptionEnd(stops: [[0x20]], needsFormula: true, entropy: 5)),
    ]
    let requests = ends.enumerated().map { i, end in
      SampleRequest(
        prefix: TinyLlama.tokens(6 + i, seed: UInt64(40 + i)), count: 13, maximumTokens: 5 + 9 * i, end: end,
        seed: UInt64(i))
    }
    let together = try await tiny.model().sample(requests).map(\.samples)
    let backwards = try await tiny.model().sample(Array(requests.reversed())).map(\.samples)
    #expect(backwards.reversed() == together)
    let small = try tiny.model(cacheBytes: 20_000)
    for (request, samples) in zip(requests, together) {
      #expect(try await tiny.model().sample(request).samples == samples)
      for _ in 0..<2 { #expect(try await small.sample(request).samples == samples) }
    }
  }

  @Test("rules that make no sense say why")
  func badRules() async throws {
    let model = try TinyLlama().model()
    let cases: [(OptionEnd, String)] = [
      (OptionEnd(stops: [[]]), "stops: expected texts of at least one byte"),
      (OptionEnd(entropy: -1), "entropy: expected a finite number of 0 or more, got -1.0"),
      (OptionEnd(entropy: .nan), "entropy: expected a finite number of 0 or more, got nan"),
    ]
    for (end, message) in cases {
      let error = await #expect(throws: ModelError.self) { try await model.sample(request(.option(end))) }
      #expect(error?.description == "\(model.name): \(message)")
    }
  }
}
