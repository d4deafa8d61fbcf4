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
      unless: { ($0.run?.commitTarget ?? .root) == .root ? "nothing to commit: the tree has only its root" : nil }
    ) { state in
      guard let run = state.run else { return [] }
      state.overlay = CommitOverlay(node: run.commitTarget, in: run.tree)
      return []
    },
    label("curate.good", "Label this step good", .good, "+"),
    label("curate.bad", "Label this step bad", .bad, "-"),
    label("curate.neutral", "Label this step neutral", .neutral, "0"),
  ]

  private static func label(_ id: String, _ title: String, _ label: StepLabel, _ key: Character) -> Command {
    Command(
      id, title, "Goes into the dataset with the next commit through this step; the same key takes it away.", .run,
      [.character(key)], unless: { $0.selectedNode == .root ? "the root is no step" : nil }
    ) { state in
      let node = state.selectedNode
      let isOn = state.run?.labels[node] != label
      state.message = .notice(isOn ? "node \(node) is labelled \(label.word)" : "node \(node) has no label now")
      return state.note(.label(node, isOn ? label : nil))
    }
  }
}

extension OpenRun {
  /// The end of the trajectory that a commit would take: the best one through the selected node.
  var commitTarget: NodeID { tree.trajectory(through: cursor).last ?? .root }
}
