import Vocabulary
import Workspace

/// Which critic lies, and where: each against what people say of steps, and against how trajectories came out.
package struct CriticReport: Sendable {
  /// What a critic is held against.
  package enum Truth: String, Sendable, CaseIterable {
    /// People's labels of steps: good against bad; neutral ones are left out.
    case people
    /// Whether the answer that a step states agrees with the reference.
    case outcomes
  }

  /// What rows beside the first of a critic are made by.
  package enum Grouping: String, Sendable, CaseIterable {
    case depth, kind
  }

  /// A critic, a truth, and some of the steps.
  package struct Row: Sendable {
    package let critic: String
    package let truth: Truth
    /// `all`, `depth 2`, `arithmetic`.
    package let group: String
    package let curve: ReliabilityCurve
    package let ranking: RankingFigure
    /// Against people's labels alone, and of all steps alone.
    package let firstErrors: FirstErrors?
    /// The steps, in the order that the members of the curve's bins count.
    package let steps: [LabelledStep]
    package var count: Int { steps.count }
  }

  package let rows: [Row]
  /// Steps on which people are split and nobody decided; they count nowhere.
  package let contested: Int
  /// The score below which a critic names a step wrong.
  package let threshold: Double

  /// Makes the rows.
  ///
  /// - Parameter critics: names; empty for every critic that scored anything.
  /// Complexity: O(rows × draws × steps).
  package init(
    _ steps: LabelledSteps, solutions: LabelledSolutions? = nil, critics: [String] = [],
    truths: [Truth] = Truth.allCases, by grouping: Grouping? = nil, bins: Int = 10, threshold: Double = 0.5
  ) {
    // By place, so that the same log gives the same report.
    let all = steps.byUnit.sorted { $0.key < $1.key }.map(\.value)
    let names = critics.isEmpty ? Set(all.flatMap(\.scores.keys)).sorted() : critics
    var rows: [Row] = []
    for critic in names {
      for truth in truths {
        let judged = all.filter { $0.scores[critic] != nil && Self.isTrue($0, by: truth) != nil }
        let errors =
          truth == .people ? solutions?.firstErrors(of: critic, in: steps, threshold: threshold) : nil
        func add(_ group: String, _ steps: [LabelledStep], _ errors: FirstErrors? = nil) {
          let points = steps.compactMap { step in
            step.scores[critic].flatMap { score in
              Self.isTrue(step, by: truth).map { (step.problem, ReliabilityCurve.Point(score: score, isTrue: $0)) }
            }
          }
          guard let curve = ReliabilityCurve(points.map(\.1), bins: bins) else { return }
          rows.append(
            Row(
              critic: critic, truth: truth, group: group, curve: curve, ranking: RankingFigure(points.map { ($0, $1) }),
              firstErrors: errors, steps: steps))
        }
        add("all", judged, errors)
        switch grouping {
        case nil: break
        case .depth:
          for depth in Set(judged.map(\.depth)).sorted() { add("depth \(depth)", judged.filter { $0.depth == depth }) }
        case .kind:
          for kind in StepKind.allCases { add(kind.rawValue, judged.filter { $0.kind == kind }) }
        }
      }
    }
    (self.rows, contested, self.threshold) = (rows, steps.contested, threshold)
  }

  private static func isTrue(_ step: LabelledStep, by truth: Truth) -> Bool? {
    switch truth {
    case .people: step.label.flatMap { $0 == .neutral ? nil : $0 == .good }
    case .outcomes: step.isRight
    }
  }
}
