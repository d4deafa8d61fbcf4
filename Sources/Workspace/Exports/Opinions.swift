import Vocabulary

/// What several people hold of one thing, each person's last word, whether it was said in a commit or in a label beside the
/// commits; and what an adjudicator decided, which stands above all of it.
struct Opinions<Value: Equatable & Sendable>: Sendable {
  /// A person's word.
  private struct Word: Sendable {
    var value: Value?
    var at: String
    /// True where it is a label, false where it is part of a commit.
    var isLabel: Bool
  }

  private var said: [String: Word] = [:]
  /// The adjudicator's decision; nil where nobody decided.
  private(set) var decided: Value?

  /// What `who` said in a commit at `at`, ISO 8601 in UTC. Of two words of the same moment the one that is given last counts.
  mutating func add(_ value: Value?, by who: String, at: String) {
    add(Word(value: value, at: at, isLabel: false), by: who)
  }

  /// What the ledger holds of `unit`. Labels that were given to see how well somebody labels are nobody's opinion here.
  mutating func add(_ act: LabelAct<Value>, of unit: String, in ledger: LabelLedger) {
    for word in ledger.said(act, of: unit, withRetracted: true) {
      add(Word(value: word.value, at: word.at, isLabel: true), by: word.who)
    }
    decided = ledger.adjudicated(act, of: unit) ?? decided
  }

  private mutating func add(_ word: Word, by who: String) {
    if let known = said[who], known.at > word.at { return }
    said[who] = word
  }

  /// The decision alone where there is one, else every person's word.
  var standing: [Value] { decided.map { [$0] } ?? said.values.compactMap(\.value) }

  /// The label with which `who` spoke last, where that was no earlier than `moment`; its value is nil where the person took
  /// everything back.
  func label(by who: String, since moment: String) -> (value: Value?, at: String)? {
    said[who].flatMap { $0.isLabel && $0.at >= moment ? ($0.value, $0.at) : nil }
  }

  /// True where somebody's standing word is `value`, given in a label, and nobody decided.
  func isSaidInLabel(_ value: Value) -> Bool {
    decided == nil && said.values.contains { $0.isLabel && $0.value == value }
  }
}

extension Opinions<StepLabel> {
  /// One label for the step: the decision, else the worst of what people say; nil where nobody says anything.
  var label: StepLabel? {
    let all = standing
    return all.contains(.bad) ? .bad : all.contains(.good) ? .good : all.first
  }
}

/// The units of labels along committed paths: a label is of a problem and the texts of a path, in whatever run that stands.
struct PathUnits {
  let ledger: LabelLedger

  /// The unit of the whole path of `trajectory`; nil where no label speaks of it.
  func unit(of trajectory: Trajectory) -> String? {
    guard ledger.knows(problem: trajectory.problem.id) else { return nil }
    return known(trajectory, trajectory.path[...])
  }

  /// The nodes on the path and beside it of which labels speak, with their units.
  func steps(of trajectory: Trajectory) -> [(node: Int, unit: String)] {
    guard ledger.knows(problem: trajectory.problem.id) else { return [] }
    var found: [(node: Int, unit: String)] = []
    for (index, step) in trajectory.steps.enumerated() where step.rolledOut != true {
      let before = trajectory.path.prefix(index)
      let options = [(step.node, trajectory.path[index])] + step.siblings.map { ($0.node, $0.option) }
      for (node, option) in options {
        if let unit = known(trajectory, before + [option]) { found.append((node, unit)) }
      }
    }
    return found
  }

  private func known(_ trajectory: Trajectory, _ path: ArraySlice<String>) -> String? {
    let subject = Label.Subject(problem: trajectory.problem.id, run: nil, node: 0, path: Array(path))
    return ledger.unit(subject.unit)?.id
  }
}
