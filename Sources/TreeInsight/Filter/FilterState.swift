import TreeSearch

/// A yes-or-no fact about a node that a filter can ask for.
enum FilterState: String, CaseIterable, Hashable, Sendable {
  case terminal, answered, correct, wrong, open, pruned, inserted, overridden, frozen, merged, contradicted,
    contradiction

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
    }
  }
}
