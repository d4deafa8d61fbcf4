import Foundation
import GRDB
import TreeInsight
import TreeSearch
import Vocabulary

extension Workspace {
  /// Makes a run with an empty journal, and keeps its problem where the workspace has none of that id.
  public func createRun(_ header: RunHeader) throws -> RunRecord {
    try createRun(header, journal: [], totals: RunTotals())
  }

  /// Makes a run whose journal begins with events that are encoded already, and with the totals after them: all of it or
  /// nothing.
  func createRun(
    _ header: RunHeader, journal: [Data], totals: RunTotals, notes: [RunNote] = []
  ) throws -> RunRecord {
    let moment = Timestamp.text(now())
    let id = try write { db in
      let id = try insert(NewRun(header, journal: journal, totals: totals), created: moment, updated: moment, db)
      try copy(notes, to: id, db)
      return id
    }
    return try run(id)
  }

  /// Writes a new run; returns its id: `name` where that is one of the run's names and free, else the first free one.
  func insert(_ run: NewRun, created: String, updated: String, name: String? = nil, _ db: Database) throws -> String {
    var id = name
    if let name, try !Self.isName(name, of: run.fingerprint) || !Self.isFree(name, db) { id = nil }
    let free = try id ?? Self.freeName(of: run.fingerprint, from: 1, db).id
    try run.insert(as: free, created: created, updated: updated, db)
    return free
  }

  /// The first free one of a run's names: the fingerprint, or the fingerprint with a number from 2; and the number, 1 for none.
  /// Those below `number` are known to be taken.
  static func freeName(of fingerprint: String, from number: Int, _ db: Database) throws -> (id: String, number: Int) {
    var number = number
    while true {
      let id = number == 1 ? fingerprint : "\(fingerprint)-\(number)"
      if try isFree(id, db) { return (id, number) }
      number += 1
    }
  }

  private static func isFree(_ id: String, _ db: Database) throws -> Bool {
    try Bool.fetchOne(db.cachedStatement(sql: "SELECT 1 FROM runs WHERE id = ?"), arguments: [id]) == nil
  }

  /// True for the fingerprint itself and for the fingerprint with a number from 2.
  private static func isName(_ id: String, of fingerprint: String) -> Bool {
    guard id != fingerprint else { return true }
    guard id.hasPrefix(fingerprint + "-"), let copy = Int(id.dropFirst(fingerprint.count + 1)) else { return false }
    return copy >= 2 && id == "\(fingerprint)-\(copy)"
  }

  /// The run called `id`, or the only one whose id begins with it. Throws ``WorkspaceError``.
  public func run(_ id: String) throws -> RunRecord {
    let rows = try read { db in
      let exact = try Row.fetchAll(db, sql: "SELECT * FROM runs WHERE id = ?", arguments: [id])
      if !exact.isEmpty || id.isEmpty { return exact }
      return try Row.fetchAll(
        db, sql: "SELECT * FROM runs WHERE substr(id, 1, length(?1)) = ?1 ORDER BY row LIMIT 3", arguments: [id])
    }
    guard let row = rows.first else { throw WorkspaceError(.missing, "\(path): there is no run '\(id)'") }
    if rows.count > 1 {
      let names = try rows.prefix(2).map { try $0.read("id", as: String.self) }.joined(separator: ", ")
      throw WorkspaceError(.refused, "\(path): '\(id)' begins the names of several runs (\(names), …)")
    }
    let summary = try summary(row)
    do {
      return RunRecord(summary: summary, header: try CanonicalJSON.value(RunHeader.self, from: row.read("header")))
    } catch {
      throw WorkspaceError(
        .damaged, "\(path): run \(summary.id): the header is damaged: \(CanonicalJSON.reason(error))")
    }
  }

  /// The newest run with exactly this header; nil where there is none.
  public func run(of header: RunHeader) throws -> RunRecord? {
    let fingerprint = try RunFingerprint.of(header)
    return try runs(ofProblem: header.problem.id).last { $0.fingerprint == fingerprint }
      .flatMap { try readableRun($0.id) }
  }

  /// The run called `id`; nil where its header is damaged, for those who look for one among many. ``verify(run:)`` says what is wrong.
  public func readableRun(_ id: String) throws -> RunRecord? {
    do {
      return try run(id)
    } catch let error as WorkspaceError where error.kind == .damaged {
      return nil
    }
  }

  /// Every run, the oldest first. Throws ``WorkspaceError`` where one is damaged; ``runList()`` has the others. Complexity: O(runs).
  public func runs() throws -> [RunSummary] {
    let list = try runList()
    if let damage = list.damage.first { throw damage.error }
    return list.runs
  }

  /// The runs that can be read, and what is wrong with the others: one that is damaged hides none. Complexity: O(runs).
  public func runList() throws -> RunList { try runList(where: "TRUE", []) }

  /// The runs of one problem that can be read, the oldest first; ``runList()`` says what is wrong with others.
  public func runs(ofProblem id: String) throws -> [RunSummary] { try runList(where: "problem = ?", [id]).runs }

  private func runList(where condition: String, _ arguments: StatementArguments) throws -> RunList {
    var list = RunList()
    try forEachRow(where: condition, arguments) { row in
      do {
        list.runs.append(try summary(row.copy()))
      } catch let error as WorkspaceError {
        list.damage.append(RunList.Damage(run: (try? row.read("id")) ?? "", error: error))
      }
    }
    return list
  }

  /// Rows of runs, the oldest first; none outlives its turn. Throws ``WorkspaceError`` where one comes twice.
  func forEachRow(
    _ columns: String = "*", where condition: String = "TRUE", _ arguments: StatementArguments = [],
    _ body: (Row) throws -> Void
  ) throws {
    try read { db in
      let rows = try Row.fetchCursor(
        db, sql: "SELECT \(columns) FROM runs WHERE \(condition) ORDER BY row", arguments: arguments)
      var before: Int64?
      while let row = try rows.next() {
        // What comes again comes for ever.
        guard let number = row["row"] as Int64?, before.map({ $0 < number }) ?? true else {
          throw WorkspaceError(.damaged, "\(path): the list of runs is damaged: a run stands in it twice")
        }
        before = number
        try body(row)
      }
    }
  }

  /// Deletes a run with its journal and what was noted of it; commits made from it stay whole. Throws where another process
  /// writes it.
  public func deleteRun(_ id: String) throws {
    let run = try run(id)
    let lock = try writingLock(run.summary)
    try withExtendedLifetime(lock) {
      try write { db in
        let keys = JournalKey.range(run.summary.row)
        try db.execute(
          sql: "DELETE FROM events WHERE key BETWEEN ? AND ?", arguments: [keys.lowerBound, keys.upperBound])
        try db.execute(sql: "DELETE FROM annotations WHERE run = ?", arguments: [run.summary.row])
        try db.execute(sql: "DELETE FROM runs WHERE row = ?", arguments: [run.summary.row])
      }
    }
  }

  /// The right to write a run's journal. Throws where somebody has it, in this process or another.
  func writingLock(_ run: RunSummary) throws -> FileLock {
    do {
      guard let lock = try FileLock(beside: path, offset: run.row) else {
        throw WorkspaceError(
          .busy, "\(path): run \(run.id) is being written by another process; it can be read but not continued")
      }
      return lock
    } catch let error as SystemError {
      throw WorkspaceError(.unwritable, "\(path): the workspace cannot be written: \(error)")
    }
  }

  func summary(_ row: Row) throws -> RunSummary {
    try reading(of: row) {
      let id: String = try row.read("id")
      func damaged(_ what: String) -> WorkspaceError { WorkspaceError(.damaged, "\(path): run \(id): \(what)") }
      guard let created = Timestamp.date(try row.read("created")),
        let updated = Timestamp.date(try row.read("updated"))
      else { throw damaged("a date is damaged") }
      let totals: RunTotals
      do {
        totals = try CanonicalJSON.value(RunTotals.self, from: row.read("totals"))
      } catch {
        throw damaged("the totals are damaged: \(CanonicalJSON.reason(error))")
      }
      guard totals.arePossible else { throw damaged("the totals are damaged: no run comes to such numbers") }
      return RunSummary(
        id: id, fingerprint: try row.read("fingerprint"), problem: try row.read("problem"), created: created,
        updated: updated, eventCount: try eventCount(in: row), totals: totals, row: try row.read("row"),
        digest: [UInt8](try row.read("digest", as: Data.self)))
    }
  }

  /// Events of the run in `row`.
  func eventCount(in row: Row) throws -> Int {
    let count: Int = try row.read("events")
    guard (0...JournalKey.most).contains(count) else {
      throw ColumnError(column: "events", expected: "how many there are")
    }
    return count
  }

  /// Does `body`, which reads the row of a run; says which run it was where a column is damaged.
  func reading<T>(of row: Row, _ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let error as ColumnError {
      let id: String = (try? row.read("id")) ?? "without an id"
      throw WorkspaceError(.damaged, "\(path): run \(id) is damaged: \(error)")
    }
  }
}

extension Workspace {
  /// Makes a run that begins with the first `event` events of `run`, byte by byte, and goes on under `settings`.
  ///
  /// Bookmarks and labels of its nodes come along. The run forked may be running meanwhile, and the fork outlives it.
  ///
  /// Throws ``WorkspaceError``. Complexity: O(events × depth).
  public func fork(run id: String, at event: Int, settings: ForkSettings = ForkSettings()) throws -> RunRecord {
    let parent = try run(id)
    let count = try eventCount(of: parent.id)
    guard (0...count).contains(event) else {
      throw WorkspaceError(.refused, "\(path): run \(parent.id): expected an event from 0 to \(count), found \(event)")
    }
    let journal = try storedEvents(of: parent.id, upTo: event)
    let fork: Fork
    do {
      fork = try Fork(
        of: parent.id, header: parent.header, prefix: try events(in: journal), settings: settings)
    } catch let error as ReplayError {
      throw damaged(parent.id, error.event, error.problem)
    }
    let encoder = CanonicalJSON.encoder()
    let notes = try notes(of: parent.id, labelledBy: author).filter {
      $0.kind.isOfNode && $0.place < fork.tree.nodes.count
    }
    return try createRun(
      fork.header, journal: try rawEvents(in: journal) + fork.settings.map { try encoder.encode($0) },
      totals: RunTotals(tree: fork.tree),
      notes: notes)
  }
}
