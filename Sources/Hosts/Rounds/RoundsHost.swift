import Explorer

/// What stands behind the rounds screen: it keeps and drives rounds, carries effects out, and sends what comes of them.
///
/// Its calls come one after the other. A round that is resumed goes on behind the call that resumed it; what is watched is told
/// as it changes, by `Action.rounds`.
protocol RoundsHost: Sendable {
  /// Does one effect; what comes of it arrives as an action, what cannot be done as `Action.failure`.
  func perform(_ effect: RoundsEffect) async
  /// Ends everything: a round that is driven here rests after what is in flight, and what was done is kept.
  func close() async
}

/// Where no rounds are kept: another's run is followed.
struct NoRounds: RoundsHost {
  private let inputs: HostInputs

  init(inputs: HostInputs) { self.inputs = inputs }

  func perform(_ effect: RoundsEffect) async {
    if effect != .watch(.nothing) { inputs.yield(.action(.failure("no rounds are kept here"))) }
  }

  func close() async {}
}

/// What is asked of rounds: one thing after the other, beside what is asked of runs.
struct RoundsQueue: Sendable {
  private let host: any RoundsHost
  private let jobs = AsyncStream<RoundsEffect>.makeStream()

  init(_ host: any RoundsHost) { self.host = host }

  /// Asks for an effect.
  func perform(_ effect: RoundsEffect) { jobs.continuation.yield(effect) }

  /// Does what is asked for, until its task is cancelled.
  func work() async { for await effect in jobs.stream { await host.perform(effect) } }
}
