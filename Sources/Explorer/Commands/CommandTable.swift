import Canvas

/// Every command of the explorer, with its default keys. A command is one row of one list; a list is in the file of its name.
public enum CommandTable {
  /// Every command, in the order of help, palette and reference.
  public static let all: [Command] = [
    treeCommands,  // moving and folding in the tree
    panelCommands,  // the path panel and the node panel
    problemCommands,  // the list of problems
    roundsCommands,  // rounds of self-improvement
    searchCommands,  // what makes the search go on, and acts of a person
    timeCommands,  // earlier moments, forks
    curateCommands,  // commits and labels
    labelCommands,  // labelling blind, deciding between people
    runCommands,  // one's way in a run
    findCommands,  // filters, bookmarks
    arrangeCommands,  // which panels, how large
    compareCommands,  // nodes, trajectories, runs
    worldsCommands,  // with and without an act
    inspectCommands,  // breakpoints, settings
    teachingCommands,  // lessons, tours
    followCommands,  // votes, the presenter's cursor
    terminalCommands,  // clipboard, mouse, snapshots
    anywhereCommands,  // help, palette, log, theme, quitting
    popupCommands,  // inside overlays and text fields
  ].flatMap { $0 }
}

/// One thing that a person can do: dispatch, footer, help, palette, key maps and the key reference read nothing else.
public struct Command: Sendable, Identifiable {
  /// Stable name, as in key configuration: `search.step`.
  public let id: String
  /// A few words, for lists.
  public let title: String
  /// A sentence.
  public let help: String
  /// Where its keys have meaning.
  public let context: Context
  /// Default keys.
  public let keys: [Key]
  /// A word for the footer; nil keeps it out.
  let hint: String?
  /// Why it cannot be done now; nil while it can.
  let disabledReason: @Sendable (ExplorerState) -> String?
  /// Does it.
  let run: @Sendable (inout ExplorerState) -> [Effect]

  /// - Parameter onlyNow: true for what changes the search: it cannot be done while the past is on the screen.
  init(
    _ id: String, _ title: String, _ help: String, _ context: Context, _ keys: [Key], hint: String? = nil,
    onlyNow: Bool = false, unless disabledReason: @escaping @Sendable (ExplorerState) -> String? = { _ in nil },
    run: @escaping @Sendable (inout ExplorerState) -> [Effect]
  ) {
    self.id = id
    self.title = title
    self.help = help
    self.context = context
    self.keys = keys
    self.hint = hint
    self.disabledReason = { state in (onlyNow ? state.reasonOfThePast : nil) ?? disabledReason(state) }
    self.run = run
  }
}
