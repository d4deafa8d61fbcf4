import Models
import TreeInsight
import TreeSearch
import Vocabulary

/// What a run tells its readers.
public enum RunUpdate: Sendable {
  /// Events that were journaled, in order.
  case events([SearchEvent])
  /// The state changed.
  case state(RunState)
  /// Something failed; the run goes on or pauses, nothing is lost.
  case failure(String)
  /// Breakpoints fired or watchdogs found something wrong, all after the same event or answer.
  case notices([WatchNotice])
}

/// Where events are kept before anyone sees them.
public struct Journal: Sendable {
  /// Stores `events`, the first of which has number `first`, in one transaction; `tree` is the state after them, to be
  /// read and not kept (keeping it would make the next event copy it).
  public var append: @Sendable (_ events: [SearchEvent], _ first: Int, _ tree: borrowing SearchTree) throws -> Void

  /// A journal that stores by `append`.
  public init(
    append: @escaping @Sendable (_ events: [SearchEvent], _ first: Int, _ tree: borrowing SearchTree) throws -> Void
  ) {
    self.append = append
  }

  /// Keeps nothing: for benchmarks and tests.
  public static let none = Journal { _, _, _ in }
}

/// The run cannot go on.
public struct RunError: ExplainedFailure, CustomStringConvertible {
  /// One line for the user.
  public let description: String

  /// Why it never will; nil where it may, a little later.
  package let permanence: PermanentFailure?

  /// An error with its message.
  public init(_ description: String) { self.init(description, permanence: nil) }

  /// An error with its message, and why asking again is of no use.
  package init(_ description: String, permanence: PermanentFailure?) {
    self.description = description
    self.permanence = permanence
  }
}
