/// The packed form of events: a byte for the kind, a byte of flags, then its parts.
///
/// Whole numbers are written in groups of seven bits, the sign last; ids as the difference from the last one of their kind, doubles by
/// their bits unless they are the last one again, and words of which there are few by their place among those that were written
/// before. What a journal holds few of is JSON as it stands. A packet stands for itself: nothing is remembered from the one before.
enum PackedForm {
  /// The first byte of every packet.
  static let version: UInt8 = 1
  /// Bytes before the first event: the version and how many events there are.
  static let header = 5

  enum Kind: UInt8 {
    case json, selected, asked, answered, added, rejected, merged, grafted, followed, widthFrozen, evaluated, backedUp,
      imported
  }

  /// What is asked for, and what is answered: the lowest two bits of the flags.
  enum Content: UInt8 {
    case draws, scores, rollouts

    static let mask: UInt8 = 3
  }

  /// Words and lists of words that are written once are found by these many at most; a further one is written out.
  static let mostWords = 4096
}

/// Bits of a kind's flags, from the lowest, taken in the order in which they are asked for.
struct PackedFlags {
  private(set) var bits: UInt8
  private var next: UInt8

  /// Flags above the `used` lowest bits, which are part of `bits`.
  init(_ bits: UInt8 = 0, used: UInt8 = 0) { (self.bits, next) = (bits, 1 << used) }

  /// Adds a flag.
  mutating func add(_ flag: Bool) {
    if flag { bits |= next }
    next <<= 1
  }

  /// Takes the next flag.
  mutating func take() -> Bool {
    defer { next <<= 1 }
    return bits & next != 0
  }

  /// Adds whether there is a value, and which one.
  mutating func add(optional flag: Bool?) {
    add(flag != nil)
    add(flag == true)
  }

  /// Takes what was added so.
  mutating func takeOptional() -> Bool? {
    let (isThere, value) = (take(), take())
    return isThere ? value : nil
  }
}
