import Foundation
import GRDB
import Vocabulary

/// A commit, or the taking back of one, in the few words that lists of problems need.
public struct CommitHead: Equatable, Sendable {
  /// The entry's place in the log, from 1.
  public let sequence: Int
  /// The entry's id.
  public let id: String
  /// Who wrote it.
  public let who: String
  /// The problem of the trajectory committed; nil for an undo.
  public let problem: String?
  /// What the person said of it; nil where nothing was said, and for an undo.
  public let verdict: Judgement.Verdict?
  /// The commit that is taken back; nil for a commit.
  public let undoes: String?
}

extension Workspace {
  /// The sixth step of the workspace: the commits of one problem, and what takes a commit back, are found without reading others.
  ///
  /// SQLite itself keeps the indices in step with the entries. One that cannot be read is in neither.
  static let commitIndices = """
    CREATE INDEX commits_by_problem ON commits (\(field("problem.id"))) WHERE \(field("problem.id")) IS NOT NULL;
    CREATE INDEX commits_by_undone ON commits (\(field("undoes"))) WHERE \(field("undoes")) IS NOT NULL;
    """

  /// A field of an entry, as SQL.
  private static func field(_ path: String) -> String {
    "CASE WHEN json_valid(CAST(entry AS TEXT)) THEN json_extract(CAST(entry AS TEXT), '$.\(path)') END"
  }

  /// What was committed and taken back after place `sequence` of the log, in order. Entries that cannot be read are left out.
  ///
  /// Complexity: O(bytes of those entries).
  public func commitHeads(after sequence: Int) throws -> [CommitHead] {
    try read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT sequence, id, \(Self.field("who")) AS who, \(Self.field("problem.id")) AS problem,
            \(Self.field("verdict")) AS verdict, \(Self.field("undoes")) AS undoes
          FROM commits WHERE sequence > ? ORDER BY sequence
          """, arguments: [sequence])
      return try rows.compactMap { row in
        guard let who: String = try row.readIfPresent("who") else { return nil }
        let verdict: String? = try row.readIfPresent("verdict")
        return CommitHead(
          sequence: try row.read("sequence"), id: try row.read("id"), who: who,
          problem: try row.readIfPresent("problem"),
          verdict: verdict.flatMap { Judgement.Verdict(rawValue: $0) }, undoes: try row.readIfPresent("undoes"))
      }
    }
  }

  /// The part of the log that is about one problem: its commits, and what took some of them back, in order. Ids still stand for
  /// the whole log. Throws where a row is damaged. Complexity: O(entries found).
  public func commitLog(ofProblem problem: String) throws -> CommitLog {
    try read { db in
      let decoder = CanonicalJSON.decoder()
      func entries(_ condition: String, _ arguments: StatementArguments) throws -> [(place: Int, entry: CommitEntry)] {
        try Row.fetchAll(
          db, sql: "SELECT sequence, entry FROM commits WHERE \(condition)", arguments: arguments
        ).map { row in
          let place: Int = try row.read("sequence")
          return (place, try CommitIndex.decoded(CommitEntry.self, from: row, at: place, decoder, path: path))
        }
      }
      let commits = try entries("\(Self.field("problem.id")) = ?", [problem])
      let undos = try commits.flatMap { try entries("\(Self.field("undoes")) = ?", [$0.entry.id]) }
      return CommitLog((commits + undos).sorted { $0.place < $1.place }.map(\.entry))
    }
  }
}

/// What changes when anything is done in a workspace: to be compared with what it was before.
public struct WorkspacePulse: Equatable, Sendable {
  private let commits: Int
  private let runs: Int
  private let updated: String?

  init(_ db: Database) throws {
    commits = try Int.fetchOne(db, sql: "SELECT MAX(sequence) FROM commits") ?? 0
    let row = try Row.fetchOne(db, sql: "SELECT COUNT(*) AS count, MAX(updated) AS updated FROM runs")
    (runs, updated) = (try row?.read("count") ?? 0, try row?.readIfPresent("updated"))
  }
}

extension Workspace {
  /// How far commits and runs have come. Complexity: O(runs), a fraction of a microsecond each.
  public func pulse() throws -> WorkspacePulse { try read { try WorkspacePulse($0) } }
}
