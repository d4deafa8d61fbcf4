import Synchronization

/// What has been read of texts, so that a text is worked through once and not at every frame: formulas as a reader wants them, what
/// tells a step apart from its sibling, what two texts have in common. It stands beside the state and says nothing that is not in the
/// texts themselves: a frame is the same with it and without.
final class Reading: Sendable {
  /// Two texts side by side.
  struct Pair: Hashable, Sendable {
    let a: String
    let b: String
  }

  /// Texts without and with their formulas in Unicode.
  let formulas = Memo<String, String>()
  /// A step beside its sibling.
  let steps = Memo<Pair, StepText>()
  /// Two texts word by word.
  let differences = Memo<Pair, WordDifference>()
}

/// Values worked out once a key, and kept while there is room: where there is none, all are forgotten, and what is on the screen is
/// worked out again.
final class Memo<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private struct Known {
    var values: [Key: Value] = [:]
    var workedOut = 0
  }

  private let known = Mutex(Known())
  /// Keys that are kept at most.
  let limit: Int

  /// Nothing is known yet.
  init(limit: Int = 2048) { self.limit = limit }

  /// How often a value was worked out.
  var workedOut: Int { known.withLock { $0.workedOut } }

  /// Values kept, at most ``limit``.
  var count: Int { known.withLock { $0.values.count } }

  /// The value of a key, worked out where it is not known. Complexity: O(key), and that of `make` the first time.
  func callAsFunction(_ key: Key, _ make: () -> Value) -> Value {
    known.withLock { known in
      if let value = known.values[key] { return value }
      let value = make()
      if known.values.count >= limit { known.values.removeAll(keepingCapacity: true) }
      known.values[key] = value
      known.workedOut += 1
      return value
    }
  }
}
