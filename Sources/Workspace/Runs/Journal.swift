import Foundation
import GRDB
import TreeInsight
import TreeSearch
import Vocabulary

extension Workspace {
  /// Events in the journal of `run` as of now. Complexity: O(log runs).
  public func eventCount(of run: String) throws -> Int {
    let row = try read { try Row.fetchOne($0, sql: "SELECT id, events FROM runs WHERE id = ?", arguments: [run]) }
    guard let row else { throw WorkspaceError(.missing, "\(path): there is no run '\(run)'") }
    return try reading(of: row) { try eventCount(in: row) }
  }

  /// Events of `run` with numbers from `first` to before `end` (nil: as far as the journal goes).
  ///
  /// A process that follows another's run asks again with `first` = the number of events it has. Every event is decoded
  /// strictly: a damaged or missing one is an error that names it. Complexity: O(events read).
  public func events(of run: String, from first: Int = 0, upTo end: Int? = nil) throws -> [SearchEvent] {
    let journal = try rawEvents(of: run, from: first, upTo: end)
    let decoder = CanonicalJSON.decoder()
    return try journal.events.enumerated().map { offset, data in
      do {
        return try SearchEvent(canonical: data) ?? decoder.decode(SearchEvent.self, from: data)
      } catch {
        throw damaged(run, first + offset, CanonicalJSON.reason(error))
      }
    }
  }

  /// The tree of `run` after its first `end` events (nil: all of them). Complexity: O(events × depth).
  public func tree(of run: String, upTo end: Int? = nil) throws -> SearchTree {
    try replayed(run, upTo: end) { try SearchTree(header: $0, events: $1) }
  }

  /// `run` with its whole past, up to its first `end` events (nil: all of them). Complexity: O(events × depth).
  public func timeline(of run: String, upTo end: Int? = nil) throws -> Timeline {
    try replayed(run, upTo: end) { try Timeline(header: $0, events: $1) }
  }

  /// Brings `tree`, that of `run`, forward by the events that follow in its journal. Throws where one does not fit.
  public func apply(_ events: [SearchEvent], to tree: inout SearchTree, of run: String) throws {
    do {
      for event in events { try tree.apply(event) }
    } catch let error as ReplayError {
      throw damaged(run, error.event, error.problem)
    }
  }

  private func replayed<Result>(
    _ run: String, upTo end: Int? = nil, as replay: (RunHeader, [SearchEvent]) throws -> Result
  ) throws -> Result {
    let record = try self.run(run)
    let events = try events(of: record.id, upTo: end)
    do {
      return try replay(record.header, events)
    } catch let error as ReplayError {
      throw damaged(record.id, error.event, error.problem)
    }
  }

  /// The only writer of `run`'s journal until it is closed or the process ends. Throws where there is one already.
  public func writer(of run: String) throws -> RunWriter {
    let record = try self.run(run)
    if isReadOnly {
      throw WorkspaceError(.unwritable, "\(path): the workspace cannot be written: it was opened for reading only")
    }
    return RunWriter(workspace: self, run: record.summary, lock: try writingLock(record.summary))
  }

  /// The bytes of events and the digest that the whole journal should have.
  func rawEvents(of run: String, from first: Int, upTo end: Int?) throws -> (events: [Data], summary: RunSummary) {
    let first = max(first, 0)
    return try read { db in
      guard let row = try Row.fetchOne(db, sql: "SELECT * FROM runs WHERE id = ?", arguments: [run]) else {
        throw WorkspaceError(.missing, "\(path): there is no run '\(run)'")
      }
      let summary = try summary(row)
      let last = max(min(end ?? .max, JournalKey.most), 0)
      let expected = max(0, min(last, summary.eventCount) - first)
      // Row by row: an array of rows would copy every value once more.
      let rows = try Row.fetchCursor(
        db, sql: "SELECT key, event FROM events WHERE key >= ? AND key < ? ORDER BY key",
        arguments: [JournalKey.key(summary.row, first), JournalKey.key(summary.row, last)])
      var events: [Data] = []
      while let row = try rows.next() {
        let number = first + events.count
        // Of a row in the file an optional is read as it is, where something else would end the program.
        guard row[0] as Int64? == JournalKey.key(summary.row, number) else {
          throw damaged(run, number, "it is missing")
        }
        guard events.count < expected else { throw damaged(run, number, "it lies beyond the journal's end") }
        guard let event = row[1] as Data? else { throw damaged(run, number, "it holds nothing") }
        events.append(event)
      }
      guard events.count == expected else { throw damaged(run, first + events.count, "it is missing") }
      return (events, summary)
    }
  }

  func damaged(_ run: String, _ event: Int, _ reason: String) -> WorkspaceError {
    WorkspaceError(.damaged, "\(path): run \(run): event \(event) is damaged: \(reason)")
  }

  /// Appends `events` as numbers `first`… and brings the run's row up to date, in one transaction.
  func append(_ events: [SearchEvent], to run: RunSummary, first: Int, totals: RunTotals) throws {
    let encoder = CanonicalJSON.encoder()
    let encoded = try events.map { try encoder.encode($0) }
    var totals = totals
    let moment = Timestamp.text(now())
    try write { db in
      guard
        let row = try Row.fetchOne(
          db.cachedStatement(sql: "SELECT events, digest, totals FROM runs WHERE row = ? AND id = ?"),
          arguments: [run.row, run.id])
      else { throw WorkspaceError(.missing, "\(path): run \(run.id) has been deleted") }
      let count = try eventCount(in: row)
      guard count == first else {
        throw WorkspaceError(
          .refused, "\(path): run \(run.id): expected event \(count) to be next, found event \(first)")
      }
      if totals.answer == nil {
        let before = try? CanonicalJSON.value(RunTotals.self, from: row.read("totals"))
        (totals.answer, totals.agreement) = (before?.answer, before?.agreement)
        (totals.missesRight, totals.worth) = (before?.missesRight, before?.worth)
      }
      var digest = [UInt8](try row.read("digest", as: Data.self))
      let insert = try db.cachedStatement(sql: "INSERT INTO events (key, event) VALUES (?, ?)")
      for (offset, event) in encoded.enumerated() {
        try insert.execute(arguments: [JournalKey.key(run.row, first + offset), event])
        digest = JournalDigest.after(digest, event)
      }
      try db.cachedStatement(
        sql: "UPDATE runs SET events = ?, digest = ?, totals = ?, updated = ? WHERE row = ?"
      ).execute(
        arguments: [first + events.count, Data(digest), try CanonicalJSON.data(totals), moment, run.row])
    }
  }
}

/// The right to append to one run's journal: at most one exists for a run, over all processes.
///
/// It ends with the object or with the process, however the process ends.
public final class RunWriter: Sendable {
  /// The run as it stood when the writer was made.
  public let run: RunSummary
  private let workspace: Workspace
  private let lock: FileLock

  init(workspace: Workspace, run: RunSummary, lock: FileLock) {
    self.workspace = workspace
    self.run = run
    self.lock = lock
  }

  /// Appends `events`, the first of which has number `first`, and the run's `totals` after them: all of it or nothing.
  ///
  /// `first` must be the number of events in the journal; an answer of nil in `totals` keeps the one stored before.
  /// Throws ``WorkspaceError``. Complexity: O(bytes).
  public func append(_ events: [SearchEvent], first: Int, totals: RunTotals) throws {
    try workspace.append(events, to: run, first: first, totals: totals)
  }

  /// Keeps what the final selections of `tree`, the journal's own, say, so that lists need not replay it.
  ///
  /// Throws ``WorkspaceError``. Complexity: O(nodes).
  public func summarise(_ tree: SearchTree) throws {
    try append([], first: tree.eventCount, totals: RunTotals(atRest: tree))
  }
}

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

  /// The digest of the first `count` events of the run in row `run`. Complexity: O(bytes of those events).
  static func ofFirst(_ count: Int, of run: Int64, _ db: Database) throws -> [UInt8] {
    let events = try Data.fetchCursor(
      db, sql: "SELECT event FROM events WHERE key >= ? AND key < ? ORDER BY key",
      arguments: [JournalKey.key(run, 0), JournalKey.key(run, count)])
    var digest = empty
    while let event = try events.next() { digest = after(digest, event) }
    return digest
  }
}

/// Keys of the table of events: run × 2³² + number.
enum JournalKey {
  /// Events that a run has at most.
  static let most = 0xFFFF_FFFF

  static func key(_ run: Int64, _ number: Int) -> Int64 { run << 32 | Int64(number) }

  static func range(_ run: Int64) -> ClosedRange<Int64> { key(run, 0)...key(run, most) }
}
