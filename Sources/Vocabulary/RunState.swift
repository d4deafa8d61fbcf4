/// What a run is doing.
public enum RunState: Hashable, Sendable {
  /// Its journal is being read; so much of it, in per cent, is shown.
  case opening(percent: Int)
  /// Nothing is being done.
  case idle
  /// Simulations follow one another.
  case running
  /// A person stopped a run that was going on.
  case paused
  /// A limit was reached, or nothing is left to add; nil where the reason is not known.
  case done(StopReason?)
  /// It cannot go on, for the reason given.
  case failed(String)

  /// The word in the status line.
  public var word: String {
    switch self {
    case .opening(let percent): "opening \(percent) %"
    case .idle: "idle"
    case .running: "running"
    case .paused: "paused"
    case .done: "done"
    case .failed: "error"
    }
  }
}
