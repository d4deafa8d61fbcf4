import TreeSearch
import Vocabulary

extension Timeline {
  /// The phase that had just ended at `moment`; nil in the midst of one. Complexity: O(1).
  public func phase(at moment: Int) -> Phase? { event(before: moment).flatMap { Phase($0) } }

  /// The first moment after `moment` at which a phase had just ended; nil where none has since. Complexity: O(log events).
  public func nextPhase(after moment: Int) -> Int? {
    let next = stopsUpTo(moment)
    return next < stops.count ? stops[next] : nil
  }

  /// The last moment before `moment` at which a phase had just ended, or the first moment of all; nil at that one.
  ///
  /// Complexity: O(log events).
  public func previousPhase(before moment: Int) -> Int? {
    guard moment > start else { return nil }
    let before = stopsUpTo(moment - 1)
    return before > 0 ? stops[before - 1] : start
  }

  /// The last moment up to `moment` at which a phase had just ended, the first moment of all where there is none; from the
  /// present on, the present. Complexity: O(log events).
  public func restingMoment(upTo moment: Int) -> Int {
    if moment >= count { return count }
    let before = stopsUpTo(moment)
    return before > 0 ? stops[before - 1] : start
  }

  /// The moment `steps` phases after (before, if negative) `moment`, as far as there are any; forwards, the present is one.
  ///
  /// Complexity: O(log events).
  public func moment(_ steps: Int, phasesFrom moment: Int) -> Int {
    if steps == 0 { return moment }
    let at = steps > 0 ? stopsUpTo(moment) + steps - 1 : stopsUpTo(moment - 1) + steps
    if at < 0 { return start }
    return at < stops.count ? stops[at] : count
  }

  /// How many stops are not later than `moment`.
  private func stopsUpTo(_ moment: Int) -> Int { stops.bound { $0 <= moment } }
}

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
