import TreeSearch

/// Why selection prefers one child of a node to the others at one moment (AlphaLLM, section 4.3.1 and eq. 1).
public struct SelectionReason: Codable, Hashable, Sendable {
  /// The node whose children are compared.
  public let parent: NodeID
  /// Its backups and the simulations under way through it: the N under the root.
  public let parentVisits: Int
  /// The rule in force, as `selection.rule` calls it.
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
  /// A child that was not there and took part; nil under rules where the width alone decides.
  public let newChild: NewChildReason?

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
    newChild = search.contest(at: parent)?.newChild.map(NewChildReason.init)
    let living = passesOverDeadEnds ? candidates.filter { !$0.isDeadEnd } : candidates
    winner = living.first?.node
    runnerUp = living.dropFirst().first?.node
    // Where turns decide, the next may score more.
    margin =
      living.count > 1 && living[0].isOutOfTurn == living[1].isOutOfTurn ? living[0].total - living[1].total : nil
    flips = search.flips(living, below: parent)
  }

  /// Place of `node` in the order of preference, from 1; nil where it is not compared.
  public func rank(of node: NodeID) -> Int? { candidates.firstIndex { $0.node == node }.map { $0 + 1 } }

  /// The comparison in words: the winner, its margin, and what would turn the choice round.
  public var sentences: [String] {
    guard let winner else { return ["No child of node \(parent) can be entered."] }
    let new = newChild.map { [$0.sentence(at: parent)] } ?? []
    guard let runnerUp else { return ["Node \(winner) is the only child of node \(parent) to choose."] + new }
    guard let margin else { return ["It is the turn of node \(winner); node \(runnerUp) waits."] + new }
    return ["Node \(winner) leads node \(runnerUp) by \(Words.number(margin))."]
      + flips.map { $0.sentence(insteadOf: winner) } + new
  }
}

extension Search {
  /// Why selection prefers one child of `parent` as of now. Complexity: O(width log width).
  public func selectionReason(below parent: NodeID) -> SelectionReason { SelectionReason(below: parent, in: self) }
}

/// A child that selection compares, with its score term by term.
public struct SelectionCandidate: Codable, Hashable, Sendable {
  /// The child.
  public let node: NodeID
  /// Backups through it, N.
  public let visits: Int
  /// Visits without reward that simulations under way count as there (virtual loss), ≥ 0.
  public let virtualVisits: Int
  /// The terms of its score.
  public let terms: SelectionTerms
  /// What the rule compares: the sum of the terms.
  public let total: Double
  /// True where nothing below it can take a simulation: selection passes over it.
  public let isDeadEnd: Bool
  /// True where the rule passes it over for now, whatever it scores: another's turn comes first. Nil under rules without turns.
  public var isOutOfTurn: Bool?
}

/// A child that was not there when the children of a node were compared, and took part.
public struct NewChildReason: Codable, Hashable, Sendable {
  /// The terms of its score; nil where it is drawn whatever the others score.
  public let terms: SelectionTerms?
  /// What it had to reach.
  public let bar: Double
  /// True where it was drawn.
  public let wins: Bool
  /// Why it took part, to follow the name of the node.
  public let words: String

  init(_ new: Contest.NewChild) { (terms, bar, wins, words) = (new.terms, new.bar, new.wins, new.words) }

  func sentence(at parent: NodeID) -> String {
    let score = terms.map { ": \(Words.number($0.total)) against \(Words.number(bar))" } ?? ""
    return "Node \(parent) \(words)\(score); \(wins ? "one is drawn" : "none is drawn")."
  }
}

extension Search {
  /// The children of `parent` that selection compares, in its order of preference: the greatest score first, the older of
  /// equals first. Complexity: O(width log width), and O(branch) more where branches are used up.
  package func candidates(below parent: NodeID) -> [SelectionCandidate] {
    let total = usesPrior ? priorTotal(below: parent) : 1
    let entries =
      contest(at: parent)?.entries
      ?? tree.children(of: parent).filter { isSelectable(tree[$0]) }.map { id in
        Contest.Entry(node: id, terms: ownTerms(id, priorTotal: total))
      }
    let hasTurns = entries.contains(where: \.isOut)
    return entries.map { entry in
      let child = tree[entry.node]
      return SelectionCandidate(
        node: entry.node, visits: child.visits, virtualVisits: virtualVisits(child), terms: entry.terms,
        total: entry.terms.total, isDeadEnd: isDeadEnd(entry.node), isOutOfTurn: hasTurns ? entry.isOut : nil)
    }.sorted { a, b in
      if a.isOutOfTurn != b.isOutOfTurn { return b.isOutOfTurn == true }
      return a.total == b.total ? a.node < b.node : a.total > b.total
    }
  }

  /// True where a descent that enters `id` finds neither a node to widen nor a terminal.
  private func isDeadEnd(_ id: NodeID) -> Bool {
    let node = tree[id]
    if node.terminal != nil { return false }
    var search = self  // a look at the hot path's own rule, which is mutating for speed
    if !node.marks.contains(.widthFrozen), !rules.width.isAllAtOnce || search.widening(id, node) != nil { return false }
    return tree.children(of: id).allSatisfy { !isSelectable(tree[$0]) || isDeadEnd($0) }
  }
}

/// The candidates of a choice as aligned lines of ASCII, one a candidate, the best first.
public struct SelectionTable: Sendable {
  /// The names of the columns.
  public let head: String
  /// A line a candidate, in the reason's order.
  public let rows: [String]

  /// The terms of `reason`: those that are 0 for every candidate, and the prior where the rule has none, are left out.
  public init(_ reason: SelectionReason) {
    var columns: [(name: String, cell: (SelectionCandidate) -> String)] = [
      ("node", { "\($0.node)" }), ("N", { "\($0.visits)" }),
    ]
    if reason.candidates.contains(where: { $0.virtualVisits > 0 }) { columns.append(("+n", { "\($0.virtualVisits)" })) }
    if reason.candidates.contains(where: { $0.terms.prior != nil }) {
      columns.append(("P", { Words.number($0.terms.prior) }))
    }
    columns += [
      ("Q", { Words.number($0.terms.exploitation) }), ("explore", { Words.number($0.terms.exploration) }),
    ]
    if reason.candidates.contains(where: { $0.terms.process != 0 }) {
      columns.append((SelectionRule.thirdTerm(of: reason.rule), { Words.number($0.terms.process) }))
    }
    columns.append(("total", { Words.number($0.total) }))
    var lines = Array(repeating: "", count: reason.candidates.count + 1)
    for column in columns {
      let cells = [column.name] + reason.candidates.map(column.cell)
      let width = (cells.map(\.count).max() ?? 0) + 2
      for (row, cell) in cells.enumerated() { lines[row] += String(repeating: " ", count: width - cell.count) + cell }
    }
    head = lines[0]
    rows = zip(lines.dropFirst(), reason.candidates).map {
      $1.isDeadEnd ? $0 + "  used up" : $1.isOutOfTurn == true ? $0 + "  waits" : $0
    }
  }
}
