import GRDB
import TreeSearch

extension Workspace {
  /// Notes something of a run in place of what was noted of the same kind at the same place.
  ///
  /// Whoever reads the run may note something of it, while another process writes its journal, too. Throws
  /// ``WorkspaceError``.
  public func annotate(run id: String, _ annotation: Annotation) throws {
    try write { db in
      try db.execute(
        sql: """
          INSERT INTO annotations (run, kind, place, text) SELECT row, ?2, ?3, ?4 FROM runs WHERE id = ?1
          ON CONFLICT (run, kind, place) DO UPDATE SET text = excluded.text
          """,
        arguments: [id, annotation.kind.rawValue, annotation.place, annotation.text])
      if db.changesCount == 0 { throw WorkspaceError(.missing, "\(path): there is no run '\(id)'") }
    }
  }

  /// Takes away what was noted; does nothing where nothing was. Throws ``WorkspaceError``.
  public func removeAnnotation(_ kind: Annotation.Kind, at place: Int, of run: String) throws {
    try write { db in
      try db.execute(
        sql: "DELETE FROM annotations WHERE run = (SELECT row FROM runs WHERE id = ?) AND kind = ? AND place = ?",
        arguments: [run, kind.rawValue, place])
    }
  }

  /// What was noted of a run, by kind and place. Kinds of a later version are left out. Complexity: O(annotations).
  public func annotations(of run: String) throws -> [Annotation] {
    try read { db in
      // A workspace of version 1 that can only be read has no such table.
      guard try db.tableExists("annotations") else { return [] }
      return try Row.fetchAll(
        db, sql: "SELECT kind, place, text FROM annotations JOIN runs ON row = run WHERE id = ? ORDER BY kind, place",
        arguments: [run]
      ).compactMap { row in
        Annotation.Kind(rawValue: row["kind"]).map { Annotation($0, at: row["place"], row["text"]) }
      }
    }
  }

  /// Notes of `run` what is not noted of it yet.
  func copy(_ annotations: [Annotation], to run: String, _ db: Database) throws {
    let insert = try db.cachedStatement(
      sql: """
        INSERT INTO annotations (run, kind, place, text) SELECT row, ?, ?, ? FROM runs WHERE id = ?
        ON CONFLICT (run, kind, place) DO NOTHING
        """)
    for note in annotations { try insert.execute(arguments: [note.kind.rawValue, note.place, note.text, run]) }
  }
}
