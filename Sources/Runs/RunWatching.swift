import TreeInsight
import TreeSearch

/// Breakpoints and watchdogs of a run, and what a runner does about them.
struct RunWatching {
  private var watch: SearchWatch?
  /// Watchdogs that only speak do not pause the run.
  private let pausesForAlarms: Bool

  /// A watch over what happens after `tree`; watchdogs cost nothing where they are off.
  init(_ mode: WatchdogMode, tree: SearchTree) {
    pausesForAlarms = mode == .pause
    if mode != .off { watch = SearchWatch(tree: tree, watchdogs: true) }
  }

  /// Puts these breakpoints in force, and no others.
  mutating func set(_ breakpoints: [Breakpoint], in tree: SearchTree) {
    if watch == nil, !breakpoints.isEmpty { watch = SearchWatch(tree: tree, watchdogs: false) }
    watch?.set(breakpoints, in: tree)
  }

  /// What is to be told after events that have made `tree`.
  mutating func notices(after events: [SearchEvent], in tree: SearchTree) -> [WatchNotice] {
    watch?.notices(after: events, in: tree) ?? []
  }

  /// True where the run is to pause for `notice`.
  func pauses(for notice: WatchNotice) -> Bool { if case .alarm = notice { pausesForAlarms } else { true } }

  /// The person goes on.
  mutating func goOn() { watch?.goOn() }
}

/// What watchdogs do when they find something wrong.
public enum WatchdogMode: String, CaseIterable, Sendable {
  /// They say it and pause the run.
  case pause
  /// They say it.
  case warn
  /// They do not watch.
  case off
}
