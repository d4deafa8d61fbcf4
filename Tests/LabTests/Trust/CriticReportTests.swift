import Foundation
import Testing
import TreeSearch
import Vocabulary
import Workspace

@testable import Lab

/// From labels and commits to what is said of critics.
struct CriticReportTests {
  private let path = NSTemporaryDirectory() + "critics-\(UUID().uuidString).sqlite"
  private let workspace: Workspace

  init() throws { workspace = try Workspace(path: path) }

  private func label(
    _ act: Label.Act, _ problem: String, _ path: [String], _ who: String, role: Label.Role = .labeller,
    purpose: Label.Purpose = .work, scores: [String: Double] = [:], correct: Bool? = nil
  ) -> Label {
    Label(
      act, of: Label.Subject(problem: problem, run: "r-\(problem)", node: path.count, path: path), who: who, role: role,
      purpose: purpose, evidence: Label.Evidence(scores: scores, correct: correct))
  }

  @Test func whatPeopleSayIsOneWordAStep() throws {
    try workspace.append([
      label(.step(.good), "p", ["a"], "ana", scores: ["prm": 0.4]),
      label(.step(.bad), "p", ["a"], "bo", scores: ["prm": 0.6]),
      label(.step(.bad), "p", ["a"], "cy"),
      label(.step(.good), "p", ["a", "b"], "ana"),
      label(.step(.bad), "p", ["a", "b"], "bo", scores: ["prm": 2, "orm": 0.1]),
      label(.step(.good), "q", ["a"], "ana"), label(.step(.bad), "q", ["a"], "bo"),
      label(.step(.neutral), "q", ["a"], "dee", role: .adjudicator),
      label(.step(.bad), "q", ["c"], "ana", purpose: .control), label(.step(.good), "q", ["d"], "ana"),
      label(.step(nil), "q", ["d"], "ana"),
      label(.verdict(.good), "q", ["e"], "ana", scores: ["orm": 0.3], correct: false),
    ])
    let steps = try workspace.labelledSteps()
    let found = Dictionary(uniqueKeysWithValues: steps.byUnit.values.map { ($0.problem + $0.text, $0) })
    #expect(found["pa"]?.label == .bad)
    // The latest label that holds any scores; one outside its range is none.
    #expect(found["pa"]?.scores == ["prm": 0.6])
    #expect(found["pb"]?.scores == ["orm": 0.1])
    #expect(found["pb"]?.label == nil && steps.contested == 1)
    #expect(found["qa"]?.label == .neutral)
    #expect(found["qc"]?.label == nil && found["qd"]?.label == nil)
    #expect(found["qe"]?.isRight == false)
    #expect(found["qe"]?.run == "r-q" && found["qe"]?.node == 1 && found["qe"]?.depth == 1)
  }

  /// A critic that always says .9, of which half comes true, and one that knows: by kind, by depth, in bins.
  @Test func theOneThatLiesIsFound() throws {
    var labels: [Label] = []
    for problem in 0..<50 {
      let path = ["2 + 3 = 5\n", "so there are five\n"]
      for depth in 1...2 {
        let isGood = (problem + depth) % 2 == 0
        labels.append(
          label(
            .step(isGood ? .good : .bad), "p\(problem)", Array(path.prefix(depth)), "ana",
            scores: ["prm": 0.9, "value": isGood ? 0.8 : 0.2]))
      }
    }
    try workspace.append(labels)
    let steps = try workspace.labelledSteps()
    let report = CriticReport(steps, solutions: try LabelledSolutions(workspace, steps: steps), by: .kind)
    #expect(
      report.rows.map { "\($0.critic) \($0.group)" } == [
        "prm all", "prm arithmetic", "prm words", "value all", "value arithmetic", "value words",
      ])
    let (prm, value) = (report.rows[0], report.rows[3])
    #expect(prm.count == 100 && prm.curve.bins.count == 1)
    #expect(abs(prm.curve.error - 0.4) < 1e-12 && prm.ranking.auc == 0.5)
    #expect(prm.curve.error > prm.curve.chance.high)
    #expect(abs(value.curve.error - 0.2) < 1e-12 && value.ranking.auc == 1)
    #expect(value.ranking.pairs == 50)
    let lines = report.lines(withCurves: true)
    #expect(lines.contains { $0.hasPrefix("| prm | people | all | 100 | 50.0 % | 0.400 |") })
    #expect(lines.contains { $0.hasPrefix("| 1 | 0.90–0.90 | 100 | 0.900 | 50.0 % |") && $0.hasSuffix("| too high |") })
    // Nothing came out that a reference speaks of.
    #expect(!report.rows.contains { $0.truth == .outcomes })
    let depths = CriticReport(steps, critics: ["prm"], by: .depth).rows
    #expect(depths.map(\.group) == ["all", "depth 1", "depth 2"])
    #expect(CriticReport(steps, critics: ["nobody"]).rows.isEmpty)
  }
}
