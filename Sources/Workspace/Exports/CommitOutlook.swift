import Vocabulary

extension Workspace {
  /// What the formats of ``DatasetFormat/all`` would make of a trajectory if it were committed now with this judgement, beside what
  /// is committed of the same problem: rows by format, in the formats' order, without those that make none.
  ///
  /// Throws ``WorkspaceError``. Complexity: O(commits of the problem), and of their journals for formats that finish paths.
  public func outlook(on trajectory: Trajectory, _ judgement: Judgement) throws -> [(format: String, rows: Int)] {
    let log = try commitLog(ofProblem: trajectory.problem.id)
    let entry = try CommitEntry(
      previous: log.entries.last?.id, at: Timestamp.text(now()), who: judgement.who ?? author,
      verdict: judgement.verdict, note: judgement.note, content: .commit(trajectory))
    let whole = CommitLog(log.entries + [entry])
    let ledger = LabelLedger(try labels(ofProblem: trajectory.problem.id))
    let source = try DatasetSource(whole, labels: ledger, endings: PathEndings(of: self))
    guard let commit = whole.commits.last(where: { $0.id == entry.id }) else { return [] }
    return try DatasetFormat.all.compactMap { format in
      let rows = try format.yield(commit, source).rows.count
      return rows > 0 ? (format.name, rows) : nil
    }
  }
}
