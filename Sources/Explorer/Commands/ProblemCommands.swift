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
    Command(
      "problems.filter", "Filter", "Shows only the problems that hold the words typed.", .problems, [.character("/")],
      hint: "filter"
    ) { $0.ask(.problems, $0.problems.query) },
    Command(
      "problems.changes", "What changed",
      "Compares the runs of two policies, seeds or rounds problem by problem: those that turned wrong first.",
      .problems,
      [.character("&")]
    ) { $0.ask(.queue) },
    Command(
      "problems.clear", "Clear the filter", "Shows every problem again.", .problems, [.escape],
      unless: { $0.problems.query.isEmpty ? "no filter is set" : nil }
    ) { state in
      state.problems.filter("", height: state.layout.listRows)
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
