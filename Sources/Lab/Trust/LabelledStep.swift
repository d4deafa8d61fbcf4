import Foundation
import Vocabulary
import Workspace

/// A step that critics scored and that people or an outcome judged.
package struct LabelledStep: Sendable {
  /// The problem's id.
  package let problem: String
  /// Where it stands; nil where the label came without a run.
  package let run: String?
  package let node: Int
  /// Steps from the root, from 1.
  package let depth: Int
  package let text: String
  /// Critics' scores in [0, 1] by name: at the latest label that holds any, else in the commit.
  package fileprivate(set) var scores: [String: Double] = [:]
  /// What people say: an adjudicator's decision, else what most of them say. Nil where nobody does or they are split.
  package fileprivate(set) var label: StepLabel?
  /// Whether the answer that is stated here agrees with the reference; nil without either.
  package fileprivate(set) var isRight: Bool?

  package var kind: StepKind { StepKind(text) }
}

/// What a step does.
package enum StepKind: String, Sendable, CaseIterable {
  /// It states the final answer.
  case answer
  /// It computes: a formula with an operator and an equals sign.
  case arithmetic
  /// Neither.
  case words

  /// The kind of `text`. Complexity: O(length).
  package init(_ text: String) {
    if StatedAnswer.last(in: text) != nil {
      self = .answer
    } else if text.contains(/[0-9)]\s*[-+*\/×÷·−^]\s*[($€]?\s*[0-9].*=|=.*[0-9)]\s*[-+*\/×÷·−^]\s*[($€]?\s*[0-9]/) {
      self = .arithmetic
    } else {
      self = .words
    }
  }
}

/// Steps that people labelled or whose outcome is known, each path once, with what critics said of it.
package struct LabelledSteps: Sendable {
  /// By unit, as labels call it.
  package private(set) var byUnit: [String: LabelledStep] = [:]
  /// The id of the last label that was taken; nil without any.
  package private(set) var lastLabel: String?
  /// Steps on which people are split evenly and nobody decided.
  package private(set) var contested = 0

  private struct Votes {
    var said: [String: StepLabel] = [:]
    var decided: StepLabel?
  }

  /// The steps of a log of labels and of the active commits of a log.
  ///
  /// Of one person a label beside the commits counts before one in a commit. Complexity: O(labels + steps × depth).
  package init(labels: (_ take: (LabelEntry) throws -> Void) throws -> Void, commits: CommitLog) throws {
    var votes: [String: Votes] = [:]
    for commit in commits.commits where commit.isActive {
      let trajectory = commit.trajectory
      for (index, step) in trajectory.steps.enumerated() where step.rolledOut != true {
        let subject = Label.Subject(
          problem: trajectory.problem.id, run: trajectory.run, node: step.node,
          path: Array(trajectory.path.prefix(index + 1)))
        take(subject, scores: step.scores, isRight: index == trajectory.steps.count - 1 ? trajectory.correct : nil)
        if let label = step.label { votes[subject.unit, default: Votes()].said[commit.entry.who] = label }
      }
    }
    try labels { entry in
      let label = entry.label
      lastLabel = entry.id
      guard label.subject.depth > 0 else { return }
      take(label.subject, scores: label.evidence?.scores ?? [:], isRight: label.evidence?.correct)
      guard case .step(let said) = label.act else { return }
      switch label.role {
      case .labeller where label.purpose == .work: votes[label.subject.unit, default: Votes()].said[label.who] = said
      case .labeller: break
      case .adjudicator: votes[label.subject.unit, default: Votes()].decided = said
      }
    }
    for (unit, votes) in votes {
      let label = votes.decided ?? Self.majority(votes.said.values)
      byUnit[unit]?.label = label
      if label == nil, !votes.said.isEmpty { contested += 1 }
    }
  }

  private mutating func take(_ subject: Label.Subject, scores: [String: Double], isRight: Bool?) {
    var step =
      byUnit[subject.unit]
      ?? LabelledStep(
        problem: subject.problem, run: subject.run, node: subject.node, depth: subject.depth, text: subject.text)
    let given = scores.filter { (0...1).contains($0.value) }
    if !given.isEmpty { step.scores = given }
    if let isRight { step.isRight = isRight }
    byUnit[subject.unit] = step
  }

  /// What more people say than anything else; nil where two labels are as frequent.
  private static func majority(_ labels: some Collection<StepLabel>) -> StepLabel? {
    let counts = StepLabel.allCases.map { label in (label, labels.count { $0 == label }) }
    guard let most = counts.map(\.1).max(), most > 0 else { return nil }
    let first = counts.filter { $0.1 == most }
    return first.count == 1 ? first[0].0 : nil
  }
}

extension Workspace {
  /// What people and outcomes say of steps, with critics' scores. Throws where a row is damaged.
  package func labelledSteps() throws -> LabelledSteps {
    try LabelledSteps(labels: { take in try forEachLabel(take) }, commits: try commitLog())
  }
}
