import Canvas

extension CommandTable {
  /// What works on every screen.
  static let anywhereCommands: [Command] = [
    Command("app.palette", "Palette", "Finds a command by its name.", .anywhere, [.character(":")], hint: "palette") {
      $0.overlay = PaletteOverlay()
      return []
    },
    Command(
      "app.help", "Help", "Lists what works here, and with which key.", .anywhere, [.character("?")], hint: "help"
    ) {
      $0.overlay = HelpOverlay()
      return []
    },
    Command(
      "app.log", "Log", "Lists what was done and said, the latest first; Enter looks at the moment when it was.",
      .anywhere,
      [.character("J")]
    ) {
      $0.overlay = LogOverlay()
      return []
    },
    Command(
      "app.theme", "Theme", "Chooses another look.", .anywhere, [.character("t")],
      unless: { $0.themes.isEmpty ? "no themes were found" : nil }
    ) { state in
      state.overlay = ThemesOverlay(state)
      return []
    },
    Command(
      "app.projector", "Projector",
      "For a screen that is read from afar: the tree across it with N and Q only, and more contrast; again, as before.",
      .anywhere, [.control("p")]
    ) { state in
      let isOn = !state.isProjecting
      (state.projectsNow, state.arrangement.projects) = (false, isOn)
      state.message = .notice(isOn ? "for a screen that is read from afar" : "for a screen that is read from nearby")
      return []
    },
    Command(
      "app.quit", "Quit", "Ends the program; everything done is saved.", .anywhere, [.character("q")], hint: "quit"
    ) {
      _ in [.session(.quit)]
    },
    Command(
      "app.suspend", "Suspend", "Gives the terminal back to the shell; fg comes back.", .always, [.control("z")]
    ) { _ in [.session(.suspend)] },
    Command("small.quit", "Quit", "Ends the program; everything done is saved.", .tooSmall, [.character("q")]) { _ in
      [.session(.quit)]
    },
  ]
}
