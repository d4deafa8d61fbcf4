import Foundation
import GRDB
import TreeSearch
import Vocabulary

/// A problem as a file gave it.
public struct LoadedProblem: Equatable, Sendable {
  /// What a search needs.
  public var problem: Problem
  /// The fields of the line that a ``Problem`` has no place for, as one JSON object in the order and spelling of the
  /// file; nil where there were none.
  public var extra: String?
  /// The line it stood on, from 1.
  public var line: Int

  /// A loaded problem with its fields as given.
  public init(problem: Problem, extra: String? = nil, line: Int = 1) {
    self.problem = problem
    self.extra = extra
    self.line = line
  }

  /// A text among the fields that etascope does not know. Complexity: O(length of ``extra``).
  public func text(_ field: String) -> String? { member(field)?.text }

  /// The texts of a list among them; nil where it is no list of texts.
  private func texts(_ field: String) -> [String]? {
    member(field).flatMap { try? JSONDecoder().decode([String].self, from: Data($0.raw)) }
  }

  /// The oldest problems that it was made from, by id: its field `roots`, else `root`; nil where it has neither.
  public var roots: [String]? {
    if let roots = texts("roots"), !roots.isEmpty { return roots }
    return text("root").map { [$0] }
  }

  private func member(_ field: String) -> JSONScanner.Member? {
    guard let extra, let members = try? JSONScanner.members(of: Array(extra.utf8)[...], knowsNaN: true) else {
      return nil
    }
    return members.first { $0.key == field }
  }
}

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

  /// Gives every problem kept to `body`, by id, one in memory at a time. Throws where one is damaged. Complexity: O(problems).
  public func forEachProblem(_ body: (LoadedProblem) throws -> Void) throws {
    try read { db in
      let rows = try Row.fetchCursor(db, sql: "SELECT id, problem, extra FROM problems ORDER BY id")
      while let row = try rows.next() { try body(try loadedProblem(row)) }
    }
  }

  /// The problem called `id`; nil where there is none.
  public func problem(_ id: String) throws -> LoadedProblem? {
    try read { try Row.fetchOne($0, sql: "SELECT id, problem, extra FROM problems WHERE id = ?", arguments: [id]) }
      .map { try loadedProblem($0) }
  }

  /// The root ancestors of problems that were made from others, by id (``LoadedProblem/roots``). Complexity: O(problems).
  public func rootAncestors() throws -> [String: [String]] {
    var roots: [String: [String]] = [:]
    try forEachProblem { if let own = $0.roots { roots[$0.problem.id] = own } }
    return roots
  }

  private func loadedProblem(_ row: Row) throws -> LoadedProblem {
    do {
      return LoadedProblem(
        problem: try CanonicalJSON.value(Problem.self, from: row.read("problem")), extra: try row.readIfPresent("extra")
      )
    } catch {
      let id: String = (try? row.read("id")) ?? "without an id"
      throw WorkspaceError(.damaged, "\(path): problem \(id) is damaged: \(CanonicalJSON.reason(error))")
    }
  }
}
