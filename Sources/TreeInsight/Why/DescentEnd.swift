import TreeSearch

/// Why a descent stopped where it did.
public enum DescentEnd: String, Codable, Sendable, CaseIterable {
  /// The width rule allows more children than there are.
  case width
  /// A new child took part in the comparison, and was to be drawn.
  case newChild
  /// No child can be entered: one more is drawn, whatever the width.
  case noOpenChild
  /// So many simulations in a row drew nothing: the root gets one more child, whatever the width.
  case spare
  /// A terminal: its reward is backed up again.
  case terminal
  /// A node without a backup: its own reward is the first (TS-LLM).
  case firstVisit
  /// A child just made: the simulation goes on below it until a terminal (TS-LLM's MCTS-Rollout).
  case goesOn
  /// Nothing below it can take a simulation: its own reward is backed up again.
  case usedUp
  /// So many draws in a row joined groups that the node is widened no more.
  case frozen
  /// The first node of the beam without children (TS-LLM's BFS-V).
  case beam
  /// The best child left on the nearest level (TS-LLM's DFS-V).
  case depthFirst
  /// Nothing can be entered until children under way are there.
  case waiting
  /// No branch can take another simulation.
  case exhausted

  /// The reason, to follow the name of the node.
  public var words: String {
    switch self {
    case .width: "may have more children: one is drawn"
    case .newChild: "promises more by a new child: one is drawn"
    case .noOpenChild: "has no child that can be entered: one is drawn, whatever the width"
    case .spare: "gets one more child, whatever the width: the last simulations drew nothing"
    case .terminal: "is terminal: its reward is backed up again"
    case .firstVisit: "has no backup yet: its own reward is backed up"
    case .goesOn: "has just been made: the simulation goes on below it"
    case .usedUp: "has nothing below it that can take a simulation: its own reward is backed up again"
    case .frozen: "brought nothing new for so many draws that it is widened no more"
    case .beam: "is the first node of the beam without children"
    case .depthFirst: "is the best node left to enter"
    case .waiting: "waits: its children are under way"
    case .exhausted: "has no branch that can take another simulation"
    }
  }

  /// The end of `step`, found below `origin` where a simulation goes on there.
  init(_ step: Search.Step?, from origin: NodeID?, in search: Search) {
    let tree = search.tree
    switch step {
    case nil: self = origin != nil ? .frozen : tree.isBusy ? .waiting : .exhausted
    case .freeze: self = .frozen
    case .revisit(let id):
      self = tree[id].terminal != nil ? .terminal : tree[id].visits == 0 ? .firstVisit : .usedUp
    case .widen(let id, _, _):
      switch search.rules.traversal {
      case .beam: self = .beam
      case .depthFirst: self = .depthFirst
      case .tree where origin != nil && tree[id].parent == origin && tree[id].visits == 0: self = .goesOn
      case .tree where search.contest(at: id)?.newChild?.wins == true: self = .newChild
      case .tree where WidthReason(of: id, in: search).isOpen: self = .width
      case .tree: self = search.isSpare(id) && search.rules.spare <= search.tree.revisits ? .spare : .noOpenChild
      }
    }
  }
}
