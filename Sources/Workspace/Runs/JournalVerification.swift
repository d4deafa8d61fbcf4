import Foundation
import TreeInsight
import TreeSearch
import Vocabulary

/// What ``Workspace/verify(run:)`` found.
public struct JournalReport: Codable, Equatable, Sendable {
  /// The run.
  public let run: String
  /// Events in its journal.
  public let events: Int
  /// Nodes shown after them.
  public let nodes: Int
  /// Simulations after them.
  public let simulations: Int
  /// What does not agree; empty where all is well.
  public let problems: [String]

  /// True where nothing was found.
  public var ok: Bool { problems.isEmpty }

  private enum CodingKeys: String, CodingKey { case run, events, nodes, simulations, problems, ok }

  /// Writes the fields and `ok`.
  public func encode(to encoder: any Encoder) throws {
    var c = encoder.container(keyedBy: CodingKeys.self)
    try c.encode(run, forKey: .run)
    try c.encode(events, forKey: .events)
    try c.encode(nodes, forKey: .nodes)
    try c.encode(simulations, forKey: .simulations)
    try c.encode(problems, forKey: .problems)
    try c.encode(ok, forKey: .ok)
  }

  /// Reads the fields; `ok` follows from them.
  public init(from decoder: any Decoder) throws {
    let c = try decoder.container(keyedBy: CodingKeys.self)
    run = try c.decode(String.self, forKey: .run)
    events = try c.decode(Int.self, forKey: .events)
    nodes = try c.decode(Int.self, forKey: .nodes)
    simulations = try c.decode(Int.self, forKey: .simulations)
    problems = try c.decode([String].self, forKey: .problems)
  }

  init(run: String, events: Int, nodes: Int, simulations: Int, problems: [String]) {
    self.run = run
    self.events = events
    self.nodes = nodes
    self.simulations = simulations
    self.problems = problems
  }
}

extension Workspace {
  /// Replays the journal of `run` and compares: bytes with their digest, numbers without gaps, the tree's invariants, the
  /// stored totals, and the tree of a second replay, for which another reader decodes the events.
  ///
  /// Damage is reported, not thrown; throws only where there is no such run. Complexity: O(events × depth).
  public func verify(run id: String) throws -> JournalReport {
    let record: RunRecord
    do {
      record = try run(id)
    } catch let error as WorkspaceError where error.kind == .damaged {
      return JournalReport(run: id, events: 0, nodes: 0, simulations: 0, problems: [error.description])
    }
    do {
      let journal = try storedEvents(of: record.id)
      return try report(RunRecord(summary: journal.summary, header: record.header), journal)
    } catch let error as WorkspaceError {
      return JournalReport(
        run: record.id, events: record.summary.eventCount, nodes: 1, simulations: 0, problems: [error.description])
    }
  }

  /// What ``verify(run:)`` finds in a run of which `record` and the whole `journal` were read at one moment.
  func report(_ record: RunRecord, _ journal: StoredEvents) throws -> JournalReport {
    var problems: [String] = []
    if try RunFingerprint.of(record.header) != record.summary.fingerprint {
      problems.append("the header does not belong to the fingerprint \(record.summary.fingerprint.printable)")
    }
    var replay = TwoReplays(record.header)
    for row in journal.rows { replay.read(row) }
    if replay.digest != record.summary.digest {
      problems.append("the journal's bytes do not have the digest that was kept of them")
    }
    if let damage = replay.damage {
      problems.append(damaged(record.id, damage.event, damage.reason).description)
    } else {
      problems += TreeAudit.findings(replay.tree)
      problems += Self.differences(record.summary.totals, RunTotals(tree: replay.tree))
      if !replay.agree { problems.append("a second replay made another tree") }
    }
    return JournalReport(
      run: record.id, events: record.summary.eventCount, nodes: replay.tree.nodeCount,
      simulations: replay.tree.simulations, problems: problems)
  }

  private static func differences(_ stored: RunTotals, _ replayed: RunTotals) -> [String] {
    var found: [String] = []
    func compare<T: Equatable>(_ name: String, _ a: T, _ b: T) {
      if a != b { found.append("\(name): the run's row says \(a), its journal \(b)") }
    }
    compare("simulations", stored.simulations, replayed.simulations)
    compare("nodes", stored.nodes, replayed.nodes)
    compare("policy tokens", stored.tokens.policy, replayed.tokens.policy)
    compare("rollout tokens", stored.tokens.rollout, replayed.tokens.rollout)
    compare("critic tokens", stored.tokens.critic, replayed.tokens.critic)
    compare("reused tokens", stored.tokens.reused, replayed.tokens.reused)
    compare("stop", stored.stopped?.rawValue ?? "none", replayed.stopped?.rawValue ?? "none")
    return found
  }
}
