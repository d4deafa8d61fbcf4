import Runs
import Synchronization
import TreeInsight
import TreeSearch
import TreeSearchTesting
import Vocabulary

/// A journal in memory that can refuse to be written.
final class Recording: Sendable {
  struct Full: Error, CustomStringConvertible { let description = "no space left" }

  private struct State {
    var events: [SearchEvent] = []
    var appends: [[SearchEvent]] = []
    var limit = Int.max
    var gaps = 0
  }

  private let state = Mutex(State())

  /// Journaled events.
  var events: [SearchEvent] { state.withLock { $0.events } }
  /// Appends whose first event did not follow the last one kept.
  var gaps: Int { state.withLock { $0.gaps } }

  /// The same, append by append.
  var appends: [[SearchEvent]] { state.withLock { $0.appends } }

  /// Refuses what would make more than `count` events.
  func limit(_ count: Int) { state.withLock { $0.limit = count } }

  var journal: Journal {
    Journal { [self] events, first, _ in
      try state.withLock {
        if $0.events.count + events.count > $0.limit { throw Full() }
        if first != $0.events.count { $0.gaps += 1 }
        $0.events += events
        $0.appends.append(events)
      }
    }
  }
}

/// One search with everything around it.
struct Bench {
  let header: RunHeader
  let responder: ScriptedResponder
  let recording = Recording()
  let runner: SearchRunner

  init(
    _ changes: [String: String] = [:], workers: Int = 1, seed: UInt64 = 1,
    responder: ScriptedResponder = ScriptedResponder(), answering other: (any Responder)? = nil
  ) throws {
    header = try TreeSearchTesting.header(
      ["search.workers": "\(workers)"].merging(changes) { $1 }, seed: seed, critics: [.value, .orm])
    self.responder = responder
    runner = SearchRunner(search: Search(header: header), responder: other ?? responder, journal: recording.journal)
  }

  /// A run that goes on from `events` of this one, with a responder of its own.
  func reopened(_ events: [SearchEvent], responder: ScriptedResponder) throws -> SearchRunner {
    SearchRunner(
      search: Search(tree: try SearchTree(header: header, events: events)), responder: responder, journal: .none)
  }

  /// Returns once the tree is as `condition` wants it; what was told until then is gone.
  func until(_ condition: (SearchTree) -> Bool) async {
    if condition(await runner.tree) { return }
    for await update in runner.updates {
      if case .events = update, condition(await runner.tree) { return }
    }
  }

  /// Everything told until the run was closed.
  func told() async -> [RunUpdate] {
    await runner.close()
    var all: [RunUpdate] = []
    for await update in runner.updates { all.append(update) }
    return all
  }
}

extension [RunUpdate] {
  var events: [SearchEvent] {
    flatMap { (update: RunUpdate) -> [SearchEvent] in if case .events(let events) = update { events } else { [] } }
  }
  var states: [RunState] { compactMap { if case .state(let state) = $0 { state } else { nil } } }
  var failures: [String] { compactMap { if case .failure(let message) = $0 { message } else { nil } } }
}
