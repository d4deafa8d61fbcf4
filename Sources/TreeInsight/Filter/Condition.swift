import TreeSearch
import Vocabulary

/// What a filter or a breakpoint asks of a node.
indirect enum Condition: Hashable, Sendable {
  case all([Condition])
  case any([Condition])
  case not(Condition)
  case term(FilterTerm)

  /// True where it holds for `id` at a moment when `events` have just happened there, as the end of a `trajectory` where it is
  /// asked of one.
  func holds(
    for id: NodeID, in tree: SearchTree, events: FilterEvents = [], trajectory: TrajectoryFacts? = nil,
    facts: FilterFacts? = nil
  ) -> Bool {
    func holds(_ part: Condition) -> Bool {
      part.holds(for: id, in: tree, events: events, trajectory: trajectory, facts: facts)
    }
    return switch self {
    case .all(let parts): parts.allSatisfy(holds)
    case .any(let parts): parts.contains(where: holds)
    case .not(let part): !holds(part)
    case .term(.whole(let question)): facts?.holds(question, for: id) ?? false
    case .term(let term): term.holds(for: id, in: tree, events: events, trajectory: trajectory)
    }
  }

  /// What it asks of the tree as a whole.
  var questions: Set<FilterQuestion> {
    switch self {
    case .all(let parts), .any(let parts): parts.reduce(into: []) { $0.formUnion($1.questions) }
    case .not(let part): part.questions
    case .term(.whole(let question)): [question]
    case .term: []
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
  case number(FilterField, FilterComparison, Double)
  case answer(String, isEqual: Bool)
  /// What one of the fast rollouts from the node answers.
  case rollout(String, isEqual: Bool)
  case state(FilterState)
  /// Text that the option holds.
  case text(SoughtText)
  /// Text that the thinking before the option holds: found only where it is asked for.
  case thought(SoughtText)
  case event(FilterEvents)
  /// A number of the trajectory as a whole.
  case trajectory(TrajectoryField, FilterComparison, Double)
  /// What only the whole tree can say: ``Condition`` answers it.
  case whole(FilterQuestion)

  func holds(for id: NodeID, in tree: SearchTree, events: FilterEvents, trajectory: TrajectoryFacts?) -> Bool {
    switch self {
    case .trajectory(let field, let comparison, let number):
      trajectory.flatMap { field.value(of: $0) }.map { comparison.holds($0, number) } ?? false
    case .state(.contradicted), .state(.contradiction):
      trajectory?.isContradicted ?? tree.isContradicted(id)
    case .number(let field, let comparison, let number):
      field.value(of: id, in: tree).map { comparison.holds($0, number) } ?? false
    case .answer(let answer, let isEqual):
      tree.details[id.offset].answer.map { tree.header.problem.agree($0, answer) == isEqual } ?? false
    case .rollout(let answer, let isEqual):
      tree.rollouts(of: id).contains { rollout in
        rollout.answer.map { tree.header.problem.agree($0, answer) == isEqual } ?? false
      }
    case .state(let state): state.holds(for: id, in: tree)
    case .text(let text): tree.details[id.offset].option.map { text.isFound(in: $0.text) } ?? false
    case .thought(let text): tree.details[id.offset].option?.thinking.map { text.isFound(in: $0) } ?? false
    case .event(let event): events.contains(event)
    case .whole: false
    }
  }
}

/// How a term compares a node's number with the one typed.
package enum FilterComparison: String, CaseIterable, Hashable, Sendable {
  case less = "<"
  case atMost = "<="
  case equal = "="
  case unequal = "!="
  case atLeast = ">="
  case greater = ">"

  /// The comparison that a sign means; `==` is `=`.
  package init?(_ sign: String) { self.init(rawValue: sign == "==" ? "=" : sign) }

  /// The signs, as an error message lists them.
  static var list: String { "<, <=, =, !=, >= or >" }

  /// True where `a` compares with `b` so.
  package func holds(_ a: Double, _ b: Double) -> Bool {
    switch self {
    case .less: a < b
    case .atMost: a <= b
    case .equal: a == b
    case .unequal: a != b
    case .atLeast: a >= b
    case .greater: a > b
    }
  }
}

/// A number that a filter can compare.
enum FilterField: Hashable, Sendable {
  case visits, q, reward, importance, depth, id, children, draws, rollouts, spread
  case critic(String)

  /// The field called `name`, if there is one.
  init?(_ name: String) {
    if let known = Self.byName[name.lowercased()] {
      self = known
    } else if name.lowercased().hasPrefix(Self.criticPrefix), name.count > Self.criticPrefix.count {
      self = .critic(String(name.dropFirst(Self.criticPrefix.count)))
    } else {
      return nil
    }
  }

  /// What stands before a critic's name.
  static let criticPrefix = "critic."

  /// Names in the order of completion, each with what it means.
  static let names: [(name: String, field: FilterField, help: String)] = [
    ("n", .visits, "visits N"), ("q", .q, "mean value Q"), ("v", .critic(CriticName.value), "the value critic's score"),
    ("prm", .critic(CriticName.prm), "the PRM's score"), ("orm", .critic(CriticName.orm), "the ORM's score"),
    ("reward", .reward, "the reward that is backed up"), ("importance", .importance, "importance I"),
    ("depth", .depth, "options from the root"), ("id", .id, "the node's number"),
    ("children", .children, "children shown"), ("draws", .draws, "options drawn for the node"),
    ("rollouts", .rollouts, "fast rollouts"), ("visits", .visits, "visits N"),
    ("value", .critic(CriticName.value), "the value critic's score"),
  ]

  private static let byName = Dictionary(uniqueKeysWithValues: names.map { ($0.name, $0.field) })

  /// The number at `node`; nil where the node has none. Complexity: O(1), O(width) for `children`.
  func value(of node: NodeID, in tree: SearchTree) -> Double? {
    switch self {
    case .visits: Double(tree[node].visits)
    case .q: tree[node].meanValue
    case .reward: tree.details[node.offset].reward
    case .importance: tree[node].importance
    case .depth: Double(tree[node].depth)
    case .id: Double(node.index)
    case .children: Double(tree.children(of: node).reduce(0) { count, _ in count + 1 })
    case .draws: Double(tree.details[node.offset].draws)
    case .rollouts: Double(tree.rollouts(of: node).count)
    case .spread: tree.criticSpread(at: node)
    case .critic(let name): tree.score(name, of: node)
    }
  }
}
