import Canvas
import TreeInsight
import TreeSearch

extension CommandTable {
  /// Finding one's way in a run, whichever panel has the keyboard.
  static let runCommands: [Command] = [
    Command(
      "run.previousSibling", "Better sibling", "Goes to the sibling of next greater mean value.", .run,
      [.character("[")], unless: { $0.selectedNode == .root ? "the root has no siblings" : nil }
    ) { $0.moveAmongSiblings(-1) },
    Command(
      "run.nextSibling", "Worse sibling", "Goes to the sibling of next smaller mean value.", .run, [.character("]")],
      unless: { $0.selectedNode == .root ? "the root has no siblings" : nil }
    ) { $0.moveAmongSiblings(1) },
    Command(
      "run.bestPath", "Best path",
      "Opens and shows the path that the final selection chooses, or again the one through the selected node.",
      .run, [.character("p")], hint: "path"
    ) { state in
      state.withRun { run in
        run.pathChoice = run.pathChoice == .best ? .selected : .best
        if run.pathChoice == .best, let end = run.bestPath.last { run.folds.reveal(end, in: run.tree) }
      }
    },
    Command(
      "run.bestLeaf", "Best leaf",
      "Goes to the end of the trajectory that the final selection chooses; while none is finished, of the best path.",
      .run, [.character("b")]
    ) { state in
      state.withRun { $0.select($0.bestPath.last ?? .root) }
    },
    Command(
      "run.close", "Back to the problems",
      "Leaves this run, for the rounds where it was opened from there or is followed; everything done is saved.",
      .run, [.character("P")], hint: "rounds", unless: { $0.reasonNotToLeave }
    ) { state in
      // Those who follow have no problems of their own, but the rounds of the workspace.
      let effects = state.hasRoundsBelow && state.rounds == nil ? state.openRounds() : []
      state.show(nil)
      return [.run(.closeRun)] + effects
    },
  ]
}

extension ExplorerState {
  /// Why there is nothing behind the run to go back to.
  fileprivate var reasonNotToLeave: String? {
    problems.entries.isEmpty && !hasRoundsBelow ? "there is no list of problems to go back to" : nil
  }

  /// True where rounds are behind a run, not the list of problems.
  var hasRoundsBelow: Bool { rounds != nil || following != nil }

  /// Selects the sibling `steps` further down the ranking.
  mutating func moveAmongSiblings(_ steps: Int) -> [Effect] {
    withRun { run in
      let siblings = run.tree.rankedSiblings(of: run.cursor)
      let at = siblings.firstIndex(of: run.cursor) ?? 0
      run.select(siblings[max(0, min(at + steps, siblings.count - 1))])
    }
  }
}
