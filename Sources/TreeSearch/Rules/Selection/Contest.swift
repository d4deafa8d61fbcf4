/// A comparison of the children of one node that looks at more than each child by itself, in which a child that is not there yet may
/// take part.
package struct Contest {
  /// A child that takes part.
  package struct Entry {
    /// The child.
    package let node: NodeID
    /// The terms of its score.
    package let terms: SelectionTerms
    /// True where the rule passes it over for now, whatever it scores.
    package let isOut: Bool

    /// A child in turn, unless told otherwise.
    package init(node: NodeID, terms: SelectionTerms, isOut: Bool = false) {
      (self.node, self.terms, self.isOut) = (node, terms, isOut)
    }
  }

  /// A child that could be drawn.
  package struct NewChild {
    /// The terms of its score; nil where it is drawn whatever the others score.
    package let terms: SelectionTerms?
    /// What it has to reach.
    package let bar: Double
    /// Why it takes part, to follow the name of the node.
    package let words: String

    /// True where it is drawn.
    package var wins: Bool { terms.map { $0.total >= bar } ?? true }
  }

  /// The children, in order of creation.
  package let entries: [Entry]
  /// Nil where none takes part, and none is drawn.
  package var newChild: NewChild?

  /// The child to be entered: the greatest score of those in turn, the first of equals; of the others where none is.
  func best(besides closed: Set<NodeID>) -> NodeID? {
    let living = entries.filter { !closed.contains($0.node) }
    let inTurn = living.filter { !$0.isOut }
    return (inTurn.isEmpty ? living : inTurn).reduce(nil as Entry?) { best, next in
      best.map { next.terms.total > $0.terms.total } ?? true ? next : best
    }?.node
  }
}

/// A selection rule that compares in a ``Contest``: its name, its parameters, its formula and the words for it.
///
/// A new one is a file with a type of this protocol and a line in ``SelectionRule/contests``. It is a function of the tree: what is
/// random in it comes from the run's seed and from what the tree counts, so that a journal replays and a choice can be explained.
package protocol ContestFormula: Sendable {
  /// As `selection.rule` calls it.
  static var name: String { get }
  /// What it reads and no rule before it in the list does.
  static var parameters: [Parameter] { get }
  /// The formula with the numbers that `parameters` give it.
  init(_ parameters: SearchParameters)
  /// What stands beside Q and the exploration term in its score, as a column's head.
  static var thirdTerm: String { get }
  /// The formula with names for its numbers, in ASCII.
  var words: String { get }
  /// The contest at `parent` among `children`, of which there is one at least; nil where plain UCT and the width rule decide.
  /// `mayAdd`: a child may be drawn within c_max.
  func contest(at parent: NodeID, among children: [NodeID], mayAdd: Bool, in search: Search) -> Contest?
}

extension ContestFormula {
  package static var thirdTerm: String { "prm" }
}

extension Search {
  /// The contest at `parent`; nil under UCT and PUCT, where no child can be entered yet, and where its rule leaves it to UCT.
  package func contest(at parent: NodeID) -> Contest? {
    guard case .contest(let formula, _) = rules.selection else { return nil }
    let children = tree.children(of: parent).filter { isSelectable(tree[$0]) }
    guard !children.isEmpty else { return nil }
    let node = tree[parent]
    let present = Int(node.openChildren) + (rules.workers > 1 ? tree.childrenUnderWay(at: parent) : 0)
    let most = rules.width.allowance(WidthInput(node)).bounds.upperBound
    let mayAdd = !rules.width.isAllAtOnce && !node.marks.contains(.widthFrozen) && present < most
    return formula.contest(at: parent, among: children, mayAdd: mayAdd, in: self)
  }

  /// Backups through `node` and simulations under way, W, and Q by first-play urgency where there is none.
  func standing(of node: NodeID) -> (visits: Int, sum: Double, mean: Double) {
    let own = tree[node]
    let visits = own.visits + virtualVisits(own)
    let mean = visits > 0 ? own.valueSum / Double(visits) : firstPlay(own, parent: tree[own.parent])
    return (visits, own.valueSum, mean)
  }
}
