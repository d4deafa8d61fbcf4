import Vocabulary

extension RunState {
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
