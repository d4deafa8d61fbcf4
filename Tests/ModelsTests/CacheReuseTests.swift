import Foundation
import Testing

@testable import Models

@Suite("A child never costs its parent's tokens again")
struct CacheReuseTests {
  @Test("token by token, in pieces and at once give the same bits")
  func incremental() async throws {
    let tiny = TinyLlama()
    let tokens = TinyLlama.tokens(60, seed: 11)
    let whole = try await tiny.model().logits(after: tokens)
    let stepwise = try tiny.model()
    for end in 1...60 { _ = try await stepwise.logits(after: Array(tokens[..<end])) }
    #expect(try await stepwise.logits(after: tokens) == whole)
    let pieces = try tiny.model()
    for end in [7, 7, 40, 41, 60] { _ = try await pieces.hiddenStates(Array(tokens[..<end]), at: [0]) }
    #expect(try await pieces.logits(after: tokens) == whole)
  }

  @Test("shared prefixes, also ones that end inside a segment, give the same bits as a fresh model")
  func shared() async throws {
    let tiny = TinyLlama()
    let model = try tiny.model()
    let stem = TinyLlama.tokens(30, seed: 12)
    for (keep, seed) in [(30, 1), (30, 2), (12, 3), (12, 4), (29, 5), (1, 6)] {
      let tokens = stem[..<keep] + TinyLlama.tokens(20, seed: UInt64(100 + seed))
      #expect(try await model.logits(after: Array(tokens)) == tiny.model().logits(after: Array(tokens)))
    }
  }

  @Test("counts: the parent is reused, the child's own tokens are computed")
  func counts() async throws {
    let model = try TinyLlama().model()
    let parent = TinyLlama.tokens(25, seed: 13)
    #expect(try await model.hiddenStates(parent, at: []).usage == ModelUsage(prompted: 25, reused: 0))
    let child = parent + TinyLlama.tokens(5, seed: 14)
    #expect(try await model.hiddenStates(child, at: []).usage == ModelUsage(prompted: 5, reused: 25))
    let sibling = parent + TinyLlama.tokens(4, seed: 15)
    #expect(try await model.hiddenStates(sibling, at: []).usage == ModelUsage(prompted: 4, reused: 25))
    #expect(try await model.hiddenStates(child, at: []).usage == ModelUsage(prompted: 0, reused: 30))
  }

  @Test("a child of a sampled option costs the one token that was drawn but not fed")
  func sampledChild() async throws {
    let model = try TinyLlama().model()
    let prefix = TinyLlama.tokens(20, seed: 16)
    let result = try await model.sample(SampleRequest(prefix: prefix, count: 3, maximumTokens: 10, seed: 5))
    #expect(result.usage.prompted == 20)
    #expect(result.usage.reused == 0)
    #expect(result.usage.generated == result.samples.reduce(0) { $0 + $1.tokens.count })
    for sample in result.samples where !sample.tokens.isEmpty {
      let child = try await model.sample(SampleRequest(prefix: prefix + sample.tokens, count: 1, maximumTokens: 2))
      #expect(child.usage.prompted == 1)
      #expect(child.usage.reused == 20 + sample.tokens.count - 1)
    }
  }

  @Test("a cache too small for anything changes no result and keeps its budget")
  func eviction() async throws {
    let tiny = TinyLlama()
    let small = try tiny.model(cacheBytes: 20_000)
    let large = try tiny.model(cacheBytes: 10 << 20)
    for seed in 0..<30 {
      let request = SampleRequest(
        prefix: TinyLlama.tokens(15 + seed, seed: UInt64(seed % 7)), count: 5, maximumTokens: 20, seed: UInt64(seed))
      #expect(try await small.sample(request).samples == large.sample(request).samples)
      #expect(await small.cacheState.bytes <= 20_000)
    }
    #expect(await small.cacheState.evictions > 0)
    #expect(await large.cacheState.evictions == 0)
    let none = try tiny.model(cacheBytes: 0)
    let request = SampleRequest(prefix: TinyLlama.tokens(9, seed: 1), count: 2, maximumTokens: 9)
    #expect(try await none.sample(request).samples == large.sample(request).samples)
    #expect(await none.cacheState.bytes == 0)
  }

  @Test("a model that forgot computes the same again")
  func forgetting() async throws {
    let model = try TinyLlama().model(cacheBytes: 10 << 20)
    let request = SampleRequest(prefix: TinyLlama.tokens(9, seed: 1), count: 2, maximumTokens: 9)
    let first = try await model.sample(request)
    #expect(first.usage.prompted == 9)
    #expect(try await model.sample(request).usage.prompted == 0)
    let anyModel: any LanguageModel = model
    await anyModel.forget()
    #expect(await model.cacheState.bytes == 0)
    #expect(try await model.sample(request) == first)
    #expect(await model.sampled.prompted == 18)
    #expect(await anyModel.sampled == ModelUsage(prompted: 18, reused: 9, generated: 3 * first.usage.generated))
    await model.forget()
    #expect(await model.cacheState.bytes == 0)
  }

  /// In a process of its own, because other tests take memory and give it back meanwhile.
  @Test("what a long problem's cache took is the system's again", .enabled(if: ResidentMemory.isKnown))
  func givingBack() async {
    await #expect(processExitsWith: .success) {
      let folder = try TinyLlama().folder()
      let runtime = try LlamaRuntime(ModelFolder.load(folder.path), cacheBytes: 256 << 20)
      // What else a search allocates lies between the cache's pieces, and stays.
      var others: [[UInt8]] = []
      for seed in 0..<4000 {
        let tokens = TinyLlama.tokens(80, seed: UInt64(seed))
        let computed = KVStorage(shape: runtime.forward.shape, capacity: tokens.count)
        computed.hidden(at: 0).update(repeating: 1, count: tokens.count * runtime.forward.shape.width)
        computed.keys(layer: 0).update(repeating: 1, count: tokens.count * runtime.forward.shape.keyValueWidth * 4)
        runtime.keep(tokens[...], computed, below: PrefixCache.root)
        others.append([UInt8](repeating: 1, count: 200))
      }
      let (cached, before) = (runtime.cacheState.bytes, ResidentMemory.bytes)
      try #require(cached > 64 << 20)
      runtime.forget()
      #expect(before - ResidentMemory.bytes > cached * 3 / 4)
      #expect(others.count == 4000)
    }
  }
}

/// Memory of this process that is in the machine, from `/proc`.
private enum ResidentMemory {
  static var isKnown: Bool { bytes > 0 }

  /// Bytes; 0 where the system does not say.
  static var bytes: Int {
    let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ").dropFirst()
      .first
    return (pages.flatMap { Int($0) } ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
  }
}
