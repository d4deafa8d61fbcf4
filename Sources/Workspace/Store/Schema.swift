import GRDB
import GRDBSQLite

/// The tables of a workspace, and the steps that lead from older versions of them to the present one.
///
/// `user_version` counts the steps taken. All steps run in one exclusive transaction: a process killed between them leaves
/// the file as it was, and two processes that open a new file at once do not trip over each other.
enum Schema {
  /// `application_id` of a workspace: "eta" and the byte 0x73, so that `file` and other programs can tell it.
  static let applicationID: Int32 = 0x6574_6173

  /// The version that this program writes.
  static var version: Int { steps.count }

  /// The tables of a workspace of `version`.
  static func tables(ofVersion version: Int) -> [String] { newTables.prefix(version).flatMap { $0 } }

  /// What each step adds.
  private static let newTables = [
    ["problems", "runs", "events", "commits"], ["annotations"], ["judgements"],
    ["rounds", "round_events", "round_items"], ["labels"], [], [],
  ]

  /// Brings the database up to the present version; does nothing where it is.
  static func migrate(_ db: Database) throws {
    try db.inTransaction(.exclusive) {
      let present = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
      for step in steps.dropFirst(present) { try step(db) }
      if present < version {
        try db.execute(sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(version)")
      }
      return .commit
    }
  }

  private static let steps: [@Sendable (Database) throws -> Void] = [
    // 1: the first workspace.
    // The key of an event is run × 2³² + number: one B-tree in reading order, appended at its end, no second index.
    sql(
      """
      CREATE TABLE problems (
        id TEXT PRIMARY KEY NOT NULL,
        problem BLOB NOT NULL,
        extra TEXT
      ) WITHOUT ROWID;
      CREATE TABLE runs (
        row INTEGER PRIMARY KEY NOT NULL,
        id TEXT NOT NULL UNIQUE,
        fingerprint TEXT NOT NULL,
        problem TEXT NOT NULL,
        header BLOB NOT NULL,
        created TEXT NOT NULL,
        updated TEXT NOT NULL,
        events INTEGER NOT NULL DEFAULT 0,
        digest BLOB NOT NULL,
        totals BLOB NOT NULL
      );
      CREATE INDEX runs_by_problem ON runs (problem);
      CREATE TABLE events (
        key INTEGER PRIMARY KEY NOT NULL,
        event BLOB NOT NULL,
        run INTEGER GENERATED ALWAYS AS (key >> 32) VIRTUAL,
        number INTEGER GENERATED ALWAYS AS (key & 4294967295) VIRTUAL
      );
      CREATE TABLE commits (
        sequence INTEGER PRIMARY KEY NOT NULL,
        id TEXT NOT NULL UNIQUE,
        entry BLOB NOT NULL
      );
      \(appendOnly("commits", "the commit log is append-only"))
      """),
    // 2: what is noted of runs beside their journals.
    sql(
      """
      CREATE TABLE annotations (
        run INTEGER NOT NULL,
        kind TEXT NOT NULL,
        place INTEGER NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (run, kind, place)
      ) WITHOUT ROWID;
      """),
    // 3: what is said of commits beside the log, and what the notes of earlier versions say.
    { try JudgementRecord.migrate($0) },
    // 4: rounds of self-improvement.
    sql(RoundRecord.tables),
    // 5: what people say of steps, trajectories and problems, several people of one.
    sql(LabelEntry.tables),
    // 6: the commits of one problem, found without reading others.
    sql(Workspace.commitIndices),
    // 7: a row of events may hold many of them, packed, which earlier versions would call damaged.
    { _ in },
  ]

  /// What a file of `version` must not be like, in words; nil where its tables, indices and triggers are those that the steps make,
  /// and no others: what somebody has added could do something when a row is read or written.
  static func objection(to db: Database, version: Int) throws -> String? {
    let found = try objects(db).subtracting(SchemaObject.statistics)
    let expected = try version == Self.version ? present.get() : objects(ofVersion: version)
    if let strange = found.subtracting(expected).min() {
      let known = expected.contains { $0.name == strange.name && $0.kind == strange.kind }
      return known ? "the \(strange) is not as etascope makes it" : "the \(strange) is none that etascope makes"
    }
    return expected.subtracting(found).min().map { "the \($0) is missing" }
  }

  /// False where this version of SQLite takes a function that the indices of the commit log use for one that could do harm: then only
  /// ``objection(to:version:)`` stands between a file and what its tables might run. Found out once, with nothing but those indices:
  /// every start waits for it.
  static let isReadableUntrusted: Bool = {
    var db: OpaquePointer?
    defer { sqlite3_close(db) }
    guard sqlite3_open(":memory:", &db) == SQLITE_OK else { return false }
    let trial = "PRAGMA trusted_schema = OFF; CREATE TABLE commits (entry BLOB); \(Workspace.commitIndices)"
    return sqlite3_exec(db, trial, nil, nil, nil) == SQLITE_OK
  }()

  /// Finds out what opening a file needs to know: the tables of this version, where there is a file to look at.
  static func prepare(exists: Bool) {
    _ = isReadableUntrusted
    if exists { _ = present }
  }

  /// What the steps make; found out once.
  private static let present = Result { try objects(ofVersion: version) }

  private static func objects(ofVersion version: Int) throws -> Set<SchemaObject> {
    try DatabaseQueue().write { db in
      for step in steps.prefix(version) { try step(db) }
      return try objects(db)
    }
  }

  private static func objects(_ db: Database) throws -> Set<SchemaObject> {
    Set(
      try Row.fetchAll(db, sql: "SELECT type, name, tbl_name, sql FROM sqlite_master LIMIT 1000").map {
        try SchemaObject($0)
      })
  }

  /// Triggers that let rows of `table` be added only, each with the next `sequence`, and say `words` of anything else.
  static func appendOnly(_ table: String, _ words: String) -> String {
    """
    CREATE TRIGGER \(table)_are_never_changed BEFORE UPDATE ON \(table)
      BEGIN SELECT RAISE(ABORT, '\(words)'); END;
    CREATE TRIGGER \(table)_are_never_deleted BEFORE DELETE ON \(table)
      BEGIN SELECT RAISE(ABORT, '\(words)'); END;
    CREATE TRIGGER \(table)_only_follow BEFORE INSERT ON \(table)
      WHEN NEW.sequence <> (SELECT COALESCE(MAX(sequence), 0) + 1 FROM \(table))
      BEGIN SELECT RAISE(ABORT, '\(words)'); END;
    """
  }

  /// A step that is all SQL.
  private static func sql(_ text: String) -> @Sendable (Database) throws -> Void { { try $0.execute(sql: text) } }
}
