import Runs
import Synchronization

/// What a driver tells until somebody looks: however fast a search is, one letter waits among the keys, and a key waits for
/// one letter at most.
final class UpdateMailbox: Sendable {
  private let waiting = Mutex<[RunUpdate]>([])

  /// Adds an update; true where the box was empty, so that somebody must be told to look. Events that follow one another
  /// become one update.
  func put(_ update: RunUpdate) -> Bool {
    waiting.withLock { waiting in
      if case .events(let new) = update, case .events(var events)? = waiting.last {
        waiting.removeLast()  // or the array would be copied
        events += new
        waiting.append(.events(events))
        return false
      }
      waiting.append(update)
      return waiting.count == 1
    }
  }

  /// Everything since the last look, in order.
  func drain() -> [RunUpdate] {
    waiting.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
  }
}
