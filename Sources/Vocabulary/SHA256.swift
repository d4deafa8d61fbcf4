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

  /// What chance says of `text`, the same on every machine: the first 8 bytes of its digest, the most significant first.
  /// Complexity: O(count).
  public static func lot(of text: String) -> UInt64 { digest(text.utf8).prefix(8).reduce(0) { $0 << 8 | UInt64($1) } }

  private static func hex(digest: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// Takes in whole blocks of 64 bytes.
  ///
  /// Plain loops over pointers: an unoptimised program, which is what tests start hundreds of times, hashes a model's weights
  /// several times as fast by them, and an optimised one as fast as ever.
  private mutating func compress(_ blocks: UnsafeRawBufferPointer) {
    guard let bytes = blocks.baseAddress else { return }
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { words in
      Self.constants.withUnsafeBufferPointer { constants in
        guard let w = words.baseAddress, let k = constants.baseAddress else { return }
        var start = 0
        while start < blocks.count {
          var i = 0
          while i < 16 {
            let word = bytes.loadUnaligned(fromByteOffset: start &+ 4 &* i, as: UInt32.self)
            w[i] = word.bigEndian
            i &+= 1
          }
          while i < 64 {
            let a = w[i &- 15]
            let b = w[i &- 2]
            let s0 = ((a &>> 7) | (a &<< 25)) ^ ((a &>> 18) | (a &<< 14)) ^ (a &>> 3)
            let s1 = ((b &>> 17) | (b &<< 15)) ^ ((b &>> 19) | (b &<< 13)) ^ (b &>> 10)
            w[i] = w[i &- 16] &+ s0 &+ w[i &- 7] &+ s1
            i &+= 1
          }
          var (a, b, c, d) = (state[0], state[1], state[2], state[3])
          var (e, f, g, h) = (state[4], state[5], state[6], state[7])
          i = 0
          while i < 64 {
            let s1 = ((e &>> 6) | (e &<< 26)) ^ ((e &>> 11) | (e &<< 21)) ^ ((e &>> 25) | (e &<< 7))
            let t1 = h &+ s1 &+ ((e & f) ^ (~e & g)) &+ k[i] &+ w[i]
            let s0 = ((a &>> 2) | (a &<< 30)) ^ ((a &>> 13) | (a &<< 19)) ^ ((a &>> 22) | (a &<< 10))
            let t2 = s0 &+ ((a & b) ^ (a & c) ^ (b & c))
            h = g
            g = f
            f = e
            e = d &+ t1
            d = c
            c = b
            b = a
            a = t1 &+ t2
            i &+= 1
          }
          state[0] &+= a
          state[1] &+= b
          state[2] &+= c
          state[3] &+= d
          state[4] &+= e
          state[5] &+= f
          state[6] &+= g
          state[7] &+= h
          start &+= 64
        }
      }
    }
  }

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
