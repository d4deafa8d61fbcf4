import TreeSearch

/// What the driver of a run is doing.
public enum RunState: Hashable, Sendable {
  /// Its journal is being read; so much of it, in per cent, is shown.
  case opening(percent: Int)
  /// Nothing has been started.
  case idle
  /// Simulations follow one another.
  case running
  /// It was running and waits for the person.
  case paused
  /// A limit was reached, or nothing is left to add.
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

  /// The theme's scope for the word.
  var scope: String {
    if case .opening = self { "ui.status.state.running" } else { "ui.status.state.\(word)" }
  }
}

extension StopReason {
  /// Why it stopped, as the end of a sentence.
  var words: String {
    switch self {
    case .simulations: "the simulation limit is reached"
    case .nodes: "the node limit is reached"
    case .tokens: "the token limit is reached"
    case .seconds: "the time limit is reached"
    case .settled: "the answer cannot change any more"
    case .exhausted: "nothing is left to add"
    }
  }
}
