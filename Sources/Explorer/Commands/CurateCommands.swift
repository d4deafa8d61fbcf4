import Canvas
import TreeSearch
import Vocabulary

extension CommandTable {
  /// What makes trajectories into a dataset.
  static let curateCommands: [Command] = [
    Command(
      "curate.commit", "Commit",
      "Appends the trajectory through the selected node to the dataset, with a verdict and a note.",
      .run, [.character("c")], hint: "commit", onlyNow: true,
      unless: {
        guard let target = $0.run?.commitTarget, target.node != .root || target.rollout != nil else {
          return "nothing to commit: the tree has only its root"
        }
        return nil
      }
    ) { CommitOverlay.open(in: &$0) },
    decision(.good, "a", .run), decision(.bad, "d", .run),
    Command(
      "curate.skip", "Skip", "Goes to the next problem of the list that nobody has decided of.", .run,
      [.character(";")],
      unless: { $0.problems.entries.isEmpty ? "there is no list of problems to go on in" : nil }
    ) { $0.openNext() },
    Command(
      "curate.finals", "Final selections",
      "Lists what each of the final selections answers, and goes to where that stands.", .run, [.character("5")],
      unless: { $0.run?.chosen == nil ? "no trajectory states an answer yet" : nil }
    ) { state in
      state.overlay = state.run.map { FinalsOverlay($0) }
      return []
    },
    label("curate.good", "Label this step good", .good, "+"),
    label("curate.bad", "Label this step bad", .bad, "-"),
    label("curate.neutral", "Label this step neutral", .neutral, "0"),
  ]

  /// Deciding of what the search chose by one key, in a run and in the list.
  static func decision(_ verdict: Judgement.Verdict, _ key: Character, _ context: Context) -> Command {
    let (word, title) = verdict == .good ? ("accept", "Accept and go on") : ("refuse", "Refuse and go on")
    return Command(
      "\(context == .run ? "curate" : "problems").\(word)", title,
      "Commits the trajectory that the final selection chooses as \(verdict.rawValue), and goes to the next problem.",
      context, [.character(key)], hint: word, onlyNow: context == .run, unless: { $0.reasonNotToDecideOfProblem }
    ) { $0.decide(verdict) }
  }

  private static func label(_ id: String, _ title: String, _ label: StepLabel, _ key: Character) -> Command {
    Command(
      id, title,
      "Says it of this step, beside the log and in the next commit through it, and goes to the next step; on a step that has the "
        + "label, takes it away.", .run,
      [.character(key)], unless: { $0.selectedNode == .root ? "the root is no step" : nil }
    ) { state in
      let node = state.selectedNode
      let isOn = state.run?.labels[node] != label
      state.message = .notice(isOn ? "node \(node) is labelled \(label.word)" : "node \(node) has no label now")
      let effects = state.note(.label(node, isOn ? label : nil))
      if isOn, let run = state.run, let next = run.step(after: node) { _ = state.withRun { $0.selectStep(next) } }
      return effects
    }
  }
}
