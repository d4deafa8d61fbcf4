import Canvas

extension CommandTable {
  /// The run with a person's act and without it.
  static let worldsCommands: [Command] = [
    Command(
      "compare.worlds", "With and without your act",
      "Searches this run and a fork of it from just before your last act side by side, with the same number of simulations, "
        + "and shows what each comes to.",
      .run, [.character("Y")], onlyNow: true, unless: { $0.reasonAgainstWorlds }
    ) { $0.searchBothWorlds() },
    Command(
      "worlds.more", "Search both on", "Searches both for twenty more simulations.", .worlds, [.character("Y")],
      hint: "search both on", onlyNow: true, unless: { $0.reasonAgainstWorlds }
    ) { $0.searchBothWorlds() },
    Command(
      "worlds.pause", "Pause both", "Begins no new simulation in either.", .worlds, [.character(" ")], hint: "pause"
    ) {
      _ in [.run(.pause)]
    },
    Command("worlds.down", "Scroll down", "Moves down by a row.", .worlds, [.character("j")]) { $0.moveOverlay(by: 1) },
    Command("worlds.up", "Scroll up", "Moves up by a row.", .worlds, [.character("k")]) { $0.moveOverlay(by: -1) },
  ]
}
