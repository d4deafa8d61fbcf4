import Foundation
import GRDB
import Vocabulary

/// The commits of a workspace as they stood at one moment, read one at a time: a log of any length in little memory.
///
/// The log only grows. What was taken back or judged since is not seen, and nothing is locked between two commits.
public struct WorkspaceCommits: CommitReading {
  private let workspace: Workspace
  private let index: CommitIndex

  /// Entries of the log that are read from the file at once.
  private static let batch = 32

  init(_ workspace: Workspace) throws {
    self.workspace = workspace
    index = try workspace.read { try CommitIndex($0, path: workspace.path) }
  }

  /// Entries of the log: commits, and what took some of them back.
  public var entries: Int { index.count }

  /// Gives every commit with its state to `body`, the oldest first. Throws ``WorkspaceError``, and what `body` throws.
  public func forEach(_ body: (CommitLog.Commit) throws -> Void) throws {
    var last = 0
    while last < index.count {
      let (first, end) = (last + 1, min(last + Self.batch, index.count))
      // Outside of the transaction `body` may read what it likes.
      for commit in try workspace.read({ try commits($0, first...end) }) { try body(commit) }
      last = end
    }
  }

  /// The commit at this place of the log, from 1. Throws ``WorkspaceError`` where there is none.
  public func commit(at sequence: Int) throws -> CommitLog.Commit {
    guard let commit = try workspace.read({ try commits($0, sequence...sequence) }).first else {
      throw WorkspaceError(.missing, "\(workspace.path): commit log: there is no commit at place \(sequence)")
    }
    return commit
  }

  /// The commits whose ids begin with `prefix`, the oldest first; none for an empty one. Complexity: O(commits), of which only
  /// those found are read.
  public func commits(idPrefix prefix: String) throws -> [CommitLog.Commit] {
    let places = prefix.isEmpty ? [] : index.places.filter { $0.key.hasPrefix(prefix) }.map(\.value).sorted()
    return try places.map { try commit(at: Int($0)) }
  }

  private func commits(_ db: Database, _ places: ClosedRange<Int>) throws -> [CommitLog.Commit] {
    let decoder = CanonicalJSON.decoder()
    func entryIn(_ row: Row) throws -> CommitEntry {
      try CommitIndex.decoded(CommitEntry.self, from: row, at: row.read("sequence"), decoder, path: workspace.path)
    }
    let sql = "SELECT sequence, entry FROM commits WHERE sequence BETWEEN ? AND ? ORDER BY sequence"
    let rows = try Row.fetchAll(db, sql: sql, arguments: [places.lowerBound, places.upperBound])
    return try rows.compactMap { row in
      let (place, entry): (Int32, CommitEntry) = (try row.read("sequence"), try entryIn(row))
      let undo = try index.undone[place].flatMap { try Row.fetchOne(db, sql: sql, arguments: [$0, $0]) }
      return CommitLog.Commit(
        at: Int(place), entry, own: try judgement(of: entry, at: place, db),
        undoneBy: try undo.map(entryIn))
    }
  }

  /// What the author of the commit at `place` said of it beside the log.
  private func judgement(of entry: CommitEntry, at place: Int32, _ db: Database) throws -> JudgementRecord? {
    guard let judged = index.judged else { return JudgementRecord(inNoteOf: entry) }
    guard let number = judged[place] else { return nil }
    return try JudgementRecord.at(Int(number), db, path: workspace.path)
  }
}

extension Workspace {
  /// The commits as they stand now, to be read one at a time. Throws where a row is missing or damaged.
  /// Complexity: O(bytes of the log), and a few dozen bytes of memory for an entry.
  public func commits() throws -> WorkspaceCommits { try WorkspaceCommits(self) }
}
