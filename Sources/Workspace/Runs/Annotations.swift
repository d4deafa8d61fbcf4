import GRDB
import TreeSearch

/// Something noted of a run: it stays with the run, changes nothing in the search, and is no part of the journal.
public struct Annotation: Hashable, Encodable, Sendable {
  /// What is noted.
  public enum Kind: String, CaseIterable, Encodable, Sendable {
    /// A node that a person wants to find again; the text is a remark, possibly empty.
    case bookmark
    /// A person's judgement of a step, for the next commit through it; the text is `good`, `bad` or `neutral`.
    case label
    /// A moment at which a breakpoint or a watchdog spoke; the text is what it said.
    case breakpoint
    /// A moment at which a trajectory was committed; the text is the entry's id.
    case commit
  }

  /// What is noted.
  public let kind: Kind
  /// Where: a node's number for bookmarks and labels, else how many events had happened.
  public let place: Int
  /// The words.
  public let text: String

  /// A note with its fields as given.
  public init(_ kind: Kind, at place: Int, _ text: String = "") {
    self.kind = kind
    self.place = place
    self.text = text
  }
}

extension Annotation.Kind {
  /// True where ``Annotation/place`` is a node's number.
  public var isOfNode: Bool { self == .bookmark || self == .label }
}

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
