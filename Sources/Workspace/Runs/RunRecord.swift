import Foundation
import TreeInsight
import TreeSearch
import Vocabulary

/// Where a run stands, kept beside its journal so that lists need not replay it.
public struct RunTotals: Codable, Equatable, Sendable {
  /// Why the search last stopped; nil while it may go on.
  public var stopped: StopReason?
  /// Simulations, N of the root.
  public var simulations: Int
  /// Nodes shown, the root included.
  public var nodes: Int
  /// Tokens spent, by role.
  public var tokens: TokenUsage
  /// The answer that the run's final selection gave when last computed.
  public var answer: String?
  /// How many of the paper's five final selections gave it; nil where that was not computed.
  public var agreement: Int?
  /// True where some trajectory gave the reference's answer and no final selection chose it; nil where that was not computed, or
  /// there is no reference.
  public var missesRight: Bool?
  /// What a person's look at the run is worth; nil where that was not computed.
  public var worth: CurationWorth?

  /// Totals with their fields as given; by default those of a run before its first event.
  public init(
    stopped: StopReason? = nil, simulations: Int = 0, nodes: Int = 1, tokens: TokenUsage = TokenUsage(),
    answer: String? = nil, agreement: Int? = nil
  ) {
    self.stopped = stopped
    self.simulations = simulations
    self.nodes = nodes
    self.tokens = tokens
    self.answer = answer
    self.agreement = agreement
  }

  /// The totals of `tree`; computing `answer` costs O(nodes) and is left to the caller. Complexity: O(1).
  public init(tree: SearchTree, answer: String? = nil) {
    self.init(
      stopped: tree.stopReason, simulations: tree.simulations, nodes: tree.nodeCount, tokens: tree.usage,
      answer: answer)
  }

  /// The totals of a tree at rest, with what its final selections say. Complexity: O(nodes).
  public init(atRest tree: SearchTree) {
    self.init(tree: tree)
    let finals = tree.finalAnswers()
    let chosen = finals[tree.finalSelection]
    answer = chosen?.answer
    if tree.header.problem.answer != nil { missesRight = tree.rightAndNotChosen(finals) != nil }
    if tree.simulations > 0 { worth = CurationWorth(tree, chosen: chosen) }
    agreement = answer.map { answer in
      FinalSelection.paper.count { finals[$0].map { tree.header.problem.agree($0.answer, answer) } == true }
    }
  }
}

extension RunTotals {
  /// True where no number is negative, or so great that sums of them could not be held.
  var arePossible: Bool {
    let range = 0...1 << 50
    return [
      simulations, nodes, tokens.policy, tokens.rollout, tokens.critic, tokens.reused, agreement ?? 0,
    ].allSatisfy { range.contains($0) }
  }
}

/// What a workspace holds of runs.
public struct RunList: Sendable {
  /// Those that can be read, the oldest first.
  public internal(set) var runs: [RunSummary] = []
  /// What is wrong with the others.
  public internal(set) var damage: [Damage] = []

  /// A run that cannot be read.
  public struct Damage: Sendable {
    /// Its id, as far as that can be read.
    public let run: String
    /// Why, in words that name it.
    public let error: WorkspaceError

    /// The same as ``Workspace/verify(run:)`` would say it.
    public var report: JournalReport {
      JournalReport(run: run, events: 0, nodes: 0, simulations: 0, problems: [error.description])
    }
  }
}

/// A run as lists show it.
public struct RunSummary: Equatable, Sendable, Identifiable {
  /// Unique in the workspace: the fingerprint, with `-2`, `-3`… where it has several of one fingerprint.
  public let id: String
  /// ``RunFingerprint`` of the header.
  public let fingerprint: String
  /// The problem's id.
  public let problem: String
  /// When it was made.
  public let created: Date
  /// When its journal last grew.
  public let updated: Date
  /// Events in its journal.
  public let eventCount: Int
  /// Where it stands.
  public let totals: RunTotals
  /// Row in the table; names the run in journal keys and locks.
  let row: Int64
  /// SHA-256 chain over the journal: digest of (digest so far, event's bytes), from 32 zero bytes.
  let digest: [UInt8]
}

/// A run with what fixed it.
public struct RunRecord: Equatable, Sendable, Identifiable {
  /// What lists show.
  public let summary: RunSummary
  /// What fixed the run before its first event.
  public let header: RunHeader

  /// Unique in the workspace.
  public var id: String { summary.id }
}

/// The name of a run: a function of its header alone, so the same search has the same name everywhere.
public enum RunFingerprint {
  /// `PROBLEM-sSEED-XXXXXXXX`: the X are the first 8 hexadecimal digits of SHA-256 of the header's canonical JSON.
  public static func of(_ header: RunHeader) throws -> String { of(header, json: try CanonicalJSON.data(header)) }

  /// The same of a header that is written already.
  static func of(_ header: RunHeader, json: Data) -> String {
    "\(header.problem.id)-s\(header.seed)-\(SHA256.hex(json).prefix(8))"
  }
}
