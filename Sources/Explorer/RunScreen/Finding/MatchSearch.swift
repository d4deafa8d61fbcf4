import TreeInsight
import TreeSearch
import Vocabulary

/// What is being looked for, and what is counted: a portion in every turn.
struct Finder: Sendable {
  /// The way to a match that is not found yet.
  var search: MatchSearch?
  /// Matches that are being counted.
  var count: MatchCount?
  /// True while another turn has been asked for.
  var isLooking = false

  /// Forgets both; the turn that has been asked for finds nothing to do.
  mutating func stop() { (search, count) = (nil, nil) }
}

/// The way to the nearest match of a filter below (above, if `backwards`) a node in reading order, folded branches
/// included, going round once: a portion of nodes at a time, so that no key waits for a tree of any size.
struct MatchSearch: Sendable {
  /// What a portion of the way has come to.
  enum Outcome: Hashable {
    case found(NodeID)
    /// There is more to look at.
    case unfinished
    case none
  }

  /// Nodes that are looked at in one go: some milliseconds.
  static let portion = 2048

  let filter: NodeFilter
  let backwards: Bool
  /// What is said where nothing matches.
  let none: String
  /// True where it is said why the match is one.
  let explains: Bool
  /// Where the way began, and ends.
  private let start: NodeID
  private var at: NodeID
  /// Nodes looked at.
  private(set) var looked = 0
  /// What the filter asks of the tree as a whole, as it was when the way began.
  private var facts: FilterFacts?

  /// A way that begins at `start`, which is looked at last.
  init(_ filter: NodeFilter, from start: NodeID, backwards: Bool = false, explains: Bool = false, none: String) {
    self.filter = filter
    self.backwards = backwards
    self.explains = explains
    self.none = none
    self.start = start
    at = start
  }

  /// Goes on for at most `portion` nodes. The tree may have grown, or be that of another moment, since the last portion.
  ///
  /// Complexity: O(portion × (depth + width)).
  mutating func goOn(
    in tree: SearchTree, _ folds: Folds, labels: [NodeID: StepLabel] = [:], portion: Int = MatchSearch.portion
  ) -> Outcome {
    guard tree.holds(at) else { return .none }
    if looked == 0 { facts = filter.facts(of: tree, labels: labels) }
    // Every branch counts as open, so that a match inside a folded one is found.
    var folds = folds
    folds.openAll(below: .root, in: tree)
    var walk = TreeWalk(tree, folds)
    for _ in 0..<portion {
      if backwards {
        at = walk.previous(before: at) ?? walk.lastRow(of: .root)
      } else {
        at = walk.next(after: at) ?? .root
      }
      looked += 1
      if filter.matches(at, in: tree, facts: facts) { return .found(at) }
      // Where children change places on the way, it may miss its start.
      if at == start || looked > tree.nodes.count { return .none }
    }
    return .unfinished
  }
}

/// How many nodes match a filter, counted a portion at a time in order of creation.
struct MatchCount: Sendable {
  /// Nodes that are looked at in one go: a millisecond or so, for every letter of a filter that is typed waits for it.
  static let portion = 1024

  let filter: NodeFilter
  private var looked = 0
  private var found = 0
  /// What the filter asks of the tree as a whole, as it was when the count began.
  private var facts: FilterFacts?

  init(_ filter: NodeFilter) { self.filter = filter }

  /// Looks at more nodes; true when none is left. Complexity: O(portion).
  mutating func goOn(in tree: SearchTree, labels: [NodeID: StepLabel] = [:]) -> Bool {
    if looked == 0 { facts = filter.facts(of: tree, labels: labels) }
    let end = min(tree.nodes.count, looked + Self.portion)
    while looked < end {
      let id = NodeID(looked)
      if tree[id].isShown, filter.matches(id, in: tree, facts: facts) { found += 1 }
      looked += 1
    }
    return looked >= tree.nodes.count
  }

  /// The count in words, as far as it has come.
  func words(in tree: SearchTree) -> String {
    let rest = looked < tree.nodes.count ? " of the first \(Number.count(looked))" : ""
    return "\(Number.things(found, "node"))\(rest) \(found == 1 && rest.isEmpty ? "matches" : "match")"
  }
}
