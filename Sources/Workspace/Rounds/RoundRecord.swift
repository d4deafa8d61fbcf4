import Foundation
import GRDB

/// The rounds of a workspace, and what is wrong with those that cannot be read.
public struct RoundList: Sendable {
  /// Those that can be read, the oldest first.
  public internal(set) var rounds: [RoundRecord] = []
  /// What is wrong with the others.
  public internal(set) var damage: [Damage] = []

  /// A round that cannot be read.
  public struct Damage: Sendable {
    /// Its id; nil where that cannot be read either.
    public let round: String?
    /// Why, in words that name it.
    public let error: WorkspaceError
  }
}

/// A round of self-improvement as the workspace keeps it: what was planned, and behind it, append-only, what happened and
/// what each stage made. What the bytes mean is the business of whoever drives rounds.
public struct RoundRecord: Equatable, Sendable, Identifiable {
  /// `SERIES-NUMBER`, unique in the workspace.
  public let id: String
  /// The rounds that follow from one another share it.
  public let series: String
  /// Its place in the series, from 1.
  public let number: Int
  /// When it was begun, ISO 8601 in UTC.
  public let created: String
  /// What was planned.
  public let plan: Data
  /// Row in the table; names the round in keys and locks.
  let row: Int64

  init(_ row: Row) throws {
    id = try row.read("id")
    series = try row.read("series")
    number = try row.read("number")
    created = try row.read("created")
    plan = try row.read("plan")
    self.row = try row.read("row")
  }

  /// The tables' making: the fourth step of the workspace.
  static let tables = """
    CREATE TABLE rounds (
      row INTEGER PRIMARY KEY NOT NULL,
      id TEXT NOT NULL UNIQUE,
      series TEXT NOT NULL,
      number INTEGER NOT NULL,
      created TEXT NOT NULL,
      plan BLOB NOT NULL
    );
    CREATE TABLE round_events (
      round INTEGER NOT NULL,
      number INTEGER NOT NULL,
      event BLOB NOT NULL,
      PRIMARY KEY (round, number)
    ) WITHOUT ROWID;
    CREATE TABLE round_items (
      round INTEGER NOT NULL,
      stage TEXT NOT NULL,
      number INTEGER NOT NULL,
      item BLOB NOT NULL,
      PRIMARY KEY (round, stage, number)
    ) WITHOUT ROWID;
    """
    + ["rounds", "round_events", "round_items"].map { table in
      """
      CREATE TRIGGER \(table)_are_never_changed BEFORE UPDATE ON \(table)
        BEGIN SELECT RAISE(ABORT, 'rounds are append-only'); END;
      CREATE TRIGGER \(table)_are_never_deleted BEFORE DELETE ON \(table)
        BEGIN SELECT RAISE(ABORT, 'rounds are append-only'); END;
      """
    }.joined(separator: "\n")
}
