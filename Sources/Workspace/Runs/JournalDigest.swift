import Vocabulary

/// A digest that follows a journal event by event, so that any later change of any byte shows.
enum JournalDigest {
  /// The digest of an empty journal.
  static let empty = [UInt8](repeating: 0, count: 32)

  /// The digest after one more event. Complexity: O(bytes).
  static func after(_ digest: [UInt8], _ event: some Sequence<UInt8>) -> [UInt8] {
    var sha = SHA256()
    sha.update(digest)
    sha.update(event)
    return sha.finish()
  }
}

/// Keys of the table of events: run × 2³² + number.
enum JournalKey {
  static func key(_ run: Int64, _ number: Int) -> Int64 { run << 32 | Int64(number) }

  static func range(_ run: Int64) -> ClosedRange<Int64> { key(run, 0)...key(run, 0xFFFF_FFFF) }
}
