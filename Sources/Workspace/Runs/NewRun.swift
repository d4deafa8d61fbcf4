import Foundation
import GRDB
import TreeSearch
import Vocabulary

/// A run that is ready to be written: all of it is encoded, which needs no workspace and any thread can do.
struct NewRun: Sendable {
  /// A row of events: one as JSON, or a packet.
  struct Row: Sendable {
    /// The number of its first event.
    let first: Int
    let bytes: Data
  }

  let fingerprint: String
  /// The digest of its journal.
  let digest: [UInt8]
  private let problem: (id: String, json: Data)
  private let header, totals: Data
  private let rows: [Row]
  private let count: Int
  /// True where the events lie as they are to stay.
  private let isPacked: Bool

  /// A run whose journal begins with events that are encoded already, and with the totals after them. Complexity: O(bytes).
  init(_ header: RunHeader, journal: [Data], totals: RunTotals) throws {
    try self.init(
      header, totals, (journal.enumerated().map(Row.init), journal.reduce(JournalDigest.empty, JournalDigest.after)),
      count: journal.count, isPacked: false)
  }

  /// A run that is history: nothing will be appended to `events`. Complexity: O(bytes).
  init(_ header: RunHeader, history events: [SearchEvent], totals: RunTotals) throws {
    try self.init(header, totals, JournalPacking.history(events), count: events.count, isPacked: true)
  }

  private init(
    _ header: RunHeader, _ totals: RunTotals, _ journal: (rows: [Row], digest: [UInt8]), count: Int, isPacked: Bool
  ) throws {
    problem = (header.problem.id, try RunRow.json(of: header.problem))
    self.header = try RunRow.json(of: header, problem: problem.json)
    self.totals = try RunRow.json(of: totals)
    fingerprint = RunFingerprint.of(header, json: self.header)
    (rows, digest) = journal
    (self.count, self.isPacked) = (count, isPacked)
  }

  /// Writes the row and the journal, and the problem where the workspace has none of that id. Complexity: O(bytes).
  func insert(as id: String, created: String, updated: String, _ db: Database) throws {
    try db.cachedStatement(sql: "INSERT INTO problems (id, problem) VALUES (?, ?) ON CONFLICT (id) DO NOTHING").execute(
      arguments: [problem.id, problem.json])
    try db.cachedStatement(
      sql: """
        INSERT INTO runs (id, fingerprint, problem, header, created, updated, events, digest, totals)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(
      arguments: [id, fingerprint, problem.id, header, created, updated, count, Data(digest), totals])
    let run = db.lastInsertedRowID
    let insert = try db.cachedStatement(sql: "INSERT INTO events (key, event) VALUES (?, ?)")
    for row in rows { try insert.execute(arguments: [JournalKey.key(run, row.first), row.bytes]) }
    if !isPacked { try JournalPacking.pack(run, to: count, db) }
  }
}
