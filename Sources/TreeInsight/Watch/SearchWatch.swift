import TreeSearch

/// Something for which a search pauses.
public enum WatchNotice: Hashable, Sendable {
  /// A breakpoint fired.
  case breakpoint(BreakpointHit)
  /// A watchdog found something wrong.
  case alarm(Alarm)

  /// Where.
  public var node: NodeID {
    switch self {
    case .breakpoint(let hit): hit.node
    case .alarm(let alarm): alarm.node
    }
  }

  /// One line. Critics' notes and names stand in it as they came: whoever shows it makes it printable.
  public var sentence: String {
    switch self {
    case .breakpoint(let hit): hit.sentence
    case .alarm(let alarm): alarm.sentence
    }
  }
}

/// Breakpoints and watchdogs of one search, fed with its events as they are made.
///
/// It only reads. Events may come in batches, with the tree after the last of a batch; conditions are then looked at in
/// that tree.
public struct SearchWatch: Sendable {
  private var reader: EventReader
  private var breakpoints = BreakpointSet()
  private var watchdogs: Watchdogs?

  /// A watch over what happens after `tree`. Complexity: O(nodes) with watchdogs, once.
  public init(tree: SearchTree, watchdogs: Bool) {
    reader = EventReader(tree: tree)
    self.watchdogs = watchdogs ? Watchdogs(tree: tree) : nil
  }

  /// Puts these breakpoints in force, and no others. Complexity: O(nodes) for each new one.
  public mutating func set(_ breakpoints: [Breakpoint], in tree: SearchTree) {
    self.breakpoints.set(breakpoints, in: tree)
  }

  /// What the search should pause for after `events`, which have made `tree`.
  ///
  /// Complexity: O(depth) an event and breakpoint.
  public mutating func notices(after events: [SearchEvent], in tree: SearchTree) -> [WatchNotice] {
    let seen = reader.read(events, in: tree)
    var notices: [WatchNotice] = []
    for observation in seen { notices += breakpoints.hits(after: observation, in: tree).map(WatchNotice.breakpoint) }
    return notices + (watchdogs?.alarms(after: seen, in: tree) ?? []).map(WatchNotice.alarm)
  }

  /// The person goes on: alarms that were told may be told again.
  public mutating func goOn() { watchdogs?.goOn() }
}
