import Explorer
import Foundation
import Lab
import Runs
import TreeInsight
import TreeSearch
import Vocabulary
import Workspace

/// Where trajectories are committed: what speaks against one is found first, and a label of the whole stands beside the log.
struct CommitDesk {
  let workspace: Workspace
  /// Looks for leaks from problems that are held out; nil where none are named.
  let commitGuard: CommitGuard?
  /// The splits of held-out problems that the person has been warned of: once a sitting is enough.
  private var known: Set<String> = []

  init(_ workspace: Workspace, _ commitGuard: CommitGuard?) {
    (self.workspace, self.commitGuard) = (workspace, commitGuard)
  }

  /// What the newest run of `problem` chooses, with its tree; nil where no run has an answer.
  func chosen(of problem: String, _ verdict: Judgement.Verdict) throws -> (
    run: String, tree: SearchTree, request: CommitRequest
  )? {
    guard let run = try workspace.runs(ofProblem: problem).last else { return nil }
    let tree = try workspace.tree(of: run.id)
    guard let chosen = tree.chosen else { return nil }
    let path = Set(tree.path(to: chosen.node).map(\.offset))
    let labels = try workspace.stepLabels(of: run.id, by: workspace.author).filter { path.contains($0.key) }
    let judgement = Judgement(verdict: verdict, steps: labels)
    return (run.id, tree, CommitRequest(node: chosen.node, rollout: chosen.rollout, judgement: judgement))
  }

  /// What a commit would lead to. Throws `WorkspaceError`. Complexity: O(commits of the problem).
  func preview(_ request: CommitRequest, run: String, tree: SearchTree) throws -> CommitPreview {
    let trajectory = trajectory(request, run, tree)
    return CommitPreview(
      warnings: try warnings(request, trajectory, tree),
      yields: try workspace.outlook(on: trajectory, request.judgement).map { CommitPreview.Yield(format: $0, rows: $1) }
    )
  }

  /// What speaks against a commit, a sentence each; what would come of it is not looked at. Throws `WorkspaceError`.
  func warnings(_ request: CommitRequest, run: String, tree: SearchTree) throws -> [String] {
    try warnings(request, trajectory(request, run, tree), tree)
  }

  private func trajectory(_ request: CommitRequest, _ run: String, _ tree: SearchTree) -> Trajectory {
    Trajectory(run: run, tree: tree, node: request.node, rollout: request.rollout, labels: request.judgement.steps)
  }

  private func warnings(_ request: CommitRequest, _ trajectory: Trajectory, _ tree: SearchTree) throws -> [String] {
    var found: [String] = []
    if request.judgement.verdict == .good {
      if trajectory.correct == false, let answer = trajectory.answer {
        found.append("the answer \(answer) is wrong: the reference says \(trajectory.problem.reference ?? "otherwise")")
      }
      if let step = tree.path(to: request.node).dropFirst().first(where: { tree.isContradicted($0) }) {
        found.append(
          "a tool contradicts step \(Int(tree[step].depth)): \(tree.details[step.offset].option?.text ?? "")")
      }
    }
    let lines = StatedLine.all(in: trajectory.path.joined())
    let same = try workspace.commitLog(ofProblem: trajectory.problem.id).commits.last { commit in
      commit.isActive && StatedLine.all(in: commit.trajectory.path.joined()) == lines
    }
    if let same {
      let said = same.judgement.verdict.map { " as \($0.rawValue)" } ?? ""
      found.append("the same path is committed already, by \(same.entry.who)\(said): \(same.id.prefix(12))")
    }
    if let split = trajectory.problem.split, CommitGuard.isMeasured(split), !known.contains(split) {
      found.append("the problem is of the split \(split): what a model is measured by is not to train it")
    }
    return found + (commitGuard?.leaks(in: trajectory.problem).map(\.words) ?? [])
  }

  /// Commits, and says of the path in the log of labels what the person said of it. Throws `WorkspaceError`.
  mutating func commit(
    _ request: CommitRequest, run: String, tree: SearchTree, milliseconds: Int?
  ) throws -> MadeCommit {
    let entry = try workspace.commit(
      run: run, tree: tree, node: request.node, rollout: request.rollout, judgement: request.judgement)
    if let split = entry.trajectory?.problem.split { known.insert(split) }
    if let verdict = request.judgement.verdict, let path = entry.trajectory?.path {
      let subject = Label.Subject(
        problem: tree.header.problem.id, run: run, node: request.node.offset, path: path)
      try workspace.append([
        Label(
          .verdict(verdict), of: subject, who: entry.who, milliseconds: milliseconds,
          evidence: Label.Evidence(tree: tree, node: request.node))
      ])
    }
    return MadeCommit(
      id: entry.id, problem: tree.header.problem.id, verdict: entry.verdict, who: entry.who)
  }

  /// Takes a commit back, and what it said of the path. Throws `WorkspaceError`.
  func takeBack(_ commit: MadeCommit) throws {
    let entry = try workspace.undoCommit(commit.id)
    guard case .undo(let id) = entry.content, commit.verdict != nil,
      let undone = try workspace.commitLog(ofProblem: commit.problem).entries.first(where: { $0.id == id })?.trajectory
    else { return }
    let subject = Label.Subject(
      problem: commit.problem, run: undone.run, node: undone.node, path: undone.path)
    try workspace.append([Label(.verdict(nil), of: subject, who: commit.who)])
  }
}
