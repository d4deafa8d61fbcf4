import Canvas
import TreeInsight
import TreeSearch
import Vocabulary

extension CommandTable {
  /// What a search is watched and steered by: breakpoints and their list, the audit, the settings.
  static let inspectCommands: [Command] = [
    Command(
      "search.breakpoints", "Breakpoints", "Lists where the search is to pause: add, remove, switch on and off.", .run,
      [.character("B")], unless: { $0.reasonOfFollowing }
    ) { state in
      // An empty list has nothing to show but the way to a first breakpoint.
      if state.breakpoints.entries.isEmpty { return state.ask(.breakpoint(), "") }
      state.overlay = BreakpointsOverlay()
      return []
    },
    Command("breakpoint.add", "Add", "Asks for another breakpoint.", .breakpoints, [.character("a")], hint: "add") {
      $0.ask(.breakpoint(from: $0.overlay as? BreakpointsOverlay), "")
    },
    Command(
      "breakpoint.toggle", "On or off", "Switches the breakpoint off, or on again.", .breakpoints, [.character(" ")],
      hint: "on/off"
    ) { state in state.changeBreakpoints { $0.toggle(at: $1) } },
    Command(
      "breakpoint.remove", "Remove", "Takes the breakpoint away.", .breakpoints, [.character("x"), .delete],
      hint: "remove"
    ) { state in state.changeBreakpoints { $0.remove(at: $1) } },
    Command("breakpoint.down", "Next", "Moves to the next breakpoint.", .breakpoints, [.character("j")]) {
      $0.moveOverlay(by: 1)
    },
    Command("breakpoint.up", "Previous", "Moves to the breakpoint before.", .breakpoints, [.character("k")]) {
      $0.moveOverlay(by: -1)
    },
    Command("run.audit", "Check the tree", "Checks every invariant of the whole tree, now.", .run, [.character("A")]) {
      state in
      guard let run = state.run else { return [] }
      let findings = TreeAudit.findings(run.tree)
      state.message = findings.first.map { .failure($0) } ?? .notice("every invariant of the tree holds")
      return []
    },
    Command(
      "search.forecast", "What more would buy",
      "Says how likely more simulations change the answer, bring a new one or the right one, and what they cost; follows the search.",
      .run, [.character("@")], unless: { $0.run?.chosen == nil ? "no trajectory states an answer yet" : nil }
    ) { state in
      state.overlay = ForecastOverlay()
      return []
    },
    Command(
      "settings.open", "Settings",
      "Lists every engine parameter with its value, default, range and source; Enter changes one on this run.", .run,
      [.character(",")]
    ) { state in
      state.overlay = SettingsOverlay()
      return []
    },
  ]
}

extension ExplorerState {
  /// The breakpoints of the run on the screen; each run keeps its own for as long as the program runs.
  var breakpoints: BreakpointList {
    get { run.flatMap { breakpointsByRun[$0.id] } ?? BreakpointList() }
    set { if let run { breakpointsByRun[run.id] = newValue } }
  }

  /// Changes the list at the cursor of its overlay.
  fileprivate mutating func changeBreakpoints(_ change: (inout BreakpointList, Int) -> Void) -> [Effect] {
    (overlay as? BreakpointsOverlay)?.change(in: &self, change) ?? []
  }

  /// Says why the search paused, and goes to the node.
  mutating func reduce(_ notices: [WatchNotice]) -> [Effect] {
    guard let first = notices.first, let run else { return [] }
    let more = notices.count > 1 ? " (and \(Number.things(notices.count - 1, "more", "more")); the log has all)" : ""
    for notice in notices.dropFirst().reversed() { message = Message(notice) }
    message = Message(first, more)
    if run.tree.holds(first.node) { self.run?.select(first.node) }
    return note(.breakpoint(moment: run.timeline.count, first.sentence))
  }
}

extension Message {
  /// What a breakpoint or a watchdog says.
  fileprivate init(_ notice: WatchNotice, _ more: String = "") {
    let text = notice.sentence + more
    self = if case .alarm = notice { .failure(text) } else { .notice(text) }
  }
}
