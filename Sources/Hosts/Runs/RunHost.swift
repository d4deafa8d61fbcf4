import Explorer
import Runs
import Synchronization
import Workspace

/// What a session shows first.
package enum RunOpening: Sendable {
  case problem(String)
  case run(RunRecord)
  /// The tour in a file; where it has no problem of its own, on this one, or on the first.
  case tour(String, problem: String?)
}

/// What stands behind the explorer: it opens runs, carries effects out, and sends what comes of them.
///
/// Its calls come one after the other: the next effect waits until the one before is done, the opening included.
package protocol RunHost: Sendable {
  /// Shows what is to be seen first.
  func begin(_ opening: RunOpening?) async
  /// Does one effect; what comes of it arrives as an action.
  func perform(_ effect: RunEffect) async
  /// Waits until the search rests; the events of its journal then. Nil where no run is open, or it is another's.
  func eventCountAtRest() async -> Int?
  /// Ends everything; what was done is saved.
  func close() async
}

/// What a host is asked for: one thing after the other, however long one takes.
package struct HostQueue: Sendable {
  private enum Job: Sendable {
    case begin(RunOpening?)
    case perform(RunEffect)
  }

  private let host: any RunHost
  private let jobs = AsyncStream<Job>.makeStream()

  package init(_ host: any RunHost) { self.host = host }

  /// Asks for what is to be seen first.
  package func begin(_ opening: RunOpening?) { jobs.continuation.yield(.begin(opening)) }

  /// Asks for an effect.
  package func perform(_ effect: RunEffect) { jobs.continuation.yield(.perform(effect)) }

  /// Does what is asked for, until its task is cancelled.
  package func work() async {
    for await job in jobs.stream {
      switch job {
      case .begin(let opening): await host.begin(opening)
      case .perform(let effect): await host.perform(effect)
      }
    }
  }
}

/// What a host tells the explorer.
package enum HostInput: Sendable {
  case action(Action)
  /// The driver of a run has told something.
  case run(UpdateMailbox, of: String)
  /// The driver of the fork that is searched beside it has told something.
  case beside(UpdateMailbox, of: String)

  /// What it means for the explorer while `run` is on the screen.
  package func actions(on run: String?) -> [Action] {
    switch self {
    case .action(let action): [action]
    case .run(let box, let id): box.drain().compactMap { run == id ? Action($0) : nil }
    case .beside(let box, let id): box.drain().compactMap { Action($0, beside: id) }
    }
  }
}

/// Where a host's inputs go: into the queue of its session, among keys or lines.
package struct HostInputs: Sendable {
  private let sink: @Sendable (HostInput) -> Void

  /// Inputs that join the queue of a session, whose own inputs `make` makes of them.
  package init<Input: Sendable>(
    into queue: AsyncStream<Input>.Continuation, as make: @escaping @Sendable (HostInput) -> Input
  ) {
    sink = { queue.yield(make($0)) }
  }

  package func yield(_ input: HostInput) { sink(input) }
}

/// What a driver tells until somebody looks: however fast a search is, one letter waits among the keys, and a key waits for
/// one letter at most.
package final class UpdateMailbox: Sendable {
  private let waiting = Mutex<[RunUpdate]>([])

  package init() {}

  /// Adds an update; true where the box was empty, so that somebody must be told to look. Events that follow one another
  /// become one update.
  package func put(_ update: RunUpdate) -> Bool {
    waiting.withLock { waiting in
      if case .events(let new) = update, case .events(var events)? = waiting.last {
        waiting.removeLast()  // or the array would be copied
        events += new
        waiting.append(.events(events))
        return false
      }
      waiting.append(update)
      return waiting.count == 1
    }
  }

  /// Everything since the last look, in order.
  package func drain() -> [RunUpdate] {
    waiting.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
  }
}

extension Action {
  /// What the driver of the fork called `id`, beside the run on the screen, means for the explorer.
  init?(_ update: RunUpdate, beside id: String) {
    switch update {
    case .events(let events): self = .beside(.events(events, of: id))
    case .state(let state): self = .beside(.state(state, of: id))
    case .failure(let message): self = .failure("without your act: \(message)")
    case .notices: return nil
    }
  }

  /// What a driver's update means for the explorer.
  init(_ update: RunUpdate) {
    switch update {
    case .events(let events): self = .events(events)
    case .state(let state): self = .runState(state)
    case .failure(let message): self = .failure(message)
    case .notices(let notices): self = .watched(notices)
    }
  }
}
