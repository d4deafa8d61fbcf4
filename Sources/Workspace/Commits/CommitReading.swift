/// Commits that can be gone through again and again with one in memory at a time: what exports and statistics are made from.
package protocol CommitReading: Sendable {
  /// Gives every commit with its state to `body`, the oldest first. Throws ``WorkspaceError``, and what `body` throws.
  func forEach(_ body: (CommitLog.Commit) throws -> Void) throws
  /// The commit at this place of the log, from 1. Throws ``WorkspaceError`` where there is none.
  func commit(at sequence: Int) throws -> CommitLog.Commit
}

/// The commits of a log that is in memory as a whole.
struct LoadedCommits: CommitReading {
  private let all: [CommitLog.Commit]

  init(_ log: CommitLog) { all = log.commits }

  func forEach(_ body: (CommitLog.Commit) throws -> Void) throws { try all.forEach(body) }

  func commit(at sequence: Int) throws -> CommitLog.Commit {
    guard let commit = all.first(where: { $0.sequence == sequence }) else {
      throw WorkspaceError(.missing, "the log has no commit at place \(sequence)")
    }
    return commit
  }
}
