import Foundation
import GRDB
import Vocabulary

/// A run as a list of many shows it, read without what such a list leaves out: twenty thousand take a tenth of a second.
public struct RunLine: Equatable, Sendable {
  /// The run's id.
  public let id: String
  /// The problem's id.
  public let problem: String
  /// When it was made: ISO 8601, UTC, to the second.
  public let created: String
  /// Events in its journal.
  public let events: Int
  /// What it came to; nil where what the workspace says of it is damaged (``Workspace/verify(run:)`` says how).
  public let totals: Totals?

  /// What a run came to, as a list shows it.
  public struct Totals: Equatable, Sendable {
    /// Simulations made.
    public let simulations: Int
    /// Nodes of its tree.
    public let nodes: Int
    /// Why it stopped; nil where it may go on.
    public let stopped: StopReason?
  }
}

extension Workspace {
  /// Every run as a line, the oldest first. A run whose line is damaged hides no other. Complexity: O(runs).
  public func forEachRunLine(_ body: (RunLine) throws -> Void) throws {
    func total(_ name: String) -> String {
      "CASE WHEN json_valid(CAST(totals AS TEXT)) THEN json_extract(CAST(totals AS TEXT), '$.\(name)') END"
    }
    let totals = ["simulations", "nodes", "stopped"].map(total).joined(separator: ", ")
    try forEachRow("id, problem, created, events, \(totals), row") { try body(RunLine($0)) }
  }
}

extension RunLine {
  /// Bytes of a moment as the workspace writes it, to the millisecond.
  private static let momentLength = 24

  /// By the columns of the query above; SQLite keeps values of any type in any column.
  fileprivate init(_ row: Row) {
    id = String.fromDatabaseValue(row[0]) ?? ""
    problem = String.fromDatabaseValue(row[1]) ?? ""
    let moment = String.fromDatabaseValue(row[2]) ?? ""
    created = moment.prefix(19) + "Z"
    events = Int.fromDatabaseValue(row[3]) ?? 0
    let stopped = String.fromDatabaseValue(row[6])
    let range = 0...1 << 50
    if let simulations = Int.fromDatabaseValue(row[4]), let nodes = Int.fromDatabaseValue(row[5]),
      range.contains(simulations), range.contains(nodes), moment.utf8.count == Self.momentLength,
      stopped == nil || stopped.flatMap(StopReason.init) != nil
    {
      totals = Totals(simulations: simulations, nodes: nodes, stopped: stopped.flatMap(StopReason.init))
    } else {
      totals = nil
    }
  }
}
