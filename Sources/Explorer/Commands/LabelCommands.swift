import Canvas
import Vocabulary

extension CommandTable {
  /// Labelling without anything that could sway, and deciding where people differ.
  static let labelCommands: [Command] = [
    Command("label.down", "Next line", "Goes to the line below.", .labelling, [.character("j"), .down]) {
      $0.labelling?.move(by: 1)
      return []
    },
    Command("label.up", "Previous line", "Goes to the line above.", .labelling, [.character("k"), .up]) {
      $0.labelling?.move(by: -1)
      return []
    },
    step("label.good", "Good step", .good, "+"), step("label.bad", "Bad step", .bad, "-"),
    step("label.neutral", "Neutral step", .neutral, "0"),
    Command(
      "label.flag", "Flag", "Flags the line for somebody to look at, or takes the flag away.", .labelling,
      [.character("!")],
      hint: "flag"
    ) { state in
      guard let screen = state.labelling else { return [] }
      let isOn = screen.task.steps[screen.step].lines[screen.line].isFlagged
      return state.say(.flag(screen.place, !isOn))
    },
    Command(
      "label.completion", "Your own step", "Says what should stand in the place of the step.", .labelling,
      [.character("E")], hint: "write"
    ) { state in
      guard let screen = state.labelling else { return [] }
      let step = screen.task.steps[screen.step]
      return state.ask(
        .completion(ofStep: screen.step), step.completion ?? OptionText.line(step.lines[0].text, glyphs: .unicode),
        isSuggestion: false)
    },
    Command(
      "label.accept", "Accept", "Says that the whole is good, and goes to the next.", .labelling, [.character("a")],
      hint: "accept"
    ) { $0.judge(.good) },
    Command(
      "label.refuse", "Refuse", "Says that the whole is bad, and goes to the next.", .labelling, [.character("d")],
      hint: "refuse"
    ) { $0.judge(.bad) },
    end("label.solution", "1", .solution), end("label.foundError", "2", .foundError),
    end("label.badProblem", "3", .badProblem), end("label.giveUp", "4", .giveUp),
    Command(
      "label.skip", "Skip", "Goes to the next of which you have said nothing.", .labelling, [.character(";")],
      hint: "skip"
    ) { $0.nextTask() },
    Command(
      "label.note", "Note", "Says something in words of the whole.", .labelling, [.character("\"")]
    ) { $0.ask(.labelNote) },
    Command(
      "label.undo", "Take back", "Takes the last thing you said back.", .labelling, [.character("u")],
      unless: { $0.labelling?.canTakeBack == true ? nil : "nothing to take back" }
    ) { $0.takeWordBack() },
    Command(
      "label.back", "Back to the list", "Leaves the task; what you said is kept.", .labelling,
      [.escape, .character("P")],
      hint: "list"
    ) { $0.leaveTask() },
  ]

  private static func step(_ id: String, _ title: String, _ label: StepLabel, _ key: Character) -> Command {
    Command(
      id, title, "Says it of the line and goes on; of a line that has the label, takes it away.", .labelling,
      [.character(key)], hint: label.word
    ) { $0.label(label) }
  }

  private static func end(_ id: String, _ key: Character, _ reason: FinishReason) -> Command {
    Command(
      id, "End: \(reason.words)", "Ends the problem so, and goes to the next.", .labelling,
      [.character(key)]
    ) { $0.finish(reason) }
  }
}
