/// Stands for a value in a set of many: 16 bytes, so that neither texts stay in memory nor two of 2⁵⁰ values are taken for one.
///
/// Of the standard library's seeded hash, twice: good within one process only, and never to be written down.
struct TextDigest: Hashable, Sendable {
  private let high: Int
  private let low: Int

  /// The digest of `value`.
  init(_ value: some Hashable) {
    func digest(_ salt: UInt8) -> Int {
      var hasher = Hasher()
      hasher.combine(salt)
      hasher.combine(value)
      return hasher.finalize()
    }
    (high, low) = (digest(1), digest(2))
  }
}
