import TreeSearch

/// A phase of a simulation, in the order of AlphaLLM's algorithm (section 4.3), or an act of a person: the stops at which a
/// run can be looked at step by step.
public enum Phase: String, Codable, Sendable, CaseIterable {
  /// The descent has found where the simulation acts.
  case select
  /// A child has joined, or nothing different was found to join.
  case widen
  /// The critics have spoken: a reward is fixed.
  case evaluate
  /// The reward has been added at the node and its ancestors.
  case backUp
  /// A person did something, took it back or did it again.
  case intervene

  /// The phase that `event` ends; nil for requests, answers and everything else on the way.
  public init?(_ event: SearchEvent) {
    switch event {
    case .selected: self = .select
    case .added, .merged, .grafted, .followed, .inserted, .widthFrozen: self = .widen
    case .evaluated: self = .evaluate
    case .backedUp: self = .backUp
    case .intervened, .undone, .redone: self = .intervene
    default: return nil
    }
  }

  /// The word for screens and lists.
  public var word: String {
    switch self {
    case .select: "select"
    case .widen: "widen"
    case .evaluate: "evaluate"
    case .backUp: "back up"
    case .intervene: "a person"
    }
  }
}
