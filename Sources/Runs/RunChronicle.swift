import Logging
import TreeInsight
import TreeSearch
import Vocabulary

/// What becomes of a run's events: the journal keeps them, then the reader, the tools and the watch are told.
struct RunChronicle {
  /// Everything that happens, for one reader.
  let updates: AsyncStream<RunUpdate>
  /// What the run is doing.
  private(set) var state: RunState
  /// What tools have learned in this run.
  private(set) var tools: ToolLedger

  private let journal: Journal
  private let send: AsyncStream<RunUpdate>.Continuation
  private let log = Logger(label: "run")
  private var watching: RunWatching
  private var judges = JudgeCount()

  /// - Parameter isRead: false where nobody is going to read ``updates``, so that they need not be kept.
  init(_ search: inout Search, journal: Journal, watchdogs: WatchdogMode, isRead: Bool) {
    self.journal = journal
    watching = RunWatching(watchdogs, tree: search.tree)
    tools = ToolLedger(search.tree)
    state = .idle
    // A fork may have been given a greater limit than the one that stopped its beginning.
    if let reason = search.tree.stopReason, ![.simulations, .tokens].contains(reason) || search.limit != nil {
      state = .done(reason)
    }
    (updates, send) = AsyncStream.makeStream()
    if !isRead { send.finish() }
  }

  /// Journals what is new, then shows it; returns it. Notices halt the run, and a journal that cannot be written closes it.
  @discardableResult
  mutating func record(_ search: inout Search, _ pace: inout Pace) -> [SearchEvent] {
    let events = search.takeEvents()
    guard !events.isEmpty else { return [] }
    do {
      try journal.append(events, search.tree.eventCount - events.count, search.tree)
    } catch {
      // Going on would show what a crash then loses: stop here.
      pace.close()
      log.error("the journal cannot be written", metadata: ["reason": "\(error)"])
      send.yield(.failure("the journal cannot be written: \(error)"))
      send.finish()
      return events
    }
    send.yield(.events(events))
    tools.learn(from: events, in: search.tree)
    tellFailures(in: events, search.tree)
    tellNotices(after: events, search.tree, &pace)
    return events
  }

  /// Pauses what runs.
  mutating func pause(_ pace: inout Pace, _ tree: SearchTree) {
    pace.pause(made: tree.simulations)
    if state == .running { enter(.paused, tree) }
  }

  /// Enters a state and tells it where it is another one.
  mutating func enter(_ new: RunState, _ tree: SearchTree) {
    guard new != state else { return }
    state = new
    log.debug("\(new.word)", metadata: ["simulations": "\(tree.simulations)"])
    send.yield(.state(new))
  }

  /// The work has come to its end: a search that made all it was to make is done where a limit has stopped it.
  mutating func rest(_ tree: SearchTree, target: Int) {
    if let reason = tree.stopReason,
      tree.simulations >= target || [.exhausted, .failed, .imported].contains(reason)
    {
      enter(.done(reason), tree)
    } else if state == .running {
      enter(.idle, tree)
    }
  }

  /// Tells what a person asked for and cannot have.
  func tell(failure: String) { send.yield(.failure(failure)) }

  /// Puts these breakpoints in force, and no others. Complexity: O(nodes) for each new one.
  mutating func setBreakpoints(_ breakpoints: [Breakpoint], in tree: SearchTree) { watching.set(breakpoints, in: tree) }

  /// The person goes on after a halt.
  mutating func goOn() { watching.goOn() }

  /// Whether an event may halt the run.
  var mayHalt: Bool { watching.mayHalt }

  /// Nothing more will be told.
  func end() { send.finish() }

  private mutating func tellFailures(in events: [SearchEvent], _ tree: SearchTree) {
    for event in events {
      switch event {
      case .failed(_, let message, _):
        log.warning("a request failed", metadata: ["run": "\(tree.header.problem.id)", "reason": "\(message)"])
        send.yield(.failure(message))
      case .evaluated(let node, _):
        if let message = judges.objection(after: node, in: tree) { send.yield(.failure(message)) }
      default: break
      }
    }
  }

  /// Tells what breakpoints and watchdogs say of new events, and stops the work where one of them asks for it.
  private mutating func tellNotices(after events: [SearchEvent], _ tree: SearchTree, _ pace: inout Pace) {
    let notices = watching.notices(after: events, in: tree)
    guard !notices.isEmpty else { return }
    for notice in notices { log.notice("\(notice.sentence)", metadata: ["run": "\(tree.header.problem.id)"]) }
    send.yield(.notices(notices))
    guard notices.contains(where: watching.pauses) else { return }
    pace.halt()
    pause(&pace, tree)
  }
}

/// Breakpoints and watchdogs of a run, and what a runner does about them.
struct RunWatching {
  private var watch: SearchWatch?
  /// Watchdogs that only speak do not pause the run.
  private let pausesForAlarms: Bool
  private var hasBreakpoints = false

  /// Whether an event may pause the run.
  var mayHalt: Bool { watch != nil && (pausesForAlarms || hasBreakpoints) }

  /// A watch over what happens after `tree`; watchdogs cost nothing where they are off.
  init(_ mode: WatchdogMode, tree: SearchTree) {
    pausesForAlarms = mode == .pause
    if mode != .off { watch = SearchWatch(tree: tree, watchdogs: true) }
  }

  /// Puts these breakpoints in force, and no others.
  mutating func set(_ breakpoints: [Breakpoint], in tree: SearchTree) {
    if watch == nil, !breakpoints.isEmpty { watch = SearchWatch(tree: tree, watchdogs: false) }
    watch?.set(breakpoints, in: tree)
    hasBreakpoints = !breakpoints.isEmpty
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
