/// SplitMix64 (Steele, Lea and Flood, 2014): a small seeded generator that gives the same numbers on every machine. Everything
/// random in a search, a model or a test comes from it, so that it can be had again.
public struct SplitMix: RandomNumberGenerator, Sendable {
  @usableFromInline
  var state: UInt64

  /// The generator of `seed`.
  public init(seed: UInt64) { state = seed }

  /// The generator of draw `index` under `seed`; nothing else goes into it, so that no draw depends on the order of others.
  public init(seed: UInt64, index: Int) {
    state = Self.mixed(seed) ^ Self.mixed(UInt64(truncatingIfNeeded: index) &+ 0x632B_E59B_D9B4_E019)
  }

  /// The next 64 random bits.
  @inlinable
  public mutating func next() -> UInt64 {
    state &+= Self.increment
    return Self.mixed(state)
  }

  /// A number from 0 to `bound` − 1, `bound` ≥ 1.
  public mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  /// A number in [0, 1) with 53 random bits.
  @inlinable
  public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// The first number of the generator of `seed`: what a seed comes to once its bits are mixed.
  @inlinable
  public static func first(of seed: UInt64) -> UInt64 { mixed(seed &+ increment) }

  /// The seed with number `index` of what is seeded `seed`, so that no answer depends on the order in which others came.
  public static func seed(_ seed: UInt64, _ index: Int) -> UInt64 {
    first(of: first(of: seed) ^ UInt64(truncatingIfNeeded: index))
  }

  /// The generator's last step alone: every bit of `x` moves about half of all bits.
  @inlinable
  public static func mixed(_ x: UInt64) -> UInt64 {
    var z = x
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// The odd number nearest to 2⁶⁴ / φ.
  @usableFromInline
  static var increment: UInt64 { 0x9E37_79B9_7F4A_7C15 }
}
