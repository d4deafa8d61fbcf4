import TreeInsight
import TreeSearch

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
