import Foundation
import GRDB
import Vocabulary

/// What one person said of one commit beside the entry itself.
///
/// The entries of the log can never change, so what is said of a commit afterwards, or was read out of an old entry's note,
/// stands in a table of its own, as append-only as the log. Several people's judgements of one commit stand side by side.
public struct JudgementRecord: Equatable, Sendable {
  /// The id of the commit's entry.
  public let commit: String
  /// The verdict on the trajectory as a whole; nil where none was given.
  public let verdict: Judgement.Verdict?
  /// A remark, possibly empty.
  public let note: String
  /// Who judged.
  public let who: String
  /// When, ISO 8601 in UTC.
  public let at: String

  /// A record with its fields as given.
  public init(commit: String, verdict: Judgement.Verdict?, note: String, who: String, at: String) {
    self.commit = commit
    self.verdict = verdict
    self.note = note
    self.who = who
    self.at = at
  }

  /// What the person who wrote `entry`, a commit of an earlier version, said in its note; nil where that holds no verdict.
  init?(inNoteOf entry: CommitEntry) {
    guard entry.trajectory != nil, entry.verdict == nil, let (verdict, rest) = Self.spoken(in: entry.note) else {
      return nil
    }
    self.init(commit: entry.id, verdict: verdict, note: rest, who: entry.who, at: entry.at)
  }

  /// Splits `WORD: rest` or `WORD`, which is how the commit form wrote its word and its note before verdicts were. Nil where
  /// the word is none of those that people use for a verdict: then the whole is a note.
  static func spoken(in note: String) -> (verdict: Judgement.Verdict, rest: String)? {
    let parts = note.firstRange(of: ": ").map { (note[..<$0.lowerBound], note[$0.upperBound...]) } ?? (note[...], "")
    let word = parts.0.trimmingCharacters(in: .whitespaces).lowercased()
    let verdict = words.first { $0.words.contains(word) }
    return verdict.map { ($0.verdict, String(parts.1)) }
  }

  /// The words, in lower case. One that is missing here stays in the note, and nothing is concluded from it.
  private static let words: [(verdict: Judgement.Verdict, words: Set<String>)] = [
    (.good, ["good", "right", "correct", "great", "fine", "ok", "okay"]),
    (.bad, ["bad", "wrong", "incorrect", "false", "poor", "broken", "reject", "rejected", "refused"]),
    (.unsure, ["unsure", "uncertain", "unclear", "unknown", "doubtful", "maybe", "?"]),
  ]
}

extension JudgementRecord {
  /// The table's third step: its making, and what the notes of the commits that stand there say.
  ///
  /// An entry that cannot be read is passed over; whoever reads or verifies the log is told of it.
  static func migrate(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE judgements (
          sequence INTEGER PRIMARY KEY NOT NULL,
          entry TEXT NOT NULL,
          verdict TEXT,
          note TEXT NOT NULL,
          who TEXT NOT NULL,
          at TEXT NOT NULL
        );
        \(Schema.appendOnly("judgements", "judgements are append-only"))
        """)
    let decoder = CanonicalJSON.decoder()
    let entries = try Data.fetchAll(db, sql: "SELECT entry FROM commits ORDER BY sequence")
    for entry in entries.compactMap({ try? decoder.decode(CommitEntry.self, from: $0) }) {
      try JudgementRecord(inNoteOf: entry)?.insert(db)
    }
  }

  /// Every record in order; those that ``migrate(_:)`` would make of `entries` where a workspace of an earlier version can
  /// only be read. Throws ``WorkspaceError``.
  static func all(_ db: Database, of entries: [CommitEntry], path: String) throws -> [JudgementRecord] {
    guard try db.tableExists("judgements") else { return entries.compactMap { JudgementRecord(inNoteOf: $0) } }
    var all: [JudgementRecord] = []
    try forEach(db, path: path) { all.append($1) }
    return all
  }

  /// Gives every record of the table with its number, from 1, to `body`. Throws ``WorkspaceError`` where one is missing or damaged.
  static func forEach(_ db: Database, path: String, _ body: (Int, JudgementRecord) throws -> Void) throws {
    let rows = try Row.fetchCursor(db, sql: "SELECT \(columns) FROM judgements ORDER BY sequence")
    var number = 0
    while let row = try rows.next() {
      number += 1
      try body(number, try JudgementRecord(row, number, path: path))
    }
  }

  /// The record with this number. Throws ``WorkspaceError`` where it is missing or damaged.
  static func at(_ number: Int, _ db: Database, path: String) throws -> JudgementRecord {
    let sql = "SELECT \(columns) FROM judgements WHERE sequence = ?"
    return try JudgementRecord(try Row.fetchOne(db, sql: sql, arguments: [number]), number, path: path)
  }

  private static let columns = "sequence, entry, verdict, note, who, at"

  private init(_ row: Row?, _ number: Int, path: String) throws {
    guard let row, try row.read("sequence") == number else {
      throw WorkspaceError(.damaged, "\(path): judgement \(number) is missing")
    }
    let word: String? = try row.readIfPresent("verdict")
    let verdict = word.flatMap { Judgement.Verdict(rawValue: $0) }
    if let word, verdict == nil {
      throw WorkspaceError(
        .damaged, "\(path): judgement \(number) is damaged: expected good, bad or unsure, found '\(word)'")
    }
    do {
      self.init(
        commit: try row.read("entry"), verdict: verdict, note: try row.read("note"), who: try row.read("who"),
        at: try row.read("at"))
    } catch {
      throw WorkspaceError(.damaged, "\(path): judgement \(number) is damaged: \(error)")
    }
  }

  /// Appends the record.
  func insert(_ db: Database) throws {
    try db.execute(
      sql: """
        INSERT INTO judgements (sequence, entry, verdict, note, who, at)
        SELECT COALESCE(MAX(sequence), 0) + 1, ?, ?, ?, ?, ? FROM judgements
        """, arguments: [commit, verdict?.rawValue, note, who, at])
  }
}
