import Canvas
import TreeInsight
import TreeSearch

extension CommandTable {
  /// Two nodes, or two runs, side by side.
  static let compareCommands: [Command] = [
    Command(
      "compare.nodes", "Compare nodes",
      "Marks the selected node; on another node, shows the marked one and that one side by side.", .run,
      [.character("=")], hint: "compare"
    ) { state in
      guard let run = state.run else { return [] }
      guard let marked = run.marked, run.tree.holds(marked), marked != run.cursor else {
        let key = state.keys.keys(of: "compare.nodes").first?.description ?? "the same command"
        state.message = .notice("node \(run.cursor) is marked; \(key) on another node compares them")
        return state.withRun { $0.marked = $0.cursor }
      }
      state.overlay = ComparisonOverlay(Comparison(marked, run.cursor, in: run))
      return []
    },
    Command(
      "compare.paths", "Compare trajectories",
      "Shows the best path beside the one through the selected node, step by step: where they part.", .run,
      [.character("W")]
    ) { state in
      guard let comparison = state.run.flatMap({ Comparison(pathsOf: $0) }) else {
        state.message = .failure("the selected node is on the best path; select another to compare them")
        return []
      }
      state.overlay = ComparisonOverlay(comparison)
      return []
    },
    Command(
      "compare.runs", "Compare runs",
      "Shows this run beside another of the same problem, such as the one it was forked from: where they part.", .run,
      [.character("|")]
    ) { _ in [.run(.findRunsToCompare)] },
    Command(
      "compare.trees", "Compare trees",
      "Lays the tree of another run over this one, such as that of the policy before training: where the chosen trajectories part, "
        + "answers that turned right or wrong, steps that only one has. Typing narrows the list, Enter goes to the step.",
      .run,
      [.character("&")]
    ) { _ in [.run(.findRunsToLayOver)] },
  ]
}

extension ExplorerState {
  /// Runs of the same problem are known: the only one is taken, one of several is asked for.
  mutating func choose(
    among runs: [RunChoice], title: String, then effect: @escaping @Sendable (String) -> RunEffect
  ) -> [Effect] {
    guard let only = runs.first else {
      let key = keys.keys(of: "time.fork").first?.description ?? "a fork"
      message = .failure("this problem has no other run; \(key) makes one that goes another way")
      return []
    }
    if runs.count == 1 { return [.run(effect(only.id))] }
    overlay = Menu(title: title, runs) { letter, run in
      Menu.Item(letter: letter, title: "\(run.id)  \(run.words)") { _ in [.run(effect(run.id))] }
    }
    return []
  }
}
