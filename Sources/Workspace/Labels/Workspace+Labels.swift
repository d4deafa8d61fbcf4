import Foundation
import GRDB
import Vocabulary

extension Workspace {
  /// Appends what people say, all of it or nothing; by default it is said now. Throws ``WorkspaceError``.
  ///
  /// - Returns: The entries, in the order of `labels`.
  @discardableResult
  public func append(_ labels: [Label], at moment: String? = nil) throws -> [LabelEntry] {
    guard !labels.isEmpty else { return [] }
    let moment = moment ?? Timestamp.text(now())
    return try write(durably: true) { try append(labels.map { (moment, $0) }, $0) }
  }

  /// Appends labels that were given at these moments.
  func append(_ labels: [(at: String, label: Label)], _ db: Database) throws -> [LabelEntry] {
    let last = try Row.fetchOne(db, sql: "SELECT sequence, entry FROM labels ORDER BY sequence DESC LIMIT 1")
    var sequence: Int = try last?.read("sequence") ?? 0
    var previous = try last.map { try CanonicalJSON.value(LabelEntry.self, from: $0.read("entry")).id }
    let insert = try db.cachedStatement(sql: "INSERT INTO labels (sequence, problem, run, entry) VALUES (?, ?, ?, ?)")
    return try labels.map { at, label in
      let entry = try LabelEntry(previous: previous, at: at, label: label)
      sequence += 1
      previous = entry.id
      try insert.execute(
        arguments: [sequence, label.subject.problem, label.subject.run, try CanonicalJSON.data(entry)])
      return entry
    }
  }

  /// Gives every label to `body`, the oldest first, one in memory at a time. Throws where a row is damaged.
  ///
  /// Complexity: O(labels).
  public func forEachLabel(_ body: (LabelEntry) throws -> Void) throws {
    try read { try forEachLabel($0) { try body($1) } }
  }

  /// The labels of a run, or of a problem in whatever run, the oldest first. Complexity: O(labels found).
  public func labels(ofRun run: String) throws -> [LabelEntry] { try labels(where: "run = ?", [run]) }

  /// The labels of a problem in whatever run, the oldest first. Complexity: O(labels found).
  public func labels(ofProblem problem: String) throws -> [LabelEntry] { try labels(where: "problem = ?", [problem]) }

  /// Checks the log of labels: no gap, every id the digest of its entry, each entry behind the one before it. Findings are reported,
  /// not thrown; empty where all is well. Complexity: O(bytes).
  public func verifyLabels() throws -> [String] {
    var found: [String] = []
    var previous: String?
    do {
      try read { db in
        try forEachLabel(db) { sequence, entry in
          if try !entry.isWhole() {
            found.append(
              "label \(sequence) (\(entry.id.printable)): its content does not have the digest that its id states")
          }
          if entry.previous != previous {
            found.append(
              "label \(sequence) (\(entry.id.printable)): it does not follow the label that stands before it")
          }
          previous = entry.id
        }
      }
    } catch let error as WorkspaceError where error.kind == .damaged {
      found.append(error.description)
    }
    return found
  }

  private func labels(where condition: String, _ arguments: StatementArguments) throws -> [LabelEntry] {
    var found: [LabelEntry] = []
    try read { try forEachLabel($0, where: condition, arguments) { found.append($1) } }
    return found
  }

  /// Gives the labels of which `condition` (nil: none) holds to `body` with their places in the log, from 1.
  func forEachLabel(
    _ db: Database, where condition: String? = nil, _ arguments: StatementArguments = [],
    _ body: (Int, LabelEntry) throws -> Void
  ) throws {
    // A workspace of an earlier version that can only be read has no such table.
    guard try db.tableExists("labels") else { return }
    let decoder = CanonicalJSON.decoder()
    let rows = try Row.fetchCursor(
      db, sql: "SELECT sequence, entry FROM labels WHERE \(condition ?? "TRUE") ORDER BY sequence",
      arguments: arguments)
    var before = 0
    while let row = try rows.next() {
      let sequence: Int = try row.read("sequence")
      if condition == nil, sequence != before + 1 {
        throw WorkspaceError(.damaged, "\(path): label \(before + 1) is missing")
      }
      before = sequence
      let entry: LabelEntry
      do {
        entry = try decoder.decode(LabelEntry.self, from: row.read("entry"))
      } catch {
        throw WorkspaceError(.damaged, "\(path): label \(sequence) is damaged: \(CanonicalJSON.reason(error))")
      }
      try body(sequence, entry)
    }
  }
}
