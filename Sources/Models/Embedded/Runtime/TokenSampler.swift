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
    _ logits: UnsafePointer<Float>, temperature: Double, topP: Double, using generator: inout SampleGenerator
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

/// SplitMix64 (Steele, Lea, Flood 2014): small, seedable, the same numbers on every machine.
struct SampleGenerator: RandomNumberGenerator {
  private var state: UInt64

  /// The generator of sample `index` under `seed`; nothing else goes into it.
  init(seed: UInt64, index: Int) {
    state = Self.mixed(seed) ^ Self.mixed(UInt64(truncatingIfNeeded: index) &+ 0x632B_E59B_D9B4_E019)
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mixed(state)
  }

  /// A number in [0, 1) with 53 random bits.
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  private static func mixed(_ x: UInt64) -> UInt64 {
    var z = x
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
