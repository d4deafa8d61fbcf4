import TreeInsight
import TreeSearch
import Vocabulary

extension ExplorerState {
  /// Decides of what the run on the screen has chosen, or of the selected problem, and then goes to the next.
  mutating func decide(_ verdict: Judgement.Verdict) -> [Effect] {
    curation.goesOn = true
    guard let run else {
      if !problems.marked.isEmpty {
        curation.goesOn = false
        defer { problems.unmark() }
        return [.run(.commitAll(problems.markedIDs, verdict))]
      }
      guard let id = problems.selected?.id else { return [] }
      return [.run(.commit(.problem(id, verdict), insists: false))]
    }
    guard let chosen = run.chosen else { return [] }
    return [.run(.commit(.trajectory(run.request(chosen.node, chosen.rollout, verdict)), insists: false))]
  }

  /// Why nothing can be decided of here; nil where something can.
  var reasonNotToDecideOfProblem: String? {
    guard let run else {
      if !problems.marked.isEmpty { return nil }
      guard let entry = problems.selected else { return "no problem is selected" }
      return entry.result?.answer == nil ? "nothing to decide of: no run of it has an answer yet; Enter opens it" : nil
    }
    return run.chosen == nil ? "nothing to decide of: no trajectory states an answer yet" : nil
  }

  /// Takes up that a commit was made, and goes on where the person is working through a queue.
  mutating func committed(_ commit: MadeCommit) -> [Effect] {
    message = .notice("committed as \(commit.shortID)\(commit.verdict.map { ", \($0.rawValue)" } ?? "")")
    curation.note(commit, at: time)
    problems.decide(commit.problem, ProblemDecision(verdict: commit.verdict, who: commit.who))
    var effects: [Effect] = []
    if run?.tree.header.problem.id == commit.problem {
      run?.commits.append(commit.shortID)
      effects = note(.commit(moment: run?.timeline.count ?? 0, commit.shortID))
    }
    guard curation.goesOn else { return effects }
    curation.goesOn = false
    return effects + openNext()
  }

  /// Takes up that a commit was taken back.
  mutating func takenBack(_ commit: MadeCommit) {
    message = .notice("taken back: \(commit.shortID), \(commit.problem)")
    curation.remove(commit.id)
    problems.decide(commit.problem, nil)
    run?.commits.removeAll { $0 == commit.shortID }
    if run == nil { problems.select(commit.problem, height: layout.listRows) }
  }

  /// Takes the last commit of this sitting back.
  mutating func takeCommitBack() -> [Effect] {
    guard let last = curation.decisions.last else { return [] }
    return [.run(.takeBack(last.commit))]
  }

  /// Goes to the next problem of the list, as it is shown, that nobody has decided of: opens it where a run is on the screen.
  mutating func openNext(backwards: Bool = false, where wanted: (ProblemEntry) -> Bool = { $0.decision == nil })
    -> [Effect]
  {
    guard !problems.entries.isEmpty else { return [] }
    if let run { problems.select(run.tree.header.problem.id, height: layout.listRows) }
    guard problems.find(backwards: backwards, height: layout.listRows, wanted) else {
      let count = problems.shown.count { problems.entries[$0].decision != nil }
      message = .notice("none is left: \(count) of \(problems.shown.count) are decided")
      return []
    }
    guard run != nil, let next = problems.selected else { return [] }
    return [.run(.openProblem(next.id))]
  }
}

extension OpenRun {
  /// A request for the trajectory that ends in `node`, or in its rollout, with the labels of its steps.
  func request(_ node: NodeID, _ rollout: Int?, _ verdict: Judgement.Verdict?, note: String = "") -> CommitRequest {
    let path = Set(tree.path(to: node))
    let steps = labels.filter { path.contains($0.key) }.map { ($0.key.offset, $0.value) }
    return CommitRequest(
      node: node, rollout: rollout,
      judgement: Judgement(verdict: verdict, note: note, steps: Dictionary(uniqueKeysWithValues: steps)))
  }

  /// The end of the trajectory that a commit would take, the one through the selected node: the chosen one where that leads
  /// there, else the best; with the rollout that finishes it.
  var commitTarget: (node: NodeID, rollout: Int?) {
    if let chosen, tree.path(to: chosen.node).contains(cursor) { return (chosen.node, chosen.rollout) }
    let end = tree.trajectory(through: cursor).last ?? .root
    return (end, tree.bestRollout(at: end))
  }

  /// The step that follows `node` on the path shown where that leads through it, else on the best path below it; nil at its end.
  func step(after node: NodeID) -> NodeID? {
    let path = shownPath
    let way = path.contains(node) ? path : tree.trajectory(through: node)
    return way.firstIndex(of: node).flatMap { way.indices.contains($0 + 1) ? way[$0 + 1] : nil }
  }
}
