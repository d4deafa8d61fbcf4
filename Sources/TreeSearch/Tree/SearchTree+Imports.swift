import Vocabulary

/// What of a tree another program's file says.
struct Imports: Sendable, Equatable {
  /// Where it comes from: one, or none. In a list, because few trees have one and every copy of a tree holds it.
  var origins: [ImportOrigin] = []
  /// Nodes that the file says: the first ones.
  var count = 0
  /// True until the run is forked: nothing is searched here.
  var isHistory = false
}

/// Trees of other programs.
extension SearchTree {
  /// Where the tree was imported from; nil for one that was searched here from its beginning.
  public var origin: ImportOrigin? { imports.origins.first }

  /// True for an imported run itself: it is read and not gone on with. A fork of it is searched like any other run.
  public var isHistory: Bool { imports.isHistory }

  /// True for a node that the file of an imported tree says.
  public func isImported(_ node: NodeID) -> Bool { node.offset < imports.count }

  mutating func applyImported(_ id: NodeID, _ parent: NodeID, _ facts: ImportedNode) {
    if let origin = facts.origin {
      imports.origins = [origin]
      imports.isHistory = origin.forkedFrom == header.forkedFrom
      agenda.discharge(.evaluate(.root))
    }
    if let option = facts.option {
      var row = DetailStore.Row()
      row.draws = Int32(clamping: facts.draws ?? 0)
      arena.append([option], 0, below: parent, row: row, terminal: facts.terminal, marks: [])
    }
    imports.count = arena.nodes.count
    draws += facts.draws ?? 0
    arena.mark(id, .evaluated)
    if facts.visits == nil { arena.mark(id, .uncounted) }
    if facts.marks.contains(.inserted) { arena.mark(id, .inserted) }
    if facts.marks.contains(.overridden) { arena.mark(id, .overridden) }
    keep(facts, of: id)
    if let visits = facts.visits {
      let mean = facts.meanValue ?? 0
      arena.setBackups(of: id, visits: Int32(clamping: visits), valueSum: Self.sum(of: mean, over: visits))
    }
    let value = facts.scores.first { $0.critic == CriticName.value }?.score ?? facts.reward
    arena.setScores(of: id, reward: facts.reward ?? .nan, value: value ?? .nan)
    if let prior = facts.prior { arena.setPrior(of: id, Float(prior)) }
    if let importance = facts.importance {
      arena.setImportance(of: id, importance)
    } else {
      statistics.updateImportance(after: id, in: &arena)
    }
    if facts.marks.contains(.pruned) { arena.setPruned(id, true) }
    if facts.marks.contains(.gone) { _ = arena.hide(id, as: .withdrawn) }
  }

  private mutating func keep(_ facts: ImportedNode, of id: NodeID) {
    for at in facts.scores.indices {
      arena.details.add(facts.scores, at, to: id.offset)
      scoring.count(1, by: facts.scores[at].critic)
    }
    guard facts.answer != nil || facts.name != nil || facts.prior != nil || !facts.rollouts.isEmpty else { return }
    arena.details.extras[id.index, default: .init()].imported(facts)
  }

  /// W of which `visits` make the mean `mean` again, to the last bit where there is such a sum.
  private static func sum(of mean: Double, over visits: Int) -> Double {
    let count = Double(visits)
    let sum = mean * count
    if count <= 0 || sum / count == mean { return sum }
    var (up, down) = (sum, sum)
    for _ in 0..<4 {
      (up, down) = (up.nextUp, down.nextDown)
      if up / count == mean { return up }
      if down / count == mean { return down }
    }
    return sum
  }
}

extension ImportedNode {
  /// Why the node cannot be the next one of `tree`; nil where it can.
  func misfit(_ id: NodeID, below parent: NodeID, in tree: SearchTree) -> String? {
    guard let option else {
      let isFirst = id == .root && !parent.exists && tree.eventCount == 0
      return isFirst && origin != nil ? numbersMisfit : "node \(id) is imported without an option"
    }
    // Each imported event makes a node, the first one the root.
    guard tree.origin != nil, origin == nil, tree.eventCount == tree.nodes.count else {
      return "node \(id) is imported into a tree that was not imported, or has gone on since"
    }
    guard id == tree.arena.nextID else { return "node \(id) is not the next free id \(tree.nodes.count)" }
    guard tree.nodes.indices.contains(parent.offset) else { return "there is no node \(parent)" }
    if Int(tree[parent].depth) >= Self.deepest { return "node \(id) lies deeper than \(Self.deepest) steps" }
    return option.logProbabilities.allSatisfy(\.isFinite) ? numbersMisfit : "a log-probability is not a finite number"
  }

  private var numbersMisfit: String? {
    func isShare(_ number: Double?) -> Bool { number.map { 0...1 ~= $0 } ?? true }
    guard isShare(meanValue), isShare(reward), isShare(prior), isShare(importance),
      scores.allSatisfy({ isShare($0.score) }), rollouts.allSatisfy({ isShare($0.score) })
    else { return "an imported number lies outside [0, 1]" }
    if let visits, !(0...Int(Int32.max) ~= visits) { return "\(visits) visits cannot be" }
    if meanValue != nil, visits ?? 0 == 0 { return "a mean value needs visits" }
    return draws.map { 0...Int(Int32.max) ~= $0 } ?? true ? nil : "a number of draws cannot be"
  }

  /// The most steps that an imported trajectory has.
  package static let deepest = 30_000
}
