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
