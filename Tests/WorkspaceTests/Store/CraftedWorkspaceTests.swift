import Foundation
import GRDB
import Testing
import TreeSearch

@testable import Workspace

/// Files that somebody made to harm whoever opens them: each ends in an error that names what is wrong.
@Suite struct CraftedWorkspaceTests {
  private let scratch: Scratch
  private let path: String

  /// A closed workspace of two runs.
  init() throws {
    scratch = try Scratch()
    path = scratch.file("w.sqlite")
    let workspace = try Workspace.forTests(path)
    for _ in 1...2 { _ = try ScriptedDriver.run(in: workspace) }
    try workspace.commit(run: workspace.runs()[0].id, node: NodeID(3))
  }

  /// Changes the file by `statements`, past what its own tables forbid.
  private func forge(_ statements: String...) throws {
    var configuration = Configuration()
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA writable_schema = ON") }
    for statement in statements {
      // Anew for each: a changed schema counts from the next opening on.
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.writeWithoutTransaction { db in
        try db.execute(sql: statement)
        try db.checkpoint(.truncate)
      }
    }
  }

  /// Puts what the tables do not allow into rows: NULL, and types of others.
  private func forgeRows(_ change: String) throws {
    try forge(
      "UPDATE sqlite_master SET sql = replace(sql, 'NOT NULL', '') WHERE type = 'table';"
        + "DELETE FROM sqlite_master WHERE type = 'trigger'",
      change)
    // The schema as it was: nothing of what was done to the rows shows in it.
    let whole = scratch.file("whole.sqlite")
    _ = try Workspace.forTests(whole)
    try forge(
      """
      ATTACH '\(whole)' AS whole;
      UPDATE sqlite_master SET sql = (SELECT sql FROM whole.sqlite_master w WHERE w.name = sqlite_master.name)
        WHERE type = 'table';
      INSERT INTO sqlite_master SELECT * FROM whole.sqlite_master WHERE type = 'trigger';
      DETACH whole
      """)
  }

  private func message(readOnly: Bool) -> String {
    do {
      _ = try Workspace.forTests(path, readOnly: readOnly)
      return "opened"
    } catch {
      return "\(error)"
    }
  }

  // MARK: - Tables

  private static let strange: [(String, String)] = [
    ("CREATE VIEW v AS SELECT 1", "the view 'v' is none that etascope makes"),
    (
      "CREATE TRIGGER t AFTER INSERT ON runs BEGIN DELETE FROM commits; END",
      "the trigger 't' is none that etascope makes"
    ),
    ("CREATE TABLE own (a)", "the table 'own' is none that etascope makes"),
    ("CREATE INDEX i ON runs (abs(row))", "the index 'i' is none that etascope makes"),
    (
      "DROP TABLE annotations; CREATE VIEW annotations AS SELECT row AS run, '' AS kind, 0 AS place, '' AS text FROM runs",
      "the view 'annotations' is none that etascope makes"
    ),
    (
      "DROP TABLE annotations; CREATE TABLE annotations (run INTEGER, kind TEXT, place INTEGER, text TEXT)",
      "the table 'annotations' is not as etascope makes it"
    ),
    ("DROP TRIGGER commits_are_never_deleted", "the trigger 'commits_are_never_deleted' is missing"),
    (
      "UPDATE sqlite_master SET sql = replace(sql, 'append-only', 'open') WHERE name = 'commits_only_follow'",
      "the trigger 'commits_only_follow' is not as etascope makes it"
    ),
    ("DROP INDEX runs_by_problem", "the index 'runs_by_problem' is missing"),
  ]

  @Test(arguments: strange) func whatTheSchemaDoesNotHaveIsNamed(_ sql: String, _ problem: String) throws {
    try forge(sql)
    let before = try scratch.bytes("w.sqlite")
    for readOnly in [true, false] {
      #expect(
        message(readOnly: readOnly)
          == "\(path): expected the tables of a workspace: \(problem); it is kept as it is")
    }
    #expect(try scratch.bytes("w.sqlite") == before)
  }

  @Test func whatSQLiteKnowsOfItsIndicesIsAllowed() throws {
    try forge("ANALYZE")
    #expect(message(readOnly: true) == "opened" && message(readOnly: false) == "opened")
  }

  // MARK: - Rows

  private static let changes: [(sql: String, said: String)] = [
    ("UPDATE runs SET events = 'many' WHERE row = 1", "is damaged: events: expected a number"),
    ("UPDATE runs SET events = -1 WHERE row = 1", "is damaged: events: expected how many there are"),
    ("UPDATE runs SET events = 9223372036854775807 WHERE row = 1", "is damaged: events: expected how many there are"),
    ("UPDATE runs SET events = NULL WHERE row = 1", "is damaged: events: expected a number"),
    ("UPDATE runs SET digest = NULL WHERE row = 1", "is damaged: digest: expected bytes"),
    ("UPDATE runs SET fingerprint = x'FF' WHERE row = 1", "is damaged: fingerprint: expected text"),
    ("UPDATE runs SET created = NULL WHERE row = 1", "is damaged: created: expected text"),
    ("UPDATE runs SET updated = 'long ago' WHERE row = 1", "a date is damaged"),
    ("UPDATE runs SET totals = NULL WHERE row = 1", "the totals are damaged: totals: expected bytes"),
    ("UPDATE runs SET totals = '[' WHERE row = 1", "the totals are damaged"),
    (
      "UPDATE runs SET totals = replace(CAST(totals AS TEXT), '\"simulations\":3', '\"simulations\":9223372036854775807') "
        + "WHERE row = 1", "the totals are damaged: no run comes to such numbers"
    ),
    ("UPDATE runs SET id = NULL WHERE row = 1", "run without an id is damaged: id: expected text"),
  ]

  @Test(arguments: changes) func aDamagedRunHidesNoOther(_ sql: String, _ said: String) throws {
    let good = try Workspace.forTests(path, readOnly: true).runs()[1]
    try forgeRows(sql)
    for readOnly in [true, false] {
      let workspace = try Workspace.forTests(path, readOnly: readOnly)
      let list = try workspace.runList()
      #expect(list.runs == [good])
      #expect(list.damage.count == 1 && list.damage.first?.error.description.contains(said) == true, "\(list.damage)")
      #expect(list.damage.first?.error.description.hasPrefix(path) == true)
      #expect(try workspace.runs(ofProblem: "sum-1") == [good])
      #expect(try workspace.verify(run: good.id).ok)
      #expect { try workspace.runs() } throws: { "\($0)".contains(said) }
      #expect(list.damage.first.map { !$0.report.ok } == true)
    }
  }

  /// Rows of every other table, and what reads them.
  private static let rows: [(sql: String, said: String, read: @Sendable (Workspace) throws -> Void)] = [
    (
      "UPDATE runs SET header = NULL", "the header is damaged: header: expected bytes",
      { _ = try $0.run($0.runs()[0].id) }
    ),
    (
      "UPDATE events SET event = NULL WHERE key & 4294967295 = 2", "event 2 is damaged: it holds nothing",
      { _ = try $0.tree(of: $0.runs()[0].id) }
    ),
    (
      "UPDATE events SET event = 7 WHERE key & 4294967295 = 2", "event 2 is damaged",
      { _ = try $0.tree(of: $0.runs()[0].id) }
    ),
    ("UPDATE commits SET entry = NULL", "entry: expected bytes", { _ = try $0.commitLog() }),
    ("UPDATE commits SET entry = NULL", "entry: expected bytes", { _ = try $0.commits() }),
    ("UPDATE commits SET id = NULL", "id: expected text", { _ = try $0.commitHeads(after: 0) }),
    (
      "UPDATE problems SET problem = NULL", "problem sum-1 is damaged: problem: expected bytes",
      { _ = try $0.problems() }
    ),
    ("UPDATE problems SET extra = x'FF'", "problem sum-1 is damaged: extra: expected text", { _ = try $0.problems() }),
    (
      "INSERT INTO annotations VALUES (1, 'bookmark', 'here', 'x')", "place: expected a number",
      { _ = try $0.notes(of: $0.runs()[0].id) }
    ),
    (
      "INSERT INTO judgements VALUES (1, 'x', 'good', NULL, 'ada', 'now')",
      "judgement 1 is damaged: note: expected text",
      { _ = try $0.commitLog() }
    ),
    (
      "INSERT INTO labels VALUES (1, 'p', NULL, NULL)", "label 1 is damaged: entry: expected bytes",
      { try $0.forEachLabel { _ in } }
    ),
    (
      "INSERT INTO rounds VALUES (1, 'a-1', 'a', 'first', 'now', x'00')",
      "round a-1 is damaged: number: expected a number",
      { _ = try $0.rounds() }
    ),
    (
      "INSERT INTO rounds VALUES (9223372036854775807, 'a-1', 'a', 1, 'now', x'00')", "",
      { _ = $0.isDriven(try $0.rounds()[0]) }
    ),
  ]

  @Test(arguments: rows.indices) func everyRowIsReadByThrowing(_ index: Int) throws {
    let (sql, said, read) = Self.rows[index]
    try forgeRows(sql)
    let workspace = try Workspace.forTests(path, readOnly: true)
    do {
      try read(workspace)
      #expect(said.isEmpty, "\(sql): nothing was said")
    } catch {
      #expect("\(error)".hasPrefix(path) && "\(error)".contains(said) && !said.isEmpty, "\(sql): \(error)")
    }
  }

  // MARK: - Pages

  /// A list of runs whose pages lead to the same page again and again: more rows than could ever be read.
  @Test func whatNeverEndsIsEnded() throws {
    do {
      let workspace = try Workspace.forTests(path)
      for _ in 1...40 { _ = try ScriptedDriver.run(in: workspace) }
    }
    let root = try DatabaseQueue(path: path).read {
      try Int.fetchOne($0, sql: "SELECT rootpage FROM sqlite_master WHERE name = 'runs'")
    }
    try forge("PRAGMA page_count")  // puts the log into the file
    var bytes = [UInt8](try scratch.bytes("w.sqlite"))
    let size = 4096
    let start = (try #require(root) - 1) * size
    try #require(bytes[start] == 5, "an inner page of a table")
    func number(_ at: Int, _ count: Int) -> Int { bytes[at..<at + count].reduce(0) { $0 << 8 | Int($1) } }
    func put(_ value: Int, _ at: Int, in page: inout [UInt8]) {
      for offset in 0..<4 { page[at + offset] = UInt8(truncatingIfNeeded: value >> (8 * (3 - offset))) }
    }
    let first = bytes.count / size + 1
    let leaf = number(start + 8, 4)
    let cells = (0..<number(start + 3, 2)).map { number(start + 12 + 2 * $0, 2) }
    for level in 0..<16 {
      var page = Array(bytes[start..<start + size])
      let next = level == 15 ? leaf : first + level + 1
      for cell in cells { put(next, cell, in: &page) }
      put(next, 8, in: &page)
      bytes += page
    }
    for cell in cells + [8] { put(first, start + cell, in: &bytes) }
    // As long as the file says.
    put(bytes.count / size, 28, in: &bytes)
    _ = try scratch.write("w.sqlite", bytes)

    let workspace = try Workspace.forTests(path, readOnly: true)
    #expect { try workspace.runList() } throws: {
      "\($0)" == "\(path): the list of runs is damaged: a run stands in it twice"
    }
    #expect { try workspace.pulse() } throws: {
      "\($0)" == "\(path): the workspace is damaged: it leads to more rows than it has bytes; it is kept as it is"
    }
    #expect(try workspace.integrityProblems() != [])
  }
}
