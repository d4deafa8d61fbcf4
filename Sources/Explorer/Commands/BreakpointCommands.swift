import Canvas
import TreeInsight
import TreeSearch

extension CommandTable {
  /// Setting breakpoints, and the list of them.
  static let breakpointCommands: [Command] = [
    Command(
      "search.breakpoints", "Breakpoints", "Lists where the search is to pause: add, remove, switch on and off.", .run,
      [.character("B")], unless: { $0.reasonOfFollowing }
    ) { state in
      // An empty list has nothing to show but the way to a first breakpoint.
      if state.breakpoints.entries.isEmpty { return state.ask(.breakpoint, "") }
      state.popup = .breakpoints(cursor: 0)
      return []
    },
    Command("breakpoint.add", "Add", "Asks for another breakpoint.", .breakpoints, [.character("a")], hint: "add") {
      $0.ask(.breakpoint, "")
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
      $0.movePopup(1)
    },
    Command("breakpoint.up", "Previous", "Moves to the breakpoint before.", .breakpoints, [.character("k")]) {
      $0.movePopup(-1)
    },
    Command("run.audit", "Check the tree", "Checks every invariant of the whole tree, now.", .run, [.character("A")]) {
      state in
      guard let run = state.run else { return [] }
      let findings = TreeAudit.findings(run.tree)
      state.message = findings.first.map { .failure($0) } ?? .notice("every invariant of the tree holds")
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

  /// Changes the list at the cursor of its popup, and tells the driver.
  mutating func changeBreakpoints(_ change: (inout BreakpointList, Int) -> Void) -> [Effect] {
    guard case .breakpoints(let cursor) = popup else { return [] }
    change(&breakpoints, cursor)
    popup = .breakpoints(cursor: max(0, min(cursor, breakpoints.entries.count - 1)))
    return [.run(.setBreakpoints(breakpoints.enabled))]
  }

  /// Sets the breakpoint that was typed, or shows what is wrong with it.
  mutating func confirmBreakpoint(_ prompt: Prompt) -> [Effect] {
    do {
      breakpoints.add(try Breakpoint(prompt.field.text))
      popup = .breakpoints(cursor: breakpoints.entries.count - 1)
      return [.run(.setBreakpoints(breakpoints.enabled))]
    } catch {
      return refuse(prompt, error.message, at: error.column)
    }
  }

  /// Says why the search paused, and goes to the node.
  mutating func take(_ notices: [WatchNotice]) -> [Effect] {
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
