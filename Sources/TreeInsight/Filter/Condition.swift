import TreeSearch
import Vocabulary

/// What a filter or a breakpoint asks of a node.
indirect enum Condition: Hashable, Sendable {
  case all([Condition])
  case any([Condition])
  case not(Condition)
  case term(FilterTerm)

  /// True where it holds for `id` at a moment when `events` have just happened there.
  func holds(for id: NodeID, in tree: SearchTree, events: FilterEvents = []) -> Bool {
    switch self {
    case .all(let parts): parts.allSatisfy { $0.holds(for: id, in: tree, events: events) }
    case .any(let parts): parts.contains { $0.holds(for: id, in: tree, events: events) }
    case .not(let part): !part.holds(for: id, in: tree, events: events)
    case .term(let term): term.holds(for: id, in: tree, events: events)
    }
  }

  /// The events that it names.
  var events: FilterEvents {
    switch self {
    case .all(let parts), .any(let parts): parts.reduce(into: []) { $0.formUnion($1.events) }
    case .not(let part): part.events
    case .term(.event(let event)): event
    case .term: []
    }
  }

  /// Conditions of which one must hold.
  var alternatives: [Condition] { if case .any(let parts) = self { parts } else { [self] } }
}

/// One condition that has no parts.
enum FilterTerm: Hashable, Sendable {
  case number(FilterField, Comparison, Double)
  case answer(String, isEqual: Bool)
  case state(FilterState)
  /// Text that the option holds.
  case text(SoughtText)
  case event(FilterEvents)

  func holds(for id: NodeID, in tree: SearchTree, events: FilterEvents) -> Bool {
    switch self {
    case .number(let field, let comparison, let number):
      field.value(of: id, in: tree).map { comparison.holds($0, number) } ?? false
    case .answer(let answer, let isEqual):
      tree.details[id.offset].answer.map { AnswerFormat.agree($0, answer) == isEqual } ?? false
    case .state(let state): state.holds(for: id, in: tree)
    case .text(let text): tree.details[id.offset].option.map { text.isFound(in: $0.text) } ?? false
    case .event(let event): events.contains(event)
    }
  }
}
