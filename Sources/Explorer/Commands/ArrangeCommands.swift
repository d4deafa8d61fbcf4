import Canvas
import TreeInsight
import TreeSearch

extension CommandTable {
  /// Which panels are shown, how large, and which one has the keyboard.
  static let arrangeCommands: [Command] = [
    Command("run.nextPanel", "Next panel", "Gives the keyboard to the next panel.", .run, [.tab], hint: "panel") {
      $0.focus { $0.panel(after: $1, 1) }
    },
    Command("run.previousPanel", "Previous panel", "Gives the keyboard to the panel before.", .run, [.backTab]) {
      $0.focus { $0.panel(after: $1, -1) }
    },
    focus(.tree, key: "1"), focus(.node, key: "2"), focus(.path, key: "3"),
    Command(
      "panel.zoom", "Zoom", "Gives the whole screen to the panel that has the keyboard, or takes it back.", .run,
      [.character("z")], unless: { $0.reasonNotToArrange }
    ) { state in
      state.arrangement.isZoomed.toggle()
      return []
    },
    Command(
      "panel.hide", "Hide this panel", "Leaves the place of the panel that has the keyboard to the others.", .run,
      [.character("H")], unless: { $0.reasonNotToArrange }
    ) { state in
      guard let focus = state.run?.focus else { return [] }
      let effects = state.focus { $0.panel(after: $1, 1) }
      state.arrangement.isZoomed = false
      state.arrangement.hide(focus)
      return effects
    },
    Command(
      "panel.grow", "Larger panel", "Makes the panel that has the keyboard larger.", .run, [.character(")")],
      unless: { $0.reasonNotToResize }
    ) { $0.resizePanel(by: 50) },
    Command(
      "panel.shrink", "Smaller panel", "Makes the panel that has the keyboard smaller.", .run, [.character("(")],
      unless: { $0.reasonNotToResize }
    ) { $0.resizePanel(by: -50) },
    Command(
      "panel.reset", "All panels", "Shows every panel and the timeline in their standard places and sizes.", .run,
      [.character("Z")]
    ) { state in
      state.arrangement.reset()
      return []
    },
    Command(
      "tree.columns", "Columns",
      "Chooses which numbers stand beside the tree's rows: always, never, or where there is room.",
      .run, [.character("*")]
    ) { $0.chooseColumns() },
    Command(
      "run.raw", "Raw text", "Shows texts as the model wrote them, formulas and emphasis unread, or as they are read.",
      .run,
      [.character("$")]
    ) { state in state.withRun { $0.showsRaw.toggle() } },
    Command(
      "run.thinking", "Thinking", "Shows what the model thought before it wrote the selected node, or folds it away.",
      .run, [.character("U")], unless: { $0.run.flatMap(reasonWithoutThinking) }
    ) { state in state.withRun { $0.showsThinking.toggle() } },
  ]

  private static func reasonWithoutThinking(_ run: OpenRun) -> String? {
    let hasSome =
      run.tree.details[run.cursor.offset].option?.thinking != nil
      || run.tree.rollouts(of: run.cursor).contains { $0.thinking != nil }
    return hasSome || run.showsThinking ? nil : "the model told no thinking here"
  }

  private static func focus(_ panel: Panel, key: Character) -> Command {
    Command(
      "panel.\(panel.rawValue)", "\(panel.title) panel",
      "Gives the keyboard to the \(panel.rawValue) panel; shows it where it was hidden.",
      .run, [.character(key)]
    ) { state in
      state.arrangement.show(panel)
      return state.focus { _, _ in panel }
    }
  }
}

extension ExplorerState {
  /// Gives the keyboard to another panel.
  mutating func focus(_ choose: (Arrangement, Panel) -> Panel) -> [Effect] {
    let arrangement = arrangement
    return withRun { $0.focus = choose(arrangement, $0.focus) }
  }

  /// Lists the tree's columns; choosing one goes from "where there is room" to always, to never, and back.
  mutating func chooseColumns(at cursor: Int = 0) -> [Effect] {
    overlay = Menu(title: "Columns of the tree", TreeColumn.all.enumerated(), cursor: cursor) { letter, place in
      let (index, column) = place
      let usual = column.rank == 0 ? "by default" : "where there is room"
      let word = arrangement.columns[column.id].map { $0 ? "always" : "never" } ?? usual
      let name = TextWidth.padded(column.title.isEmpty ? column.id : column.title, to: 7)
      return Menu.Item(letter: letter, title: "\(name)\(TextWidth.padded(column.help, to: 20)) \(word)") { state in
        switch state.arrangement.columns[column.id] {
        case nil: state.arrangement.columns[column.id] = true
        case true?: state.arrangement.columns[column.id] = false
        case false?: state.arrangement.columns[column.id] = nil
        }
        return state.chooseColumns(at: index)
      }
    }
    return []
  }

  /// Moves the line beside the panel that has the keyboard, so that the panel takes so many thousandths more.
  mutating func resizePanel(by thousandths: Int) -> [Effect] {
    guard let focus = run?.focus, let handle = resizingHandle else { return [] }
    let isFirst = handle.split.isOfTree ? focus == .tree : focus == .node
    arrangement.shares[handle.split] = max(100, min(handle.share + (isFirst ? thousandths : -thousandths), 900))
    return []
  }

  /// The line that bounds the panel that has the keyboard: that of the tree for the tree, that between the others for them.
  private var resizingHandle: Layout.Handle? {
    let handles = layout.handles
    return handles.first { $0.split.isOfTree == (run?.focus == .tree) } ?? handles.first
  }

  /// Why no panel can be resized.
  var reasonNotToResize: String? { layout.handles.isEmpty ? "one panel has the whole screen" : nil }

  /// Why panels cannot make room for each other.
  var reasonNotToArrange: String? {
    guard arrangement.shownPanels.count < 2 else { return nil }
    return "no other panel is shown; \(key("panel.reset")) shows all"
  }
}
