import Explorer
import TreeInsight
import TreeSearch
import Workspace

extension Workspace {
  /// What answers an effect that compares `run` with others; nil for other effects.
  ///
  /// Complexity: O(runs), or O(events + nodes × depth) of both runs.
  func action(for effect: Effect, of run: RunRecord) throws -> Action? {
    switch effect {
    case .findRunsToCompare:
      let others = try runs(ofProblem: run.header.problem.id).filter { $0.id != run.id }
      return .runsToCompare(
        others.reversed().prefix(26).map {
          RunChoice(
            id: $0.id, words: "\($0.totals.simulations) sims, \($0.totals.nodes) nodes, \($0.eventCount) events")
        })
    case .compareRun(let other):
      return .compared(RunDifference(try timeline(of: run.id), try timeline(of: other)), a: run.id, b: other)
    default: return nil
    }
  }
}
