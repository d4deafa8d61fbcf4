/// FNV-1a (Fowler, Noll, Vo): a number that bytes decide, the same in every process and on every machine. Its high bits
/// hardly depend on the last bytes.
public struct ByteHash: Sendable {
  /// The number so far.
  public private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  /// The number of no bytes.
  public init() {}

  /// Takes bytes. Complexity: O(bytes).
  public mutating func take(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
  }
}
