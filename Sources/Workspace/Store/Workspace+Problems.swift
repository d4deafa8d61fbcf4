import Foundation
import GRDB
import TreeSearch
import Vocabulary

extension Workspace {
  /// Keeps `problems`; one whose id is known replaces the older text. All or none. Complexity: O(problems).
  public func save(_ problems: [LoadedProblem]) throws {
    let rows = try problems.map { ($0.problem.id, try CanonicalJSON.data($0.problem), $0.extra) }
    try write { db in
      let statement = try db.cachedStatement(
        sql: """
          INSERT INTO problems (id, problem, extra) VALUES (?, ?, ?)
          ON CONFLICT (id) DO UPDATE SET problem = excluded.problem, extra = excluded.extra
          """)
      for (id, problem, extra) in rows { try statement.execute(arguments: [id, problem, extra]) }
    }
  }

  /// The problems kept, by id. Complexity: O(problems).
  public func problems() throws -> [LoadedProblem] {
    let rows = try read { try Row.fetchAll($0, sql: "SELECT id, problem, extra FROM problems ORDER BY id") }
    return try rows.map { try loadedProblem($0) }
  }

  /// The problem called `id`; nil where there is none.
  public func problem(_ id: String) throws -> LoadedProblem? {
    try read { try Row.fetchOne($0, sql: "SELECT id, problem, extra FROM problems WHERE id = ?", arguments: [id]) }
      .map { try loadedProblem($0) }
  }

  private func loadedProblem(_ row: Row) throws -> LoadedProblem {
    do {
      return LoadedProblem(problem: try CanonicalJSON.value(Problem.self, from: row["problem"]), extra: row["extra"])
    } catch {
      let id: String = row["id"]
      throw WorkspaceError(.damaged, "\(path): problem \(id) is damaged: \(CanonicalJSON.reason(error))")
    }
  }
}
