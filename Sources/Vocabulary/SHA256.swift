/// SHA-256 (FIPS 180-4), fed piece by piece: names problems, runs, commits and weight files after their content. Not for
/// secrets.
///
/// Written here because the package needs one digest and nothing else of a cryptographic library.
public struct SHA256: Sendable {
  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  private var pending: [UInt8] = []
  private var length: UInt64 = 0

  /// Starts an empty digest.
  public init() {}

  /// Takes in `bytes`; may be called any number of times. Complexity: O(count).
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    length &+= UInt64(bytes.count)
    var rest = bytes[...]
    if !pending.isEmpty {
      let taken = rest.prefix(64 - pending.count)
      pending.append(contentsOf: taken)
      rest = rest.dropFirst(taken.count)
      guard pending.count == 64 else { return }
      let block = pending
      block.withUnsafeBytes { compress($0) }
      pending.removeAll(keepingCapacity: true)
    }
    let whole = rest.count / 64 * 64
    compress(UnsafeRawBufferPointer(rebasing: rest.prefix(whole)))
    pending.append(contentsOf: rest.dropFirst(whole))
  }

  /// Takes in `bytes`; may be called any number of times. Complexity: O(count).
  public mutating func update(_ bytes: some Sequence<UInt8>) {
    let isContiguous: Void? = bytes.withContiguousStorageIfAvailable { update(UnsafeRawBufferPointer($0)) }
    if isContiguous == nil { Array(bytes).withUnsafeBytes { update($0) } }
  }

  /// The 32 bytes of the digest of everything taken in. Complexity: O(1).
  public consuming func finish() -> [UInt8] {
    let bits = length &* 8
    var tail = [UInt8](repeating: 0, count: (119 - pending.count % 64) % 64 + 1)
    tail[0] = 0x80
    for shift in stride(from: 56, through: 0, by: -8) { tail.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift))) }
    tail.withUnsafeBytes { update($0) }
    return state.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * UInt32($0))) } }
  }

  /// The digest of everything taken in, as 64 lower-case hexadecimal digits.
  public consuming func finishHex() -> String { Self.hex(digest: finish()) }

  /// The 32 bytes of the digest of `bytes`. Complexity: O(count).
  public static func digest(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    var digest = SHA256()
    digest.update(bytes)
    return digest.finish()
  }

  /// The digest of `bytes` as 64 lower-case hexadecimal digits. Complexity: O(count).
  public static func hex(_ bytes: some Sequence<UInt8>) -> String { hex(digest: digest(bytes)) }

  private static func hex(digest: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// Takes in whole blocks of 64 bytes.
  private mutating func compress(_ blocks: UnsafeRawBufferPointer) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { w in
      Self.constants.withUnsafeBufferPointer { k in
        state.withUnsafeMutableBufferPointer { state in
          for start in stride(from: 0, to: blocks.count, by: 64) {
            for i in 0..<16 {
              w[i] = UInt32(bigEndian: blocks.loadUnaligned(fromByteOffset: start + 4 * i, as: UInt32.self))
            }
            for i in 16..<64 {
              let a = w[i - 15]
              let b = w[i - 2]
              let s0 = Self.turned(a, 7) ^ Self.turned(a, 18) ^ (a >> 3)
              let s1 = Self.turned(b, 17) ^ Self.turned(b, 19) ^ (b >> 10)
              w[i] = w[i - 16] &+ s0 &+ w[i - 7] &+ s1
            }
            var (a, b, c, d) = (state[0], state[1], state[2], state[3])
            var (e, f, g, h) = (state[4], state[5], state[6], state[7])
            for i in 0..<64 {
              let s1 = Self.turned(e, 6) ^ Self.turned(e, 11) ^ Self.turned(e, 25)
              let t1 = h &+ s1 &+ ((e & f) ^ (~e & g)) &+ k[i] &+ w[i]
              let s0 = Self.turned(a, 2) ^ Self.turned(a, 13) ^ Self.turned(a, 22)
              let t2 = s0 &+ ((a & b) ^ (a & c) ^ (b & c))
              (h, g, f, e, d, c, b, a) = (g, f, e, d &+ t1, c, b, a, t1 &+ t2)
            }
            for (i, x) in [a, b, c, d, e, f, g, h].enumerated() { state[i] &+= x }
          }
        }
      }
    }
  }

  @inline(__always)
  private static func turned(_ x: UInt32, _ by: UInt32) -> UInt32 { (x &>> by) | (x &<< (32 &- by)) }

  /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4, section 4.2.2).
  private static let constants: [UInt32] = {
    var out: [UInt32] = []
    var candidate: UInt64 = 2
    while out.count < 64 {
      if !(2..<candidate).contains(where: { $0 * $0 <= candidate && candidate % $0 == 0 }) {
        out.append(UInt32(truncatingIfNeeded: cubeRoot(candidate)))
      }
      candidate += 1
    }
    return out
  }()

  /// floor(cube root of `n` · 2^32), by bisection in 128 bits.
  private static func cubeRoot(_ n: UInt64) -> UInt64 {
    var low: UInt64 = 0
    var high: UInt64 = 8 << 32
    while high - low > 1 {
      let mid = low + (high - low) / 2
      // mid^3 <= n * 2^96, compared as mid^2 <= floor(n * 2^96 / mid)
      let square = mid.multipliedFullWidth(by: mid)
      let top = (n << 32).quotientAndRemainder(dividingBy: mid)
      let next = mid.dividingFullWidth((top.remainder, 0))
      if (square.high, square.low) <= (top.quotient, next.quotient) { low = mid } else { high = mid }
    }
    return low
  }
}
