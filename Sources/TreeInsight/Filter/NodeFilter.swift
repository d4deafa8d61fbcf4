import TreeSearch
import Vocabulary

/// A filter over nodes, such as `n>10 q<0.4 (pruned or answer=25) not "text"`.
///
/// Terms beside each other must all hold; `or` (`|`), `not` (`!`) and parentheses do what they say. A term on a number
/// that a node does not have (the score of a critic that abstained, Q before the first visit) does not hold.
public struct NodeFilter: Hashable, Sendable {
  /// The text it was made from.
  public let source: String
  private let condition: Condition
  /// What it asks of the tree as a whole.
  private let questions: Set<FilterQuestion>

  /// Reads a filter. Throws ``FilterError`` where it cannot be read. Complexity: O(length).
  public init(_ source: String) throws(FilterError) {
    self.source = source
    condition = try FilterParser.condition(source, .filter)
    questions = condition.questions
  }

  /// True where the filter holds for `id`. Who asks of many nodes finds the ``facts(of:labels:)`` once; without them they are found
  /// here, where the filter needs any.
  ///
  /// Complexity: O(terms × (width + depth + option's text)).
  public func matches(_ id: NodeID, in tree: SearchTree, facts: FilterFacts? = nil) -> Bool {
    condition.holds(for: id, in: tree, facts: facts ?? self.facts(of: tree))
  }

  /// True where it asks for what only the whole tree can say: what is chosen, and first errors.
  public var asksOfWhole: Bool { !questions.isEmpty }

  /// What it has to know of the tree as a whole, where people said `labels` of steps; nil where it asks for nothing of the kind.
  ///
  /// Complexity: O(nodes × depth), where it asks.
  public func facts(of tree: SearchTree, labels: [NodeID: StepLabel] = [:]) -> FilterFacts? {
    asksOfWhole ? FilterFacts(tree, labels: labels, questions) : nil
  }
}

/// What is wrong with a filter or a breakpoint, and where, for the person who types it.
public struct FilterError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Where it is wrong: the character, counted from 1; one past the last where something is missing at the end.
  public let column: Int
  /// What was found and what was expected.
  public let message: String

  /// An error with its fields as given.
  package init(at column: Int, _ message: String) {
    self.column = column
    self.message = message
  }

  /// One line.
  public var description: String { "column \(column): \(message)" }
}

/// A yes-or-no fact about a node that a filter can ask for.
enum FilterState: String, CaseIterable, Hashable, Sendable {
  case terminal, answered, correct, wrong, open, pruned, inserted, overridden, frozen, merged, contradicted,
    contradiction, thought

  /// What it means, for completion.
  var help: String {
    switch self {
    case .terminal: "the trajectory ends here"
    case .answered: "the trajectory ends with an answer"
    case .correct: "its answer agrees with the reference"
    case .wrong: "its answer disagrees with the reference"
    case .open: "selection may enter it"
    case .pruned: "a person pruned it"
    case .inserted: "a person wrote its option"
    case .overridden: "a person overruled a critic"
    case .frozen: "it is widened no more"
    case .merged: "other draws joined it"
    case .contradicted, .contradiction: "a tool found the step wrong"
    case .thought: "the model thought before it wrote the step"
    }
  }

  /// True where the fact holds. Complexity: O(1), O(depth) for `open`.
  func holds(for id: NodeID, in tree: SearchTree) -> Bool {
    switch self {
    case .terminal: tree[id].terminal != nil
    case .answered: tree[id].terminal == .answer
    case .correct: tree.isCorrect(at: id) == true
    case .wrong: tree.isCorrect(at: id) == false
    case .open: tree.isReachable(id)
    case .pruned: tree[id].marks.contains(.pruned)
    case .inserted: tree[id].marks.contains(.inserted)
    case .overridden: tree[id].marks.contains(.overridden)
    case .frozen: tree[id].marks.contains(.widthFrozen)
    case .merged: tree[id].marks.contains(.group)
    case .contradicted, .contradiction: tree.isContradicted(id)
    case .thought: tree.details[id.offset].option?.thinking != nil
    }
  }
}

/// What has just happened at a node: the words that a breakpoint knows beside the filter's.
struct FilterEvents: OptionSet, Hashable, Sendable {
  let rawValue: Int

  /// A draw was found to be like a child that is there.
  static let merge = FilterEvents(rawValue: 1)
  /// The best finished trajectory is another one.
  static let bestChanges = FilterEvents(rawValue: 2)
  /// A request about the node failed.
  static let failure = FilterEvents(rawValue: 4)

  /// Names in the order of completion, each with what it means.
  static let names: [(name: String, event: FilterEvents, help: String)] = [
    ("merge", .merge, "a draw is like a sibling"),
    ("best changes", .bestChanges, "another finished trajectory is the best"),
    ("failure", .failure, "a request fails"),
  ]
}
