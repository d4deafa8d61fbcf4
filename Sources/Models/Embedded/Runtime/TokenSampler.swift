import Vocabulary

/// Draws tokens from logits: temperature, then top-p, never a forbidden token.
final class TokenSampler {
  private let forward: LlamaForward
  private let isForbidden: [Bool]
  private let probabilities: FloatMatrix

  init(_ forward: LlamaForward) {
    let c = forward.configuration
    self.forward = forward
    var isForbidden = [Bool](repeating: false, count: c.vocabularySize)
    for token in [c.padding, c.beginning] {
      if let token, !c.endOfText.contains(token) { isForbidden[Int(token)] = true }
    }
    self.isForbidden = isForbidden
    probabilities = FloatMatrix(1, c.vocabularySize)
  }

  /// A token for one row of logits, and its log-probability under the raw distribution (temperature 1, nothing left out);
  /// nil where the logits are no numbers.
  func draw(
    _ logits: UnsafePointer<Float>, temperature: Double, topP: Double, using generator: inout SplitMix
  ) -> (token: Int32, logProbability: Double)? {
    let normalizer = forward.logSumExp(logits)
    guard normalizer.isFinite else { return nil }
    // Below 1e-4 the quotient of two different logits would overflow: the most probable token it is.
    let token = temperature < 1e-4 ? best(logits) : drawn(logits, temperature, topP, generator.unit())
    return (Int32(token), Double(logits[token]) - normalizer)
  }

  /// Entropy of the raw distribution (temperature 1, nothing left out) in nats.
  func entropy(_ logits: UnsafePointer<Float>) -> Double {
    let p = probabilities.base
    forward.softmax(logits, scale: 1, into: p)
    let mean = isForbidden.indices.reduce(0.0) { p[$1] > 0 ? $0 + Double(p[$1]) * Double(logits[$1]) : $0 }
    return forward.logSumExp(logits) - mean
  }

  private func best(_ logits: UnsafePointer<Float>) -> Int {
    var best = -1
    for i in 0..<isForbidden.count where !isForbidden[i] && (best < 0 || logits[i] > logits[best]) { best = i }
    return max(0, best)
  }

  private func drawn(_ logits: UnsafePointer<Float>, _ temperature: Double, _ topP: Double, _ unit: Double) -> Int {
    let p = probabilities.base
    let size = isForbidden.count
    forward.softmax(logits, scale: Float(1 / temperature), into: p)
    var total = 0.0
    for i in 0..<size {
      if isForbidden[i] { p[i] = 0 }
      total += Double(p[i])
    }
    if topP < 1 { total = keepTop(share: topP, of: total) }
    var left = unit * total
    var last = 0
    for i in 0..<size where p[i] > 0 {
      left -= Double(p[i])
      if left < 0 { return i }
      last = i
    }
    return last
  }

  /// Sets all probabilities to 0 but those of the fewest tokens that reach `share` of `total`; returns their sum.
  private func keepTop(share: Double, of total: Double) -> Double {
    let p = probabilities.base
    let order = (0..<isForbidden.count).sorted { (-p[$0], $0) < (-p[$1], $1) }
    var kept = 0.0
    for i in order {
      if kept >= share * total { p[i] = 0 } else { kept += Double(p[i]) }
    }
    return kept
  }
}
