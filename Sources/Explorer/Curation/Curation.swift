import TreeSearch
import Vocabulary

/// What one sitting at a queue has decided, the latest last, and how fast it goes.
struct Curation: Sendable {
  /// A decision that stands.
  struct Decision: Hashable, Sendable {
    let commit: MadeCommit
    /// When it was made; nil where nobody tells the time.
    let at: TimeOfDay?
  }

  /// Decisions that have not been taken back.
  private(set) var decisions: [Decision] = []
  /// True while a commit is under way after which the next problem comes.
  var goesOn = false
  /// True while the last thing the person did is a commit: it is what `u` takes back.
  var lastIsCommit = false

  /// Decisions whose pace is told.
  private static let paceOver = 10

  /// Takes a commit up.
  mutating func note(_ commit: MadeCommit, at time: TimeOfDay?) {
    decisions.append(Decision(commit: commit, at: time))
    lastIsCommit = true
  }

  /// Takes it away again.
  mutating func remove(_ id: String) {
    decisions.removeAll { $0.commit.id == id }
    lastIsCommit = false
  }

  /// Seconds a decision, over the last ones; nil before the second, and where nobody tells the time.
  var pace: Int? {
    let times = decisions.suffix(Self.paceOver + 1).compactMap(\.at)
    guard let first = times.first, let last = times.last, times.count > 1 else { return nil }
    // A sitting may go on after midnight.
    let seconds = (last.secondOfDay - first.secondOfDay + 86_400) % 86_400
    return seconds / (times.count - 1)
  }
}

extension TimeOfDay {
  /// Seconds since midnight.
  fileprivate var secondOfDay: Int { (hour * 60 + minute) * 60 + second }
}
