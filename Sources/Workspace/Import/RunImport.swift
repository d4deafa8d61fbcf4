import Foundation
import GRDB
import TreeInsight
import TreeSearch

/// Copies what one workspace holds into another.
///
/// Everything is verified before the first row is written, while the receiving workspace is free for others.
struct RunImport {
  private let source: Workspace
  private let runs: [RunRecord]
  private let problems: [LoadedProblem]
  private let log: CommitLog

  /// Reads and verifies `source`. Throws ``WorkspaceError`` where a journal or the commit log does not agree with itself.
  init(from source: Workspace) throws {
    self.source = source
    problems = try source.problems()
    runs = try source.runs().map { run in
      let header = try source.run(run.id).header
      // One reading of row and journal: a run that somebody is searching meanwhile is taken as it stands now.
      let journal = try source.storedEvents(of: run.id)
      let record = RunRecord(summary: journal.summary, header: header)
      if let problem = try source.report(record, journal).problems.first {
        throw WorkspaceError(.damaged, "\(source.path): run \(run.id): \(problem)")
      }
      return record
    }
    if let problem = try source.verifyCommits().first {
      throw WorkspaceError(.damaged, "\(source.path): commit log: \(problem)")
    }
    if let problem = try source.verifyLabels().first {
      throw WorkspaceError(.damaged, "\(source.path): log of labels: \(problem)")
    }
    log = try source.commitLog()
  }

  /// Writes into `target` what it lacks.
  ///
  /// `locks` are to be held until the transaction is over: nobody else writes the runs that grow.
  func write(into target: Workspace, _ db: Database, locks: inout [FileLock]) throws -> ImportReport {
    let problem = try db.cachedStatement(
      sql: "INSERT INTO problems (id, problem, extra) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING")
    for kept in problems {
      try problem.execute(arguments: [kept.problem.id, try CanonicalJSON.data(kept.problem), kept.extra])
    }
    var names: [String: String] = [:]
    var claimed: Set<String> = []
    let imported = try runs.map { run in
      // A fork goes on naming the run it was made of, whatever that is called here.
      var header = run.header
      if let parent = header.forkedFrom?.run { header.forkedFrom?.run = names[parent] ?? parent }
      let journal = try source.rawEvents(in: source.storedEvents(of: run.id, upTo: run.summary.eventCount))
      let (id, outcome) = try place(run.summary, header, journal, besides: claimed, in: target, db, &locks)
      try target.copy(try source.notes(of: run.id), to: id, db)
      names[run.id] = id
      claimed.insert(id)
      return ImportReport.Run(from: run.id, run: id, outcome: outcome)
    }
    let entries = try appendEntries(to: target, db, names)
    let labels = try appendLabels(to: target, db, names)
    return ImportReport(source: source.path, runs: imported, entries: entries, labels: labels)
  }

  // MARK: - Runs

  /// Finds or makes the run that `summary` is in `target`. It is the same run where header and moment of making agree and
  /// one journal begins with the other; none that is `claimed` by another run of the source.
  private func place(
    _ summary: RunSummary, _ header: RunHeader, _ journal: [Data], besides claimed: Set<String>,
    in target: Workspace, _ db: Database, _ locks: inout [FileLock]
  ) throws -> (id: String, ImportReport.Outcome) {
    let created = Timestamp.text(summary.created)
    let rows = try Row.fetchAll(
      db, sql: "SELECT * FROM runs WHERE problem = ? AND fingerprint = ? AND created = ? ORDER BY row",
      arguments: [header.problem.id, try RunFingerprint.of(header), created])
    let here = try rows.map { try target.summary($0) }.filter { !claimed.contains($0.id) }
    let digests = journal.reduce(into: [JournalDigest.empty]) { $0.append(JournalDigest.after($0[$0.count - 1], $1)) }
    if let same = here.first(where: { $0.digest == digests[journal.count] }) { return (same.id, .known) }
    for run in here where run.eventCount > journal.count {
      if try target.journal(of: run.id, beginsWith: journal, db) { return (run.id, .known) }
    }
    if let shorter = here.first(where: { $0.eventCount < journal.count && $0.digest == digests[$0.eventCount] }) {
      locks.append(try target.writingLock(shorter))
      try grow(shorter, to: summary, journal, digests[journal.count], db)
      return (shorter.id, .grown)
    }
    let id = try target.insert(
      NewRun(header, journal: journal, totals: summary.totals), created: created,
      updated: Timestamp.text(summary.updated), name: summary.id, db)
    return (id, .new)
  }

  private func grow(
    _ run: RunSummary, to summary: RunSummary, _ journal: [Data], _ digest: [UInt8], _ db: Database
  ) throws {
    let insert = try db.cachedStatement(sql: "INSERT INTO events (key, event) VALUES (?, ?)")
    for number in run.eventCount..<journal.count {
      try insert.execute(arguments: [JournalKey.key(run.row, number), journal[number]])
    }
    try JournalPacking.pack(run.row, to: journal.count, db)
    try db.execute(
      sql: "UPDATE runs SET events = ?, digest = ?, totals = ?, updated = ? WHERE row = ?",
      arguments: [
        journal.count, Data(digest), try CanonicalJSON.data(summary.totals), Timestamp.text(summary.updated), run.row,
      ])
  }

  // MARK: - Commits

  /// Appends the entries that `target` does not have yet, in their order; returns how many. An entry is the same where
  /// moment, person, verdict, note and content agree; only its place in the chain is another.
  private func appendEntries(to target: Workspace, _ db: Database, _ names: [String: String]) throws -> Int {
    let here = try target.commitLog(db)
    var known = Dictionary(
      try here.entries.map { (try Self.unchained($0, $0.content), $0.id) }, uniquingKeysWith: { first, _ in first })
    var undone = Set(here.commits.filter { !$0.isActive }.map(\.id))
    var ids: [String: String] = [:]
    var added = 0
    for entry in log.entries {
      let content: CommitEntry.Content
      switch entry.content {
      case .commit(var trajectory):
        trajectory.run = names[trajectory.run] ?? trajectory.run
        content = .commit(trajectory)
      case .undo(let id): content = .undo(ids[id] ?? id)
      }
      let key = try Self.unchained(entry, content)
      if known[key] == nil {
        // Undone here already, by another entry: there is nothing left to undo.
        if case .undo(let id) = content, !undone.insert(id).inserted { continue }
        known[key] = try target.insertEntry(
          db, content, at: entry.at, who: entry.who, verdict: entry.verdict, note: entry.note
        ).id
        added += 1
      }
      ids[entry.id] = known[key]
    }
    for record in log.judgements {
      guard let commit = ids[record.commit] else { continue }
      let judged = JudgementRecord(
        commit: commit, verdict: record.verdict, note: record.note, who: record.who, at: record.at)
      if !here.judgements.contains(judged) { try judged.insert(db) }
    }
    return added
  }

  /// Appends the labels that `target` does not have yet, in their order; returns how many. A label is the same where moment and
  /// content agree.
  private func appendLabels(to target: Workspace, _ db: Database, _ names: [String: String]) throws -> Int {
    var known: Set<String> = []
    try target.forEachLabel(db) { known.insert(try LabelEntry(previous: nil, at: $1.at, label: $1.label).id) }
    var added: [(at: String, label: Label)] = []
    try source.forEachLabel { entry in
      var label = entry.label
      label.subject.run = label.subject.run.map { names[$0] ?? $0 }
      let id = try LabelEntry(previous: nil, at: entry.at, label: label).id
      if known.insert(id).inserted { added.append((entry.at, label)) }
    }
    return try target.append(added, db).count
  }

  /// What an entry with this `content` would be called at the head of a log.
  private static func unchained(_ entry: CommitEntry, _ content: CommitEntry.Content) throws -> String {
    try CommitEntry(
      previous: nil, at: entry.at, who: entry.who, verdict: entry.verdict, note: entry.note, content: content
    ).id
  }
}
