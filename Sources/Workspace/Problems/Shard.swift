import Vocabulary

/// One of several parts of a problem file, for machines that share the work: `3/16` is the third of sixteen.
///
/// A problem belongs to a part by its id alone (SHA-256), so that every problem is in exactly one part, whatever else the
/// file holds and however it is sorted. The parts are about, not exactly, equal in size.
public struct Shard: Equatable, Sendable, CustomStringConvertible {
  /// Which part, from 1.
  public let number: Int
  /// How many parts there are.
  public let count: Int

  /// The part that `text` names as `NUMBER/COUNT`; nil where it names none.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let number = Int(parts[0]), let count = Int(parts[1]), number >= 1, number <= count
    else { return nil }
    self.number = number
    self.count = count
  }

  /// As it is typed.
  public var description: String { "\(number)/\(count)" }

  /// True where the problem called `id` is of this part.
  public func contains(_ id: String) -> Bool {
    Int(SHA256.lot(of: id) % UInt64(count)) == number - 1
  }
}
