import Foundation
import Testing
import Vocabulary

@testable import Models

@Suite("Prefix cache")
struct PrefixCacheTests {
  private let shape = KVStorage.Shape(layers: 2, keyValueWidth: 3, width: 4)

  /// A segment whose every number tells its token.
  private func segment(_ tokens: [Int32]) -> KVStorage {
    let out = KVStorage(shape: shape, capacity: tokens.count)
    for (i, token) in tokens.enumerated() {
      for layer in 0..<2 {
        for x in 0..<3 {
          out.keys(layer: layer, at: i)[x] = Float(token) + 0.1
          out.values(layer: layer, at: i)[x] = Float(token) + 0.2
        }
      }
      for x in 0..<4 { out.hidden(at: i)[x] = Float(token) + 0.3 }
    }
    return out
  }

  private func insert(_ tokens: [Int32], _ cache: inout PrefixCache) -> PrefixCache.NodeID {
    let (node, matched) = cache.longest(tokens)
    let rest = Array(tokens[matched...])
    return rest.isEmpty ? node : cache.insert(rest, segment(rest), below: node)
  }

  /// The tokens that a node's chain of segments holds, read back from keys, values and hidden states.
  private func contents(_ node: PrefixCache.NodeID, _ cache: PrefixCache) -> [Int32] {
    cache.chain(node).flatMap { part in
      (0..<part.count).map { i in
        let token = Int32(part.storage.keys(layer: 0, at: i)[0])
        for layer in 0..<2 {
          #expect(part.storage.keys(layer: layer, at: i)[2] == Float(token) + 0.1)
          #expect(part.storage.values(layer: layer, at: i)[2] == Float(token) + 0.2)
        }
        #expect(part.storage.hidden(at: i)[3] == Float(token) + 0.3)
        return token
      }
    }
  }

  @Test("a node is split where a sequence leaves it")
  func split() {
    var cache = PrefixCache(budget: 1 << 20)
    let long = insert([1, 2, 3, 4, 5], &cache)
    let bytes = cache.bytes
    #expect(cache.longest([1, 2, 3, 9]).matched == 3)
    #expect(cache.count == 2)
    #expect(cache.bytes == bytes)
    let other = insert([1, 2, 3, 9], &cache)
    #expect(cache.count == 3)
    #expect(contents(long, cache) == [1, 2, 3, 4, 5])
    #expect(contents(other, cache) == [1, 2, 3, 9])
    #expect(cache.longest([1, 2, 3, 4, 5, 6]).node == long)
    #expect(cache.longest([7]).matched == 0)
  }

  @Test("the least recently used leaf goes first, a pinned one and its parents stay")
  func eviction() {
    let perToken = shape.floatsPerToken * 4
    var cache = PrefixCache(budget: 4 * perToken)
    let a = insert([1, 2], &cache)
    _ = insert([3], &cache)
    _ = insert([4], &cache)
    cache.trim()
    #expect(cache.evictions == 0)
    cache.pin(a)
    _ = cache.longest([3])
    _ = insert([5], &cache)
    cache.trim()
    #expect(cache.longest([4]).matched == 0)
    #expect(cache.longest([3]).matched == 1)
    #expect(cache.longest([1, 2]).matched == 2)
    for token in Int32(10)..<30 { _ = insert([token], &cache) }
    cache.trim()
    #expect(cache.longest([1, 2]).matched == 2)
    #expect(cache.bytes <= 4 * perToken)
    cache.unpin(a)
    _ = cache.longest([29])
    _ = insert([40, 41, 42], &cache)
    cache.trim()
    #expect(cache.longest([1, 2]).matched == 0)
  }

  @Test("what is larger than the budget is dropped when nobody needs it")
  func tooLarge() {
    var cache = PrefixCache(budget: 0)
    _ = insert([1, 2, 3], &cache)
    cache.trim()
    #expect(cache.bytes == 0)
    #expect(cache.count == 0)
  }

  @Test("random sequences: what is found is right, the budget is kept, the bytes add up")
  func random() {
    let seed: UInt64 = 4
    var generator = SplitMix(seed: seed, index: 0)
    let perToken = shape.floatsPerToken * 4
    var cache = PrefixCache(budget: 60 * perToken)
    for round in 0..<3000 {
      let tokens = (0..<Int.random(in: 1...12, using: &generator)).map { _ in Int32.random(in: 0...2, using: &generator)
      }
      let node = insert(tokens, &cache)
      #expect(contents(node, cache) == tokens, "seed \(seed), round \(round)")
      cache.trim()
      #expect(cache.bytes <= 60 * perToken, "seed \(seed), round \(round)")
    }
    #expect(cache.evictions > 100, "seed \(seed)")
  }
}
