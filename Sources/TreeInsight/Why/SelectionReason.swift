import TreeSearch

/// Why selection prefers one child of a node to the others at one moment (AlphaLLM, section 4.3.1 and eq. 1).
public struct SelectionReason: Codable, Hashable, Sendable {
  /// The node whose children are compared.
  public let parent: NodeID
  /// Its backups and the simulations under way through it: the N under the root.
  public let parentVisits: Int
  /// The rule in force: `uct` or `puct`.
  public let rule: String
  /// c of UCT or c_init of PUCT, ≥ 0.
  public let explorationConstant: Double
  /// The children that can be entered, in order of preference.
  public let candidates: [SelectionCandidate]
  /// The child chosen: the first that is no dead end; nil where there is none.
  public let winner: NodeID?
  /// The child that would be chosen in its place; nil where there is none.
  public let runnerUp: NodeID?
  /// How much the winner's score is ahead of the runner-up's, ≥ 0.
  public let margin: Double?
  /// What would turn the choice round: what no number ≥ 0 can is left out.
  ///
  /// An exploration constant or a critic's weight is the nearest on its side of the present one at which any other child is
  /// chosen; Q and prior are those at which winner and runner-up change places, in [0, 1], all else unchanged. A critic's
  /// weight is there only where it is exact: where every child compared has had no backup but of its own reward. Q of an inner
  /// node mixes the rewards of its branch, each with weights of its own.
  public let flips: [Flip]

  /// The comparison of the children of `parent` as `search` stands.
  ///
  /// - Parameter passesOverDeadEnds: false where a simulation goes on below a node whose children it has just made; there
  ///   the best child is taken as it is.
  /// Complexity: O(width log width), and O(branch) more where branches are used up.
  init(below parent: NodeID, in search: Search, passesOverDeadEnds: Bool = true) {
    self.parent = parent
    let node = search.tree[parent]
    parentVisits = node.visits + search.virtualVisits(node)
    rule = search.rules.selection.name
    explorationConstant = search.rules.selection.explorationConstant
    candidates = search.candidates(below: parent)
    let living = passesOverDeadEnds ? candidates.filter { !$0.isDeadEnd } : candidates
    winner = living.first?.node
    runnerUp = living.dropFirst().first?.node
    margin = living.count > 1 ? living[0].total - living[1].total : nil
    flips = search.flips(living, below: parent)
  }

  /// Place of `node` in the order of preference, from 1; nil where it is not compared.
  public func rank(of node: NodeID) -> Int? { candidates.firstIndex { $0.node == node }.map { $0 + 1 } }

  /// The comparison in words: the winner, its margin, and what would turn the choice round.
  public var sentences: [String] {
    guard let winner else { return ["No child of node \(parent) can be entered."] }
    guard let runnerUp, let margin else { return ["Node \(winner) is the only child of node \(parent) to choose."] }
    return ["Node \(winner) leads node \(runnerUp) by \(Words.number(margin))."]
      + flips.map { $0.sentence(insteadOf: winner) }
  }
}

extension SelectionRule {
  /// The word for the rule in `selection.rule`.
  public var name: String {
    switch self {
    case .uct: "uct"
    case .puct: "puct"
    }
  }
}

extension Search {
  /// Why selection prefers one child of `parent` as of now. Complexity: O(width log width).
  public func selectionReason(below parent: NodeID) -> SelectionReason { SelectionReason(below: parent, in: self) }
}
