/// Seeds for the answers of one run: SplitMix64 of the run's seed and a number, so that no answer depends on the order
/// in which others came (Steele, Lea & Flood, 2014).
public enum SeedSequence {
  /// The seed with number `index` of the run seeded `seed`.
  public static func seed(_ seed: UInt64, _ index: Int) -> UInt64 {
    mix(mix(seed) ^ UInt64(truncatingIfNeeded: index))
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
