import CKernels

/// SHA-256 (FIPS 180-4), fed piece by piece: names problems, runs, commits and weight files after their content. Not for
/// secrets.
///
/// Written here because the package needs one digest and nothing else of a cryptographic library. It is asked for every event of a
/// journal, so it needs no memory of its own, and uses the processor's instructions for it where there are any.
public struct SHA256: Sendable {
  private var state = SIMD8<UInt32>(
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19)
  /// The first bytes of a block that is not whole yet.
  private var pending = SIMD64<UInt8>()
  private var length: UInt64 = 0

  private static let compress = ck_sha256_best()

  /// Starts an empty digest.
  public init() {}

  /// Takes in `bytes`; may be called any number of times. Complexity: O(count).
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard var next = bytes.baseAddress else { return }
    var (rest, waiting) = (bytes.count, Int(length % 64))
    length &+= UInt64(rest)
    if waiting > 0 {
      let taken = min(64 - waiting, rest)
      keep(next, taken, behind: waiting)
      (next, rest, waiting) = (next + taken, rest - taken, waiting + taken)
      guard waiting == 64 else { return }
      withUnsafeBytes(of: pending) { if let block = $0.baseAddress { compress(block, 1) } }
    }
    compress(next, rest / 64)
    keep(next + rest / 64 * 64, rest % 64, behind: 0)
  }

  private mutating func keep(_ bytes: UnsafeRawPointer, _ count: Int, behind waiting: Int) {
    withUnsafeMutableBytes(of: &pending) { block in
      block.baseAddress?.advanced(by: waiting).copyMemory(from: bytes, byteCount: count)
    }
  }

  /// Takes in so many whole blocks of 64 bytes.
  private mutating func compress(_ bytes: UnsafeRawPointer, _ blocks: Int) {
    withUnsafeMutableBytes(of: &state) { state in
      if let words = state.assumingMemoryBound(to: UInt32.self).baseAddress { Self.compress(words, bytes, blocks) }
    }
  }

  /// Takes in `bytes`; may be called any number of times. Complexity: O(count).
  public mutating func update(_ bytes: some Sequence<UInt8>) {
    let isContiguous: Void? = bytes.withContiguousStorageIfAvailable { update(UnsafeRawBufferPointer($0)) }
    if isContiguous == nil { Array(bytes).withUnsafeBytes { update($0) } }
  }

  /// The 32 bytes of the digest of everything taken in. Complexity: O(1).
  public consuming func finish() -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    finish(into: &digest)
    return digest
  }

  /// The same in the place of the 32 bytes that `digest` holds.
  public consuming func finish(into digest: inout [UInt8]) {
    let bits = (length &* 8).bigEndian
    let padding = (119 - Int(length % 64)) % 64 + 1
    withUnsafeTemporaryAllocation(byteCount: 72, alignment: 8) { tail in
      tail.initializeMemory(as: UInt8.self, repeating: 0)
      tail[0] = 0x80
      tail.storeBytes(of: bits, toByteOffset: padding, as: UInt64.self)
      update(UnsafeRawBufferPointer(rebasing: tail[..<(padding + 8)]))
    }
    for word in state.indices {
      for byte in 0..<4 { digest[4 * word + byte] = UInt8(truncatingIfNeeded: state[word] >> UInt32(24 - 8 * byte)) }
    }
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
}
