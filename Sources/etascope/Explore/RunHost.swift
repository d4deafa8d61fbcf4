import Explorer

/// What stands behind the explorer: it opens runs, carries effects out, and sends what comes of them.
///
/// Its calls come one after the other: the next effect waits until the one before is done, the opening included.
protocol RunHost: Sendable {
  /// Shows what is to be seen first.
  func begin(_ opening: ExplorerSession.Opening?) async
  /// Does one effect; what comes of it arrives as an action.
  func perform(_ effect: RunEffect) async
  /// Waits until the search rests; the events of its journal then. Nil where no run is open, or it is another's.
  func eventCountAtRest() async -> Int?
  /// Ends everything; what was done is saved.
  func close() async
}

/// What a host tells the explorer.
enum HostInput: Sendable {
  case action(Action)
  /// The driver of a run has told something.
  case run(UpdateMailbox, of: String)

  /// What it means for the explorer while `run` is on the screen.
  func actions(on run: String?) -> [Action] {
    switch self {
    case .action(let action): [action]
    case .run(let box, let id): box.drain().compactMap { run == id ? Action($0) : nil }
    }
  }
}

/// Where a host's inputs go: into the queue of its session, among keys or lines.
struct HostInputs: Sendable {
  private let sink: @Sendable (HostInput) -> Void

  /// Inputs that join the queue of a session, whose own inputs `make` makes of them.
  init<Input: Sendable>(
    into queue: AsyncStream<Input>.Continuation, as make: @escaping @Sendable (HostInput) -> Input
  ) {
    sink = { queue.yield(make($0)) }
  }

  func yield(_ input: HostInput) { sink(input) }
}
