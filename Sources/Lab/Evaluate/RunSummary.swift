import TreeInsight
import TreeSearch

/// The figures of engine runs that share method and budget, summed up.
package struct RunSummary: Sendable {
  /// Share of runs in whose tree the reference answer was reached.
  package let goldReached: Double
  /// Accuracy of each final selection.
  package let finals: [FinalSelection: Double]
  package let draws: Double
  package let criticCalls: Double
  /// How often each critic's verdicts on finished trajectories came true.
  package let reliability: [String: Reliability]
  /// Share of all prompt tokens that were found in a cache.
  package let reusedShare: Double
  /// Wall time divided by the part of it during which a model or critic was answering: what the tree costs beside them.
  package let overhead: Double

  /// Nil where no trial is a run of the engine.
  package init?(_ trials: [Trial]) {
    let runs = trials.compactMap(\.outcome.run)
    guard !runs.isEmpty else { return nil }
    func sum(_ value: (RunFigures) -> Double) -> Double { runs.reduce(0) { $0 + value($1) } }
    let count = Double(runs.count)
    goldReached = sum { $0.goldReached ? 1 : 0 } / count
    finals = Dictionary(
      uniqueKeysWithValues: FinalSelection.allCases.map { selection in
        (selection, sum { $0.correctFinals.contains(selection) ? 1 : 0 } / count)
      })
    draws = sum { Double($0.draws) } / count
    criticCalls = sum { Double($0.criticCalls) } / count
    reliability = runs.reduce(into: [:]) { all, run in
      for (name, part) in run.reliability { all[name, default: Reliability()] += part }
    }
    let reused = sum { Double($0.reusedPromptTokens) }
    reusedShare = reused / max(1, reused + sum { Double($0.computedPromptTokens) })
    let inside = sum(\.secondsInside)
    overhead = inside > 0 ? trials.reduce(0) { $0 + $1.outcome.seconds } / inside : 1
  }
}
