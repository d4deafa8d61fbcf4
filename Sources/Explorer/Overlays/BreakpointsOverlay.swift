import Canvas
import TreeInsight
import TreeSearch

/// The breakpoints of a run; those that are off are faint.
struct BreakpointsOverlay: Overlay {
  /// The chosen one, counted from 0.
  private(set) var cursor: Int

  init(cursor: Int = 0) { self.cursor = cursor }

  var ownContexts: [Context] { [.breakpoints] }

  mutating func move(by rows: Int, in state: ExplorerState) {
    cursor = max(0, min(cursor + rows, state.breakpoints.entries.count - 1))
  }

  func confirm(in state: inout ExplorerState) -> [Effect] { change(in: &state) { $0.toggle(at: $1) } }

  /// Changes the list at the cursor, and tells the driver.
  func change(in state: inout ExplorerState, _ change: (inout BreakpointList, Int) -> Void) -> [Effect] {
    change(&state.breakpoints, cursor)
    var left = self
    left.move(by: 0, in: state)
    state.overlay = left
    return [.run(.setBreakpoints(state.breakpoints.enabled))]
  }

  func sentences(matching query: String, in state: ExplorerState) -> [String] {
    state.breakpoints.entries.map { "\($0.breakpoint.source): \($0.isEnabled ? "on" : "off")" }
  }

  func draw(_ state: ExplorerState, _ look: Look, on frame: inout Frame) {
    let entries = state.breakpoints.entries
    let inside = frame.popup(
      title: "Breakpoints", width: 72, height: min(frame.height - 2, max(6, entries.count + 4)), look: look)
    let (list, feet) = inside.split(bottomRows: 2)
    if entries.isEmpty {
      frame.put("No breakpoint is set.", x: list.x, y: list.y, style: look("ui.text.faint"), maxWidth: list.width)
    }
    let top = max(0, cursor - list.height + 1)
    for index in 0..<list.height where entries.indices.contains(top + index) {
      let entry = entries[top + index]
      let line = list.row(index)
      let isChosen = top + index == cursor
      if isChosen { frame.fill(line, style: look("list.row.selected").over(look("ui.popup"))) }
      let style = isChosen ? Style.plain : look(entry.isEnabled ? "ui.text" : "ui.text.faint")
      let text = OptionText.line(entry.breakpoint.source, glyphs: look.glyphs)
      let used = frame.put(entry.isEnabled ? "on   " : "off  ", x: line.x, y: line.y, style: style)
      frame.putTruncated(
        text, x: line.x + used, y: line.y, style: style, maxWidth: line.width - used, ellipsis: look.glyphs.ellipsis)
    }
    let hints = state.keys.commands(in: [.breakpoints, .popup]).compactMap { command -> String? in
      guard let hint = command.hint, let key = state.keys.keys(of: command.id).first, command.id != "popup.confirm"
      else { return nil }
      return "\(key) \(hint)"
    }
    frame.putTruncated(
      hints.joined(separator: "  "), x: feet.x, y: feet.bottom - 1, style: look("ui.text.faint"), maxWidth: feet.width,
      ellipsis: look.glyphs.ellipsis)
  }
}

/// The breakpoints of one run, in the order in which they were set.
public struct BreakpointList: Hashable, Sendable {
  /// A breakpoint, and whether it is in force.
  struct Entry: Hashable, Sendable {
    let breakpoint: Breakpoint
    var isEnabled = true
  }

  private(set) var entries: [Entry] = []

  /// Those that are in force.
  var enabled: [Breakpoint] { entries.filter(\.isEnabled).map(\.breakpoint) }

  /// Adds a breakpoint; one that is there already comes into force.
  mutating func add(_ breakpoint: Breakpoint) {
    if let at = entries.firstIndex(where: { $0.breakpoint == breakpoint }) {
      entries[at].isEnabled = true
    } else {
      entries.append(Entry(breakpoint: breakpoint))
    }
  }

  /// Takes the breakpoint at `index` away, if there is one.
  mutating func remove(at index: Int) { if entries.indices.contains(index) { entries.remove(at: index) } }

  /// Puts the breakpoint at `index` in force or out of it.
  mutating func toggle(at index: Int) { if entries.indices.contains(index) { entries[index].isEnabled.toggle() } }
}
