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
