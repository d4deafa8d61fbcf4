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
    try events(in: storedEvents(of: run, from: first, upTo: end))
  }

  /// Events of `run` as a timeline takes them, of which `first` is the first of a packet: what lies packed in the journal stays so.
  /// Complexity: O(events read).
  package func portion(of run: String, from first: Int, upTo end: Int) throws -> PackedEvents.Portion {
    let journal = try storedEvents(of: run, from: first, upTo: end)
    let (events, length) = (try events(in: journal), PackedEvents.packetLength)
    var packets = Array(repeating: [UInt8]?.none, count: events.count / length)
    for row in journal.rows where row.isPacked && EventUnpacker.count(in: row.bytes) == length {
      let (number, rest) = (row.first - first).quotientAndRemainder(dividingBy: length)
      if rest == 0, packets.indices.contains(number) { packets[number] = Array(row.bytes) }
    }
    return PackedEvents.Portion(events, packets: packets)
  }

  /// Nodes for which there may be room while a journal of so many events is opened: not more than the file can hold, whatever it says.
  /// Complexity: O(1).
  package func room(for run: RunSummary) -> Int {
    let bytes = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    return max(0, min(run.totals.nodes, run.eventCount, bytes / 32))
  }

  /// The tree of `run` after its first `end` events (nil: all of them). Complexity: O(events × depth).
  public func tree(of run: String, upTo end: Int? = nil) throws -> SearchTree {
    try replayed(run, upTo: end) { header, nodes, _ in
      var tree = SearchTree(header: header)
      tree.makeRoom(for: nodes)
      return tree
    } by: {
      try $0.apply($1)
    }
  }

  /// `run` with its whole past, up to its first `end` events (nil: all of them). Complexity: O(events × depth).
  public func timeline(of run: String, upTo end: Int? = nil) throws -> Timeline {
    try replayed(run, upTo: end) { header, nodes, count in
      var timeline = Timeline(SearchTree(header: header))
      timeline.expect(events: count, nodes: nodes)
      return timeline
    } by: {
      try $0.append($1)
    }
  }

  /// What `body` makes of events of `run`. Throws ``WorkspaceError`` where one does not fit.
  public func replaying<Result>(_ run: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as ReplayError {
      throw damaged(run, error.event, error.problem)
    }
  }

  /// What events of `run` make of what `begin` makes of the header, the nodes and the events that there will be. One packet of events
  /// is decoded at a time.
  private func replayed<State>(
    _ run: String, upTo end: Int?, _ begin: (RunHeader, Int, Int) -> State,
    by apply: (inout State, SearchEvent) throws -> Void
  ) throws -> State {
    let record = try self.run(run)
    let journal = try storedEvents(of: record.id, upTo: end)
    var state = begin(record.header, min(room(for: journal.summary), journal.range.count), journal.range.count)
    try replaying(record.id) { try forEachEvent(in: journal) { try apply(&state, $0) } }
    return state
  }

  /// The only writer of `run`'s journal until it is closed or the process ends. Throws where there is one already.
  public func writer(of run: String) throws -> RunWriter {
    let record = try self.run(run)
    if isReadOnly {
      throw WorkspaceError(.unwritable, "\(path): the workspace cannot be written: it was opened for reading only")
    }
    return RunWriter(workspace: self, run: record.summary, lock: try writingLock(record.summary))
  }

  /// The events of what has been read.
  func events(in journal: StoredEvents) throws -> [SearchEvent] {
    var events: [SearchEvent] = []
    events.reserveCapacity(journal.range.count)
    try forEachEvent(in: journal) { events.append($0) }
    return events
  }

  private func forEachEvent(in journal: StoredEvents, _ body: (SearchEvent) throws -> Void) throws {
    let decoder = CanonicalJSON.decoder()
    try forEach(in: journal, { try $0.forEach(decoder, $1) }, body)
  }

  /// The same as JSON, byte by byte what was appended.
  func rawEvents(in journal: StoredEvents) throws -> [Data] {
    let encoder = CanonicalJSON.encoder()
    var events: [Data] = []
    events.reserveCapacity(journal.range.count)
    try forEach(in: journal, { try $0.forEachJSON(encoder, $1) }, { events.append($0) })
    return events
  }

  /// Calls `body` with the events that were asked for, as `read` takes them out of a row. Throws ``WorkspaceError`` that names the first
  /// that cannot be, and `ReplayError` where `body` does.
  private func forEach<Event>(
    in journal: StoredEvents, _ read: @escaping (StoredEvents.Row, (Event) throws -> Bool) throws -> Void,
    _ body: (Event) throws -> Void
  ) throws {
    for row in journal.rows {
      var number = row.first
      do {
        try read(row) { event in
          if journal.range.contains(number) { try body(event) }
          number += 1
          return number < journal.range.upperBound
        }
      } catch let error as ReplayError {
        throw error
      } catch {
        throw damaged(journal.summary.id, number, CanonicalJSON.reason(error))
      }
    }
  }

  /// True where the journal of `run` begins with these events as JSON, byte by byte.
  func journal(of run: String, beginsWith events: [Data], _ db: Database) throws -> Bool {
    try rawEvents(in: storedEvents(of: run, upTo: events.count, db)) == events
  }

  /// The rows that hold the events with numbers from `first` to before `end` (nil: as far as the journal goes), and which of them
  /// those are.
  func storedEvents(of run: String, from first: Int = 0, upTo end: Int? = nil) throws -> StoredEvents {
    try read { try storedEvents(of: run, from: first, upTo: end, $0) }
  }

  /// The same within a transaction.
  func storedEvents(of run: String, from first: Int = 0, upTo end: Int? = nil, _ db: Database) throws -> StoredEvents {
    guard let row = try Row.fetchOne(db, sql: "SELECT * FROM runs WHERE id = ?", arguments: [run]) else {
      throw WorkspaceError(.missing, "\(path): there is no run '\(run)'")
    }
    let summary = try summary(row)
    let first = max(first, 0)
    let last = max(min(end ?? .max, JournalKey.most), first)
    var stored = StoredEvents(summary: summary, range: first..<max(first, min(last, summary.eventCount)))
    // A packet may begin before the first.
    let start = try Int64.fetchOne(
      db, sql: "SELECT MAX(key) FROM events WHERE key BETWEEN ? AND ?",
      arguments: [JournalKey.key(summary.row, 0), JournalKey.key(summary.row, first)])
    // Row by row: an array of rows would copy every value once more.
    let rows = try Row.fetchCursor(
      db, sql: "SELECT key, event FROM events WHERE key >= ? AND key < ? ORDER BY key",
      arguments: [start ?? JournalKey.key(summary.row, first), JournalKey.key(summary.row, last)])
    var next: Int?
    while let row = try rows.next() {
      // Of a row in the file an optional is read as it is, where something else would end the program.
      let number = (row[0] as Int64?).map { Int($0 - JournalKey.key(summary.row, 0)) } ?? -1
      guard number == next ?? number, next != nil || number <= first else {
        throw damaged(run, next ?? first, "it is missing")
      }
      guard number < summary.eventCount else { throw damaged(run, number, "it lies beyond the journal's end") }
      guard let bytes = row[1] as Data? else { throw damaged(run, number, "it holds nothing") }
      let packed = EventUnpacker.count(in: bytes)
      next = number + (packed ?? 1)
      // An event takes a byte at least: whoever says more would only have room made for it.
      if let packed, packed == 0 || packed > bytes.count || number + packed > summary.eventCount {
        throw damaged(run, number, "its packet holds another number of events than the journal")
      }
      if number + (packed ?? 1) > first {
        stored.rows.append(StoredEvents.Row(first: number, bytes: bytes, isPacked: packed != nil))
      }
    }
    if stored.range.upperBound > max(next ?? first, first) { throw damaged(run, next ?? first, "it is missing") }
    return stored
  }

  func damaged(_ run: String, _ event: Int, _ reason: String) -> WorkspaceError {
    WorkspaceError(.damaged, "\(path): run \(run): event \(event) is damaged: \(reason)")
  }

  /// Appends `events` as numbers `first`… and brings the run's row up to date, in one transaction.
  func append(_ events: [SearchEvent], to run: RunSummary, first: Int, totals: RunTotals) throws {
    let encoder = CanonicalJSON.encoder()
    let encoded = try events.map { try $0.canonical(encoder) }
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
      try JournalPacking.pack(run.row, from: first, to: first + events.count, db)
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
    var digest = digest
    go(on: &digest, with: event)
    return digest
  }

  /// Puts the digest after one more event in the place of the one before. Complexity: O(bytes).
  static func go(on digest: inout [UInt8], with event: some Sequence<UInt8>) {
    var sha = SHA256()
    sha.update(digest)
    sha.update(event)
    sha.finish(into: &digest)
  }
}

/// Keys of the table of events: run × 2³² + number.
enum JournalKey {
  /// Events that a run has at most.
  static let most = 0xFFFF_FFFF

  static func key(_ run: Int64, _ number: Int) -> Int64 { run << 32 | Int64(number) }

  static func range(_ run: Int64) -> ClosedRange<Int64> { key(run, 0)...key(run, most) }
}
