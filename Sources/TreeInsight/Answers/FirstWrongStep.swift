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
    self.init(to: end, in: tree, labels: labels) { RightAnswers(tree) }
  }

  /// The first wrong steps of all trajectories that end wrong: that state an answer, themselves or by rollouts, none of them right.
  /// Where nobody knows what is right, of all that state one.
  ///
  /// Complexity: O(nodes × depth).
  static func all(in tree: SearchTree, labels: [NodeID: StepLabel] = [:]) -> Set<NodeID> {
    let right = RightAnswers(tree)
    var found: Set<NodeID> = []
    for offset in tree.nodes.indices where tree.nodes[offset].isShown {
      let end = NodeID(offset)
      guard tree.isVisible(end), !tree.children(of: end).contains(where: { _ in true }) else { continue }
      let answers = tree.candidates(at: end).map { tree.isCorrect($0.answer) }
      guard !answers.isEmpty, !answers.contains(true) else { continue }
      if let step = FirstWrongStep(to: end, in: tree, labels: labels, { right }) { found.insert(step.node) }
    }
    return found
  }

  private init?(
    to end: NodeID, in tree: SearchTree, labels: [NodeID: StepLabel], _ right: () -> RightAnswers
  ) {
    let path = Array(tree.path(to: end).dropFirst())
    if let labelled = path.first(where: { labels[$0] == .bad }) {
      (node, evidence) = (labelled, .label)
      return
    }
    if let (node, evidence) = Self.parting(path, tree, right) ?? Self.tool(path, tree) ?? Self.fall(path, tree) {
      (self.node, self.evidence) = (node, evidence)
      return
    }
    return nil
  }

  private static func parting(
    _ path: [NodeID], _ tree: SearchTree, _ right: () -> RightAnswers
  ) -> (NodeID, Evidence)? {
    guard tree.header.problem.reference != nil, let last = path.last, RightAnswers.at(last, tree) == nil else {
      return nil
    }
    let right = right()
    guard let node = path.first(where: { right[$0] == nil }) else { return nil }
    let before = tree[node].parent
    return right[before].map { (node, .parting(from: before, right: $0)) }
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

/// Below which nodes a right answer was reached, and which.
private struct RightAnswers {
  private var below: [NodeID: String] = [:]

  /// Complexity: O(nodes).
  init(_ tree: SearchTree) {
    guard tree.header.problem.reference != nil else { return }
    for offset in tree.nodes.indices where tree.nodes[offset].isShown {
      guard let answer = Self.at(NodeID(offset), tree) else { continue }
      var at = NodeID(offset)
      while at.exists, below[at] == nil {
        below[at] = answer
        at = tree[at].parent
      }
    }
  }

  /// A right answer that was reached from a node; nil where none was.
  subscript(id: NodeID) -> String? { below[id] }

  /// A right answer that the node states itself, or a rollout from it.
  static func at(_ id: NodeID, _ tree: SearchTree) -> String? {
    tree.candidates(at: id).first { tree.isCorrect($0.answer) == true }?.answer
  }
}
