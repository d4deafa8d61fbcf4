import Foundation
import GRDB

extension Workspace {
  /// The present moment as events have it: ISO 8601 in UTC.
  public var moment: String { Timestamp.text(now()) }

  /// Begins a round behind the last one of `series`. Throws ``WorkspaceError``.
  public func createRound(series: String, plan: Data) throws -> RoundRecord {
    let moment = moment
    let id = try write(durably: true) { db in
      let last = try Int.fetchOne(db, sql: "SELECT MAX(number) FROM rounds WHERE series = ?", arguments: [series]) ?? 0
      let id = "\(series)-\(last + 1)"
      try db.execute(
        sql: "INSERT INTO rounds (id, series, number, created, plan) VALUES (?, ?, ?, ?, ?)",
        arguments: [id, series, last + 1, moment, plan])
      return id
    }
    return try round(id)
  }

  /// Every round, the oldest first. Throws ``WorkspaceError`` where one is damaged; ``roundList()`` has the others. Complexity:
  /// O(rounds).
  public func rounds() throws -> [RoundRecord] {
    let list = try roundList()
    if let damage = list.damage.first { throw damage.error }
    return list.rounds
  }

  /// The rounds that can be read, and what is wrong with the others: one that is damaged hides none. Complexity: O(rounds).
  public func roundList() throws -> RoundList {
    try read { db in
      var list = RoundList()
      // A workspace of an earlier version that can only be read has none.
      guard try db.tableExists("rounds") else { return list }
      for (index, row) in try Row.fetchAll(db, sql: "SELECT * FROM rounds ORDER BY row").enumerated() {
        do {
          list.rounds.append(try RoundRecord(row))
        } catch let error as ColumnError {
          let id: String? = try? row.read("id")
          list.damage.append(
            RoundList.Damage(
              round: id, error: WorkspaceError(.damaged, "\(path): round \(id ?? "\(index + 1)") is damaged: \(error)"))
          )
        }
      }
      return list
    }
  }

  /// The round called `id`, or the only one whose id begins with it. Throws ``WorkspaceError``.
  public func round(_ id: String) throws -> RoundRecord {
    let list = try roundList()
    if let exact = list.rounds.first(where: { $0.id == id }) { return exact }
    if let damage = list.damage.first(where: { $0.round == id }) { throw damage.error }
    let found = id.isEmpty ? [] : list.rounds.filter { $0.id.hasPrefix(id) }
    guard let round = found.first else { throw WorkspaceError(.missing, "\(path): there is no round '\(id)'") }
    guard found.count == 1 else {
      throw WorkspaceError(.refused, "\(path): '\(id)' begins the names of \(found.count) rounds")
    }
    return round
  }

  /// What happened in a round, the oldest first. Throws ``WorkspaceError`` where an event is missing.
  public func events(of round: RoundRecord) throws -> [Data] {
    try rows(of: round, in: "round_events WHERE round = ? ORDER BY number", [round.row])
  }

  /// How many events a round has. Complexity: O(events).
  public func eventCount(of round: RoundRecord) throws -> Int {
    try read {
      try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM round_events WHERE round = ?", arguments: [round.row]) ?? 0
    }
  }

  /// What a stage of a round made, in order, from place `first` on. Throws ``WorkspaceError`` where an item is missing.
  public func items(of round: RoundRecord, stage: String, from first: Int = 0) throws -> [Data] {
    try rows(
      of: round, in: "round_items WHERE round = ? AND stage = ? AND number >= ? ORDER BY number",
      [round.row, stage, first], from: first)
  }

  /// How many items a stage of a round has made. Complexity: O(items).
  public func itemCount(of round: RoundRecord, stage: String) throws -> Int {
    try read {
      try Int.fetchOne(
        $0, sql: "SELECT COUNT(*) FROM round_items WHERE round = ? AND stage = ?", arguments: [round.row, stage]) ?? 0
    }
  }

  private func rows(
    of round: RoundRecord, in query: String, _ arguments: StatementArguments, from first: Int = 0
  ) throws -> [Data] {
    let rows = try read { try Row.fetchAll($0, sql: "SELECT * FROM \(query)", arguments: arguments) }
    return try rows.enumerated().map { index, row in
      guard try row.read("number") == first + index else {
        throw WorkspaceError(
          .damaged, "\(path): round \(round.id): row \(first + index + 1) of its journal is missing")
      }
      return try row.readIfPresent("event") ?? row.read("item")
    }
  }

  /// The right to drive a round. Throws where somebody has it, in this process or another.
  public func drive(_ round: RoundRecord) throws -> RoundWriter {
    do {
      // Behind every byte that stands for a run.
      guard let lock = try FileLock(beside: path, offset: 1 << 40 &+ round.row) else {
        throw WorkspaceError(.busy, "\(path): round \(round.id) is being driven by another process; it can be watched")
      }
      return RoundWriter(workspace: self, round: round, lock: lock)
    } catch let error as SystemError {
      throw WorkspaceError(.unwritable, "\(path): the workspace cannot be written: \(error)")
    }
  }

  /// True while somebody drives the round, in this process or another.
  public func isDriven(_ round: RoundRecord) -> Bool {
    FileLock.isHeld(beside: path, offset: 1 << 40 &+ round.row)
  }

  /// Appends what a person or a driver has to say of a round; waits for the disk. Throws ``WorkspaceError``.
  public func append(_ event: Data, to round: RoundRecord) throws {
    try write(durably: true) { db in
      try db.execute(
        sql: """
          INSERT INTO round_events (round, number, event)
          VALUES (?1, (SELECT COUNT(*) FROM round_events WHERE round = ?1), ?2)
          """, arguments: [round.row, event])
    }
  }

  /// Appends items of a stage behind those that are there, all or none, where there are exactly `first` of them.
  fileprivate func append(_ items: [Data], to round: RoundRecord, stage: String, first: Int) throws {
    try write { db in
      let statement = try db.cachedStatement(
        sql: "INSERT INTO round_items (round, stage, number, item) VALUES (?, ?, ?, ?)")
      for (offset, item) in items.enumerated() {
        try statement.execute(arguments: [round.row, stage, first + offset, item])
      }
    }
  }
}

/// Who drives a round: the only one who appends what its stages make.
public struct RoundWriter: Sendable {
  let workspace: Workspace
  /// The round.
  public let round: RoundRecord
  /// Held as long as this value is.
  let lock: FileLock

  /// Appends an event; waits for the disk. Throws ``WorkspaceError``.
  public func append(_ event: Data) throws { try workspace.append(event, to: round) }

  /// Appends items of a stage behind the `first` that are there, all or none. Throws ``WorkspaceError``.
  public func append(_ items: [Data], stage: String, first: Int) throws {
    try workspace.append(items, to: round, stage: stage, first: first)
  }
}
