import Canvas

extension CommandTable {
  /// The list of problems.
  static let problemCommands: [Command] = [
    Command("problems.down", "Next problem", "Moves to the row below.", .problems, [.character("j"), .down]) {
      $0.moveProblems(1)
    },
    Command("problems.up", "Previous problem", "Moves to the row above.", .problems, [.character("k"), .up]) {
      $0.moveProblems(-1)
    },
    Command(
      "problems.open", "Open", "Opens the newest search of the problem, or begins one.", .problems,
      [.enter, .character("o"), .character("l"), .right], hint: "open",
      unless: { $0.problems.selected == nil ? "no problem is selected" : nil }
    ) { state in state.problems.selected.map { [.run(.openProblem($0.id))] } ?? [] },
    decision(.good, "a", .problems), decision(.bad, "d", .problems),
    Command(
      "problems.undo", "Take back", "Takes the last commit of this sitting back, and goes to its problem.", .problems,
      [.character("u")],
      unless: { $0.curation.decisions.isEmpty ? "nothing to take back: nothing was committed in this sitting" : nil }
    ) { $0.takeCommitBack() },
    Command(
      "problems.next", "Next to decide", "Goes to the next problem that nobody has decided of.", .problems,
      [.character("n")]
    ) { $0.openNext() },
    Command(
      "problems.previous", "Previous to decide", "Goes to the problem before that nobody has decided of.", .problems,
      [.character("N")]
    ) { $0.openNext(backwards: true) },
    Command(
      "problems.disagreement", "Next disagreement",
      "Goes to the next problem whose final selections answer differently.", .problems, [.character("D")]
    ) { $0.openNext { ($0.result?.agreement).map { $0 < 5 } ?? false } },
    Command(
      "problems.filter", "Filter",
      "Shows only the problems that have what is typed: words, not, or, ( ), and fields as in agree<4 or by=ana.",
      .problems, [.character("/")],
      hint: "filter"
    ) { $0.ask(.problems, $0.problems.query) },
    Command(
      "problems.sortBy", "Sort by", "Puts the problems in another order; the same again turns it round.", .problems,
      [.character("K")], hint: "sort"
    ) { state in
      state.overlay = Menu.sorting("problems", by: ProblemOrder.self) { order, state in
        state.problems.sort(by: order, height: state.layout.listRows)
        return state.problems.rows
      }
      return []
    },
    Command(
      "problems.mark", "Mark", "Marks the problem, or takes its mark away, and goes to the next.", .problems,
      [.character(" "), .character("v")], unless: { $0.problems.selected == nil ? "no problem is selected" : nil }
    ) { state in
      state.problems.mark(height: state.layout.listRows)
      return []
    },
    Command(
      "problems.markAll", "Mark all", "Marks every problem that is shown; again, takes all marks away.", .problems,
      [.character("V")]
    ) { state in
      state.problems.markAll()
      return []
    },
    Command(
      "problems.export", "Export", "Writes the dataset in every format that has rows, and says how many.", .problems,
      [.character("E")]
    ) { $0.ask(.export, "dataset") },
    Command(
      "problems.changes", "What changed",
      "Compares the runs of two policies, seeds or rounds problem by problem: those that turned wrong first.",
      .problems,
      [.character("&")]
    ) { $0.ask(.queue) },
    Command(
      "problems.runs", "Runs",
      "Lists every run, those of one problem together, while others work; typing narrows the list, Tab completes or sorts.",
      .problems, [.character("r")], hint: "runs"
    ) { state in
      state.overlay = RunsOverlay()
      return [.run(.listRuns)]
    },
    Command(
      "problems.texts", "Find in all runs", "Looks for words in the steps and rollouts of all runs; Enter goes there.",
      .problems, [.character("F")]
    ) { $0.ask(.texts) },
    Command(
      "problems.trust", "How far to trust",
      "Says how far people agree and which critic lies, and where: Enter on a part of its scores lists the steps.",
      .problems, [.character("%")]
    ) { state in
      state.message = .notice("reading labels")
      return [.run(.measureTrust)]
    },
    Command(
      "problems.clear", "Clear the filter", "Shows every problem again.", .problems, [.escape],
      unless: { $0.problems.query.isEmpty ? "no filter is set" : nil }
    ) { state in
      try? state.problems.filter("", height: state.layout.listRows)
      return []
    },
    Command("problems.first", "First problem", "Goes to the first row.", .problems, [.character("g"), .home]) {
      $0.moveProblems(-1_000_000)
    },
    Command("problems.last", "Last problem", "Goes to the last row.", .problems, [.character("G"), .end]) {
      $0.moveProblems(1_000_000)
    },
    Command(
      "problems.pageDown", "Half a page down", "Moves down by half of the rows shown.", .problems,
      [
        .control("d"), .pageDown,
      ]
    ) { $0.moveProblems($0.layout.listRows / 2) },
    Command(
      "problems.pageUp", "Half a page up", "Moves up by half of the rows shown.", .problems,
      [
        .control("u"), .pageUp,
      ]
    ) { $0.moveProblems(-($0.layout.listRows / 2)) },
  ]
}

extension ExplorerState {
  /// Moves the cursor of the list of problems.
  mutating func moveProblems(_ rows: Int) -> [Effect] {
    problems.move(by: rows, height: layout.listRows)
    return []
  }
}
