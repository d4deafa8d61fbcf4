import CProcess

/// One model's forward pass together with its prefix cache; used by one actor at a time.
final class LlamaRuntime {
  /// A prefix whose keys, values and hidden states are all in the cache, pinned there until `release`.
  struct Prepared {
    let node: PrefixCache.NodeID
    /// Held here so that a later split of a cached segment does not free what is being read.
    let chain: [(storage: KVStorage, count: Int)]
    let usage: ModelUsage

    /// The final hidden state at `position`, counted from the prefix's first token.
    func hidden(at position: Int) -> UnsafePointer<Float> {
      var at = position
      for part in chain.dropLast() {
        if at < part.count { return UnsafePointer(part.storage.hidden(at: at)) }
        at -= part.count
      }
      return UnsafePointer(chain[chain.count - 1].storage.hidden(at: at))
    }
  }

  let name: String
  let tokenizer: BytePairTokenizer
  let forward: LlamaForward
  let sampler: TokenSampler
  /// Whether a token's bytes contain a line break.
  let breaksLine: [Bool]
  private(set) var cache: PrefixCache

  /// - Parameter cacheBytes: budget of the prefix cache.
  init(_ folder: ModelFolder, cacheBytes: Int) throws {
    name = folder.name
    tokenizer = folder.tokenizer
    let c = folder.configuration
    forward = LlamaForward(try LlamaWeights(folder.weights, c), c)
    sampler = TokenSampler(forward)
    breaksLine = (0..<Int32(c.vocabularySize)).map { folder.tokenizer.bytes(of: $0).contains(0x0A) }
    cache = PrefixCache(budget: cacheBytes)
  }

  private func validate(_ tokens: [Int32]) throws {
    let c = forward.configuration
    guard !tokens.isEmpty else { throw ModelError(name, "prefix", "expected at least one token") }
    guard tokens.count <= c.context else {
      let reason = c.isWindow ? "the window of its attention, which cannot slide here" : "the model's context"
      throw ModelError.overflow(name, context: c.context, count: tokens.count, reason)
    }
    if let bad = tokens.first(where: { $0 < 0 || $0 >= c.vocabularySize }) {
      throw ModelError(name, "prefix", "expected token ids in 0..<\(c.vocabularySize), got \(bad)")
    }
  }

  /// Computes what the cache does not hold of `tokens` yet. Call `release` with the result when done.
  ///
  /// - Throws: `ModelError` for an empty or too long prefix or an unknown token, `CancellationError`.
  func prepare(_ tokens: [Int32]) throws -> Prepared {
    try validate(tokens)
    let (known, reused) = cache.longest(tokens)
    var node = known
    if reused < tokens.count {
      let sequence = LlamaSequence(chain: cache.chain(known), shape: forward.shape, capacity: tokens.count - reused)
      for start in stride(from: reused, to: tokens.count, by: LlamaForward.maximumRows) {
        try Task.checkCancellation()
        let end = min(start + LlamaForward.maximumRows, tokens.count)
        forward.run(
          (start..<end).map { LlamaForward.Row(token: tokens[$0], sequence: sequence, slot: $0 - reused) })
      }
      node = cache.insert(Array(tokens[reused...]), sequence.own, below: known)
    }
    cache.pin(node)
    return Prepared(
      node: node, chain: cache.chain(node), usage: ModelUsage(prompted: tokens.count - reused, reused: reused))
  }

  /// Lets the cache drop `prepared` again, and trims the cache.
  func release(_ prepared: Prepared) {
    cache.unpin(prepared.node)
    cache.trim()
  }

  /// Empties the cache. Nothing may be prepared and not released.
  ///
  /// A long problem leaves so much that the process would look ever larger: its pieces lie in the heap of this thread, which keeps
  /// what is freed there, while the next long problem comes to another thread.
  func forget() {
    let wasLarge = cache.bytes > Self.keptBytes
    cache = PrefixCache(budget: cache.budget)
    if wasLarge { give_memory_back() }
  }

  /// What a usual problem's cache holds, in bytes: as much is soon asked for again.
  private static let keptBytes = 32 << 20

  /// Keeps what a sampled branch computed, for its children.
  func keep(_ tokens: ArraySlice<Int32>, _ storage: KVStorage, below node: PrefixCache.NodeID) {
    guard !tokens.isEmpty else { return }
    _ = cache.insert(Array(tokens), storage, below: node)
    cache.trim()
  }
}

extension LlamaRuntime {
  /// Bytes that `tokens` stand for.
  func bytes(of tokens: [Int32]) -> [UInt8] { tokenizer.bytes(of: tokens) }

  /// What the cache holds.
  var cacheState: CacheState { CacheState(bytes: cache.bytes, segments: cache.count, evictions: cache.evictions) }

  /// Log-probabilities of each token of `continuation`.
  func logProbabilities(prefix: [Int32], continuation: [Int32]) throws -> LikelihoodResult {
    guard let last = continuation.last else { return LikelihoodResult(logProbabilities: [], usage: ModelUsage()) }
    guard !prefix.isEmpty else { throw ModelError(name, "prefix", "expected at least one token") }
    if let bad = [last].first(where: { $0 < 0 || $0 >= forward.configuration.vocabularySize }) {
      throw ModelError(
        name, "continuation", "expected token ids in 0..<\(forward.configuration.vocabularySize), got \(bad)")
    }
    let prepared = try prepare(prefix + continuation.dropLast())  // nothing is asked about what follows the last token
    defer { release(prepared) }
    var out: [Double] = []
    for start in stride(from: 0, to: continuation.count, by: LlamaForward.maximumRows) {
      try Task.checkCancellation()
      let end = min(start + LlamaForward.maximumRows, continuation.count)
      let logits = forward.logits((start..<end).map { prepared.hidden(at: prefix.count - 1 + $0) })
      for i in start..<end {
        let row = logits.row(i - start)
        out.append(Double(row[Int(continuation[i])]) - forward.logSumExp(row))
      }
    }
    return LikelihoodResult(logProbabilities: out, usage: prepared.usage)
  }

  /// Final hidden states at `positions` of `tokens`.
  func hiddenStates(_ tokens: [Int32], at positions: [Int]) throws -> (states: [[Float]], usage: ModelUsage) {
    if let bad = positions.first(where: { !tokens.indices.contains($0) }) {
      throw ModelError(name, "positions", "expected positions in 0..<\(tokens.count), got \(bad)")
    }
    let prepared = try prepare(tokens)
    defer { release(prepared) }
    let width = forward.configuration.width
    return (positions.map { Array(UnsafeBufferPointer(start: prepared.hidden(at: $0), count: width)) }, prepared.usage)
  }

  /// Logits of the token after `tokens`.
  func logits(after tokens: [Int32]) throws -> [Float] {
    let prepared = try prepare(tokens)
    defer { release(prepared) }
    let logits = forward.logits([prepared.hidden(at: tokens.count - 1)])
    return Array(UnsafeBufferPointer(start: logits.base, count: logits.columns))
  }
}
