import Vocabulary

/// The commit log as a value: entries in order, and what is said of them beside the log. Exports and statistics are
/// functions of it and of nothing else.
public struct CommitLog: Equatable, Sendable {
  /// Every entry, the oldest first.
  public let entries: [CommitEntry]

  /// What people said of commits beside the entries, in order: later judgements, and those that the notes of earlier
  /// versions hold.
  public let judgements: [JudgementRecord]

  /// A log of `entries` and `judgements` in their order.
  public init(_ entries: [CommitEntry], judgements: [JudgementRecord] = []) {
    self.entries = entries
    self.judgements = judgements
  }

  /// A commit with its state.
  public struct Commit: Equatable, Sendable, Identifiable {
    /// Its place in the log, from 1.
    public let sequence: Int
    /// The log's entry.
    public let entry: CommitEntry
    /// What the person who committed it says of it: the last judgement of theirs that stands beside the log, else the
    /// entry's own; with the labels of steps by the number of their node.
    public let judgement: Judgement
    /// What was committed.
    public let trajectory: Trajectory
    /// The entry that undid it; nil while it is active.
    public let undoneBy: CommitEntry?

    /// The entry's id.
    public var id: String { entry.id }
    /// True while it takes part in exports.
    public var isActive: Bool { undoneBy == nil }

    /// The commit that `entry` is, at its place in the log, with what its author said of it beside the log; nil for an undo.
    init?(at sequence: Int, _ entry: CommitEntry, own: JudgementRecord?, undoneBy: CommitEntry?) {
      guard let trajectory = entry.trajectory else { return nil }
      let labels = trajectory.steps.compactMap { step in step.label.map { (step.node, $0) } }
      (self.sequence, self.entry, self.trajectory, self.undoneBy) = (sequence, entry, trajectory, undoneBy)
      judgement = Judgement(
        verdict: own.map(\.verdict) ?? entry.verdict, note: own?.note ?? entry.note,
        steps: Dictionary(labels) { first, _ in first }, who: entry.who)
    }
  }

  /// Every commit with its state, the oldest first. Complexity: O(entries).
  public var commits: [Commit] {
    var undone: [String: CommitEntry] = [:]
    for entry in entries {
      if case .undo(let id) = entry.content, undone[id] == nil { undone[id] = entry }
    }
    let spoken = Dictionary(judgements.map { (Spoken(commit: $0.commit, who: $0.who), $0) }) { _, later in later }
    return entries.enumerated().compactMap { index, entry in
      Commit(
        at: index + 1, entry, own: spoken[Spoken(commit: entry.id, who: entry.who)], undoneBy: undone[entry.id])
    }
  }

  /// A person and a commit.
  private struct Spoken: Hashable {
    let commit: String
    let who: String
  }

  /// What does not agree: ids with contents, each entry with the one before it, undos and judgements with commits, a
  /// judgement that was read out of an old note with that note. Empty where all is well. Complexity: O(bytes).
  public func problems() throws -> [String] {
    var found: [String] = []
    var active: Set<String> = []
    for (index, entry) in entries.enumerated() {
      func expect(_ holds: Bool, _ what: String) {
        if !holds { found.append("entry \(index + 1) (\(entry.id.printable)): \(what)") }
      }
      expect(try entry.contentID() == entry.id, "its content does not have the digest that its id states")
      expect(
        entry.previous == (index > 0 ? entries[index - 1].id : nil),
        "it does not follow the entry that stands before it")
      switch entry.content {
      case .commit(let trajectory):
        active.insert(entry.id)
        expect(trajectory.path.count == trajectory.steps.count, "its path and its steps differ in length")
        expect(trajectory.steps.last?.node == trajectory.node, "its path does not end in its node")
      case .undo(let id):
        expect(active.remove(id) != nil, "it undoes \(id.printable), which is no active commit")
      }
    }
    let commits = Dictionary(entries.map { ($0.id, $0) }) { first, _ in first }
    for (index, record) in judgements.enumerated() {
      func expect(_ holds: Bool, _ what: String) { if !holds { found.append("judgement \(index + 1): \(what)") } }
      let entry = commits[record.commit]
      expect(entry?.trajectory != nil, "it is of \(record.commit.printable), which is no commit")
      if let entry, entry.at == record.at, entry.who == record.who {
        expect(
          JudgementRecord(inNoteOf: entry) == record, "it does not say what the note of \(entry.id.printable) says")
      }
    }
    return found
  }
}
