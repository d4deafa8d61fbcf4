import GRDB
import Vocabulary

extension Workspace {
  /// Keeps a note with its run in place of what was noted of the same kind at the same place; takes that away where the note
  /// has no text.
  ///
  /// Whoever reads the run may note something of it, while another process writes its journal, too. Throws
  /// ``WorkspaceError``.
  public func keep(_ note: RunNote, of id: String) throws {
    try write { db in
      guard let text = note.text else {
        return try db.execute(
          sql: "DELETE FROM annotations WHERE run = (SELECT row FROM runs WHERE id = ?) AND kind = ? AND place = ?",
          arguments: [id, note.kind.rawValue, note.place])
      }
      try db.execute(
        sql: """
          INSERT INTO annotations (run, kind, place, text) SELECT row, ?2, ?3, ?4 FROM runs WHERE id = ?1
          ON CONFLICT (run, kind, place) DO UPDATE SET text = excluded.text
          """,
        arguments: [id, note.kind.rawValue, note.place, text])
      if db.changesCount == 0 { throw WorkspaceError(.missing, "\(path): there is no run '\(id)'") }
    }
  }

  /// What was noted of a run, by kind and place. Kinds of a later version are left out. Complexity: O(notes).
  public func notes(of run: String) throws -> [RunNote] {
    try read { db in
      // A workspace of version 1 that can only be read has no such table.
      guard try db.tableExists("annotations") else { return [] }
      return try Row.fetchAll(
        db, sql: "SELECT kind, place, text FROM annotations JOIN runs ON row = run WHERE id = ? ORDER BY kind, place",
        arguments: [run]
      ).compactMap { row in
        guard let kind = RunNote.Kind(rawValue: try row.read("kind")) else { return nil }
        return RunNote(kind, at: try row.read("place"), try row.read("text", as: String.self))
      }
    }
  }

  /// Notes of `run` what is not noted of it yet.
  func copy(_ notes: [RunNote], to run: String, _ db: Database) throws {
    let insert = try db.cachedStatement(
      sql: """
        INSERT INTO annotations (run, kind, place, text) SELECT row, ?, ?, ? FROM runs WHERE id = ?
        ON CONFLICT (run, kind, place) DO NOTHING
        """)
    for note in notes { try insert.execute(arguments: [note.kind.rawValue, note.place, note.text, run]) }
  }
}
