import Canvas
import TreeInsight
import TreeSearch

extension CommandTable {
  /// The terminal around the explorer: clipboard, mouse, pictures of the screen.
  static let terminalCommands: [Command] = [
    Command(
      "app.copy", "Copy",
      "Puts the option, the trajectory, the node's path or the command line of this run on the clipboard.", .run,
      [.character("y")]
    ) { state in
      guard let run = state.run else { return [] }
      state.overlay = Menu(title: "Copy", items: run.copies(program: state.program, critics: state.critics))
      return []
    },
    Command(
      "app.mouse", "Mouse on or off",
      "Leaves the mouse to the terminal, which can then select text, or takes it again.",
      .anywhere, [.character("M")]
    ) { state in
      state.usesMouse.toggle()
      state.message = .notice(
        state.usesMouse ? "the mouse is the explorer's" : "the mouse is the terminal's: it selects text")
      return [.session(.setMouse(state.usesMouse))]
    },
    Command(
      "app.snapshot", "Snapshot", "Saves the screen as a picture (SVG) and as text in the working folder.", .anywhere,
      [.control("s")]
    ) { _ in [.session(.snapshot)] },
  ]
}
