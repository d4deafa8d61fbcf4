import TreeInsight
import TreeSearch
import Workspace

/// What changed between two sets of runs, such as those of a policy before and after training, and beside it what another seed
/// changes where nothing else does.
package struct PolicyComparison: Sendable {
  /// What changed, problem by problem.
  package let changes: QueueSummary
  /// The noise floor: runs of the first set against runs of the same header with another seed; nil where there are none.
  package let noise: QueueSummary?
  /// Problems of only one of the sets, in order; they are in no number.
  package let unpaired: [String]

  /// Compares the runs of the problems that are in both sets.
  ///
  /// - Parameters:
  ///   - noise: second runs of the first policy by problem; nil looks for them: the newest of the same problem, models, critics and
  ///     parameters with another seed.
  ///   - threshold: by how much Q or V has to move to be listed.
  /// - Throws: `WorkspaceError`; `LabError` where no problem is in both sets.
  /// - Complexity: O(events × depth) of all runs, one problem at a time.
  package init(
    _ a: [String: RunRecord], _ b: [String: RunRecord], noise: [String: RunRecord]? = nil, threshold: Double,
    in workspace: Workspace
  ) throws {
    var (changes, floor): ([TreeDifference], [TreeDifference]) = ([], [])
    var unpaired = Set(a.keys).symmetricDifference(b.keys)
    for (problem, first) in a.sorted(by: { $0.key < $1.key }) {
      guard let second = b[problem] else { continue }
      guard first.header.problem.question == second.header.problem.question else {
        // One id for two questions: nothing can be said of them.
        unpaired.insert(problem)
        continue
      }
      let before = try workspace.tree(of: first.id)
      changes.append(TreeDifference(before, try workspace.tree(of: second.id), threshold: threshold))
      let twin = try noise.map { $0[problem] } ?? workspace.anotherSeed(of: first)
      if let twin, twin.id != first.id {
        floor.append(TreeDifference(before, try workspace.tree(of: twin.id), threshold: threshold))
      }
    }
    guard !changes.isEmpty else { throw LabError.failed("no problem was searched on both sides") }
    self.changes = QueueSummary(changes)
    self.noise = floor.isEmpty ? nil : QueueSummary(floor)
    self.unpaired = unpaired.sorted()
  }
}

extension Workspace {
  /// The newest run that differs from `run` in its seed alone, the version that made it aside; nil where there is none.
  func anotherSeed(of run: RunRecord) throws -> RunRecord? {
    for summary in try runs(ofProblem: run.header.problem.id).reversed() where summary.id != run.id {
      guard let other = try readableRun(summary.id) else { continue }
      var header = other.header
      guard header.seed != run.header.seed else { continue }
      (header.seed, header.version) = (run.header.seed, run.header.version)
      if header == run.header { return other }
    }
    return nil
  }
}
