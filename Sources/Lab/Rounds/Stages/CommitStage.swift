import TreeSearch
import Vocabulary
import Workspace

/// A trajectory of a round in the commit log.
package struct RoundCommit: Codable, Sendable, Equatable {
  /// Its place in the filter's list.
  package var place: Int
  /// The commit's id.
  package var commit: String
}

/// Accepted trajectories go into the commit log, where every dataset is made from.
struct CommitStage: RoundStage {
  let name = RoundStageName.commit

  func run(_ round: RoundContext) async throws -> RoundStageReport {
    let accepted = try round.accepted()
    var done: [RoundCommit] = try round.items(name)
    let note = Self.note(of: round.record)
    // What was committed by a start that was killed before it could say so.
    var orphans: [String: String] = [:]
    if done.count < accepted.count {
      let told = Set(done.map(\.commit))
      for commit in try round.workspace.commitLog().commits
      where commit.isActive && commit.entry.note == note && !told.contains(commit.id) {
        orphans[Self.key(commit.trajectory.run, commit.trajectory.path.joined())] = commit.id
      }
    }
    for (place, candidate) in accepted.dropFirst(done.count) {
      try round.check()
      var id = orphans[Self.key(candidate.run, candidate.text)]
      if id == nil {
        let decision = round.state.decisions[place]
        id = try round.workspace.commit(
          run: candidate.run, tree: try round.workspace.tree(of: candidate.run), node: NodeID(candidate.node),
          rollout: candidate.rollout,
          // A rule gives no verdict: only a person does.
          judgement: Judgement(verdict: decision.map { $0.accepted ? .good : .bad }, note: note),
          who: decision?.who
        ).id
      }
      let item = RoundCommit(place: place, commit: id ?? "")
      try round.append([item], to: name, first: done.count)
      done.append(item)
      if done.count % 20 == 0 { round.tell(name, done.count, of: accepted.count) }
    }
    var report = RoundStageReport()
    report.figures = [.init("commits", done.count)]
    // Ids hold the time of a commit; what was committed does not.
    report.output = SHA256.hex(Array(accepted.map { Self.key($0.candidate.run, $0.candidate.text) }.joined().utf8))
    return report
  }

  /// What the commits of a round are known by.
  static func note(of record: RoundRecord) -> String { "round \(record.id)" }

  private static func key(_ run: String, _ path: String) -> String { "\(run)\u{0}\(path)\u{0}" }
}
