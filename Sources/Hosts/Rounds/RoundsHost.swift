import Explorer

/// What stands behind the rounds screen: it keeps and drives rounds, carries effects out, and sends what comes of them.
///
/// Its calls come one after the other. A round that is resumed goes on behind the call that resumed it; what is watched is told
/// as it changes, by `Action.rounds`.
package protocol RoundsHost: Sendable {
  /// Does one effect; what comes of it arrives as an action, what cannot be done as `Action.failure`.
  func perform(_ effect: RoundsEffect) async
  /// Ends everything: a round that is driven here rests after what is in flight, and what was done is kept.
  func close() async
}

/// Where no rounds are kept: there is no workspace.
package struct NoRounds: RoundsHost {
  private let inputs: HostInputs

  package init(inputs: HostInputs) { self.inputs = inputs }

  package func perform(_ effect: RoundsEffect) async {
    if effect != .watch(.nothing) { inputs.yield(.action(.failure("no rounds are kept here"))) }
  }

  package func close() async {}
}

/// What is asked of rounds: one thing after the other, beside what is asked of runs.
package struct RoundsQueue: Sendable {
  private let host: any RoundsHost
  private let jobs = AsyncStream<RoundsEffect>.makeStream()

  package init(_ host: any RoundsHost) { self.host = host }

  /// Asks for an effect.
  package func perform(_ effect: RoundsEffect) { jobs.continuation.yield(effect) }

  /// Does what is asked for, until its task is cancelled.
  package func work() async { for await effect in jobs.stream { await host.perform(effect) } }
}
