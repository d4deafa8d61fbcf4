import TreeSearch
import Vocabulary

/// Where a trajectory first goes wrong, as far as anything says so, and what says it.
public struct FirstWrongStep: Hashable, Sendable {
  /// What speaks against a step, the surest first.
  public enum Evidence: Hashable, Sendable {
    /// A person labelled it bad.
    case label
    /// From the step before, a right answer was reached elsewhere; from this one none was, though some were wrong.
    case parting(from: NodeID, right: String)
    /// A tool found it wrong, and said this.
    case tool(String, note: String?)
    /// The process critic's score fell here.
    case fall(from: Double, to: Double)
  }

  /// The step.
  public let node: NodeID
  /// What speaks against it.
  public let evidence: Evidence

  /// A fall of the process critic's score from one step to the next that says something.
  private static let leastFall = 0.3

  /// The first wrong step on the way to `end`; nil where nothing speaks against any.
  ///
  /// - Parameter labels: what people said of steps.
  ///
  /// Complexity: O(nodes × depth) at worst, for whoever asks once; memory of the nodes from which a right answer was reached.
  public init?(to end: NodeID, in tree: SearchTree, labels: [NodeID: StepLabel] = [:]) {
    let path = Array(tree.path(to: end).dropFirst())
    if let labelled = path.first(where: { labels[$0] == .bad }) {
      (node, evidence) = (labelled, .label)
      return
    }
    if let (node, evidence) = Self.parting(path, tree) ?? Self.tool(path, tree) ?? Self.fall(path, tree) {
      (self.node, self.evidence) = (node, evidence)
      return
    }
    return nil
  }

  private static func parting(_ path: [NodeID], _ tree: SearchTree) -> (NodeID, Evidence)? {
    guard tree.header.problem.reference != nil, let last = path.last, !reachesRight(last, tree) else { return nil }
    var right: [NodeID: String] = [:]
    for offset in tree.nodes.indices where tree.nodes[offset].isShown {
      let id = NodeID(offset)
      guard let answer = rightAnswer(at: id, tree) else { continue }
      var at = id
      while at.exists, right[at] == nil {
        right[at] = answer
        at = tree[at].parent
      }
    }
    guard let node = path.first(where: { right[$0] == nil }) else { return nil }
    let before = tree[node].parent
    return right[before].map { (node, .parting(from: before, right: $0)) }
  }

  private static func reachesRight(_ id: NodeID, _ tree: SearchTree) -> Bool { rightAnswer(at: id, tree) != nil }

  /// A right answer that the node states itself, or a rollout from it.
  private static func rightAnswer(at id: NodeID, _ tree: SearchTree) -> String? {
    tree.candidates(at: id).first { tree.isCorrect($0.answer) == true }?.answer
  }

  private static func tool(_ path: [NodeID], _ tree: SearchTree) -> (NodeID, Evidence)? {
    for id in path {
      let against = tree.details[id.offset].scores.last { CriticName.isContradiction($0.score, by: $0.critic) }
      if let against { return (id, .tool(against.critic, note: against.note)) }
    }
    return nil
  }

  private static func fall(_ path: [NodeID], _ tree: SearchTree) -> (NodeID, Evidence)? {
    var before = 1.0
    for id in path {
      guard let score = tree.score(CriticName.prm, of: id) else { continue }
      if before - score >= leastFall, score < 0.5 { return (id, .fall(from: before, to: score)) }
      before = score
    }
    return nil
  }

  /// In words.
  public var sentence: String {
    let why =
      switch evidence {
      case .label: "a person labelled it bad"
      case .parting(let before, let right):
        "below node \(before) the right answer \(right) was reached, below this one never"
      case .tool(let name, let note): "\(name) objects" + (note.map { ": \($0)" } ?? "")
      case .fall(let from, let to): "PRM falls from \(Words.number(from)) to \(Words.number(to))"
      }
    return "the first wrong step is node \(node): \(why)"
  }
}
