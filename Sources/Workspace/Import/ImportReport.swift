/// What an import from one workspace did.
public struct ImportReport: Codable, Equatable, Sendable {
  /// What became of a run.
  public enum Outcome: String, Codable, Sendable {
    /// It is a run of its own here now.
    case new
    /// The run was here, with fewer events; the others were appended.
    case grown
    /// The run was here with all its events; nothing was changed.
    case known
  }

  /// A run of the source.
  public struct Run: Codable, Equatable, Sendable {
    /// Its id in the source.
    public let from: String
    /// Its id here: the same where that was free.
    public let run: String
    /// What became of it.
    public let outcome: Outcome
  }

  /// The workspace that was read.
  public let source: String
  /// Its runs, the oldest first.
  public let runs: [Run]
  /// Entries that were appended to the commit log.
  public let entries: Int

  /// Runs with this outcome.
  public func count(_ outcome: Outcome) -> Int { runs.count { $0.outcome == outcome } }
}
