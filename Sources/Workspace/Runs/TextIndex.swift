import GRDB
import Vocabulary

/// Texts of runs in an index of SQLite's own (FTS5), in memory: nothing of it is part of a workspace, which would be another file to
/// whoever checks it. Calls block.
package final class TextIndex: Sendable {
  /// A text of a run.
  package struct Text: Sendable {
    let node: Int
    /// The rollout of the node whose text it is; -1 for the node's own step.
    let rollout: Int
    let text: String

    package init(node: Int, rollout: Int = -1, text: String) {
      (self.node, self.rollout, self.text) = (node, rollout, text)
    }
  }

  /// A place where something was found.
  package struct Hit: Hashable, Sendable {
    package let run: String
    package let node: Int
    package let rollout: Int
    /// What stands around it.
    package let text: String
  }

  private let queue: DatabaseQueue

  /// An index of nothing. Throws ``WorkspaceError`` where this SQLite has no FTS5.
  package init() throws {
    do {
      queue = try DatabaseQueue()
      try queue.write { db in
        try db.execute(
          sql: """
            CREATE TABLE known (run TEXT PRIMARY KEY NOT NULL, events INTEGER NOT NULL) WITHOUT ROWID;
            CREATE VIRTUAL TABLE texts USING fts5(run UNINDEXED, node UNINDEXED, rollout UNINDEXED, text);
            """)
      }
    } catch let error as DatabaseError {
      throw WorkspaceError(.refused, "texts cannot be indexed with this SQLite: \(error.message ?? "")".printable)
    }
  }

  /// True where the texts of a run are there, as of so many events.
  package func holds(_ run: String, events: Int) -> Bool {
    let known = try? queue.read { db in
      try Int.fetchOne(db, sql: "SELECT events FROM known WHERE run = ?", arguments: [run])
    }
    return known == events
  }

  /// Takes the texts of a run in the place of those that were there. Throws `DatabaseError`.
  package func take(_ texts: [Text], of run: String, events: Int) throws {
    try queue.write { db in
      try db.execute(sql: "DELETE FROM texts WHERE run = ?", arguments: [run])
      let insertion = try db.makeStatement(sql: "INSERT INTO texts (run, node, rollout, text) VALUES (?, ?, ?, ?)")
      for text in texts { try insertion.execute(arguments: [run, text.node, text.rollout, text.text]) }
      try db.execute(sql: "INSERT OR REPLACE INTO known (run, events) VALUES (?, ?)", arguments: [run, events])
    }
  }

  /// Where `query` stands, the best match first, and in how many places in all. Throws ``WorkspaceError`` for a query that cannot be
  /// read.
  package func find(_ query: String, limit: Int) throws -> (hits: [Hit], count: Int) {
    let match = try Self.match(query)
    return try queue.read { db in
      let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM texts WHERE texts MATCH ?", arguments: [match]) ?? 0
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT run, node, rollout, snippet(texts, 3, '', '', '…', 24) AS around FROM texts WHERE texts MATCH ?
          ORDER BY rank, run, node, rollout LIMIT ?
          """, arguments: [match, limit])
      return (rows.map { Hit(run: $0["run"], node: $0["node"], rollout: $0["rollout"], text: $0["around"]) }, count)
    }
  }

  /// A query in SQLite's language: words of which all must be there, the last also as the beginning of one; quotations as they stand;
  /// `or` between, `not` before what must not be there. Words are quoted, so that no sign of theirs is an operator.
  static func match(_ query: String) throws -> String {
    var (parts, isQuoted) = ([(text: String, isQuoted: Bool)](), false)
    // SQLite ends a text at a zero byte.
    for piece in SafeText.line(query, replacing: .space).split(separator: "\"", omittingEmptySubsequences: false) {
      if isQuoted {
        parts.append((String(piece), true))
      } else {
        parts += piece.split(separator: " ").map { (String($0), false) }
      }
      isQuoted.toggle()
    }
    // What has neither letter nor digit is no word to SQLite.
    parts.removeAll { part in !part.text.contains { $0.isLetter || $0.isNumber } }
    var (match, operation) = ("", "")
    for (index, part) in parts.enumerated() {
      let word = part.text.lowercased()
      if !part.isQuoted, word == "or" || word == "not", index + 1 < parts.count {
        if match.isEmpty { throw WorkspaceError(.refused, "\(word): expected a word before it") }
        operation = word == "or" ? " OR " : " NOT "
        continue
      }
      let isLast = index + 1 == parts.count && !part.isQuoted
      match += (match.isEmpty ? "" : operation.isEmpty ? " AND " : operation)
      match += "\"\(part.text.replacing("\"", with: "\"\""))\"" + (isLast ? " *" : "")
      operation = ""
    }
    if match.isEmpty { throw WorkspaceError(.refused, "expected a word or a number to look for") }
    return match
  }
}
