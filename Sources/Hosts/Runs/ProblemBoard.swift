import Explorer
import TreeSearch
import Vocabulary
import Workspace

/// What has been done with the problems of a catalogue: read from the workspace, and read on where others go on with it.
struct ProblemBoard {
  /// Commits that stand, by problem, the latest last.
  private var commits: [String: [CommitHead]] = [:]
  /// Problems by the id of what was committed of them.
  private var committed: [String: String] = [:]
  /// Entries of the commit log that have been read.
  private var sequence = 0
  private var pulse: WorkspacePulse?
  private var presenters: [String: String] = [:]

  /// True where something has become of the workspace since the last look. Complexity: O(runs), without reading what they hold.
  mutating func hasChanged(in workspace: Workspace) throws -> Bool {
    let now = (try workspace.pulse(), Stage.presenters(workspace: workspace.path))
    defer { (pulse, presenters) = now }
    return pulse != now.0 || presenters != now.1
  }

  /// The problems of `catalog` with what the workspace's newest run of each came to, and what was decided of it.
  ///
  /// Complexity: O(problems + runs + new commits).
  mutating func entries(of catalog: ProblemCatalog, in workspace: Workspace) throws -> [ProblemEntry] {
    var newest: [String: RunTotals] = [:]
    var open: [String: String] = [:]
    for run in try workspace.runList().runs {
      newest[run.problem] = run.totals
      if let who = presenters[run.id] { open[run.problem] = who }
    }
    for head in try workspace.commitHeads(after: sequence) { take(head) }
    return catalog.entries.map { entry in
      var entry = entry
      entry.decision = commits[entry.id]?.last.map { ProblemDecision(verdict: $0.verdict, who: $0.who) }
      entry.openWith = open[entry.id]
      guard let totals = newest[entry.id] else { return entry }
      entry.result = ProblemResult(
        simulations: totals.simulations, tokens: totals.tokens.generated, answer: totals.answer,
        isCorrect: catalog.problem(entry.id)?.accepts(totals.answer), agreement: totals.agreement,
        missesRight: totals.missesRight, worth: totals.worth)
      let sims = "\(totals.simulations) sims"
      entry.progress = totals.stopped == nil ? sims : "done, \(sims)"
      return entry
    }
  }

  private mutating func take(_ head: CommitHead) {
    sequence = head.sequence
    if let problem = head.problem {
      commits[problem, default: []].append(head)
      committed[head.id] = problem
    } else if let undone = head.undoes, let problem = committed[undone] {
      commits[problem]?.removeAll { $0.id == undone }
    }
  }
}
