import TreeSearch
import Vocabulary

/// What changed between two trees of one problem, such as those of a policy before and after training: laid over each other by
/// ``TreeAlignment``, however different their journals are.
///
/// Where ``RunDifference`` asks for the first event of two runs that should be equal, this asks what two policies do otherwise.
public struct TreeDifference: Codable, Equatable, Sendable {
  /// The problem's id.
  public let problem: String
  /// What each tree is by itself.
  public let a, b: TreeFigures
  /// What turned on the whole: the answers that the runs' own final selections chose.
  public let turn: Turn
  /// Nodes that both trees have, by how they were found; the root is not counted.
  public let aligned: [String: Int]
  /// Nodes that only one tree has, the root never.
  public let onlyA, onlyB: Int
  /// Where the two chosen trajectories part; nil where they are one and end in the same answer.
  public let divergence: Divergence?
  /// Nodes of both trees below which the best answer turned, broken ones first: of a chain of them the lowest, where it happens.
  public let forks: [ForkChange]
  /// Nodes of both trees whose Q or V moved by more than the threshold, the most moved first.
  public let shifts: [NodeShift]
  /// The whole in a few numbers.
  public let measures: DifferenceMeasures

  /// What became of an answer.
  public enum Turn: String, Codable, Sendable, CaseIterable {
    /// Right before and wrong, or missing, now.
    case broken
    /// Wrong or missing before and right now.
    case repaired
    /// Another answer; neither is right, or nobody knows.
    case changed
    /// The same, or right both times.
    case same
  }

  /// Where the chosen trajectories part.
  public struct Divergence: Codable, Equatable, Sendable {
    /// The last node that both share.
    public let a, b: NodeID
    /// Steps that both share, lines of a rollout that finished one of them counted.
    public let depth: Int
    /// The step that each goes on with; nil where it ends there.
    public let stepA, stepB: Step?
  }

  /// A step of one tree's trajectory, and what the other tree has of it.
  public struct Step: Codable, Equatable, Sendable {
    /// Its node; nil for a line of the rollout that finished the trajectory.
    public let node: NodeID?
    /// What it says.
    public let text: String
    /// Its mean value Q; nil before the first visit, and in a rollout.
    public let q: Double?
    /// The same step in the other tree; nil where that never drew it.
    public let other: NodeID?
    /// Its Q there.
    public let otherQ: Double?
  }

  /// A node below which the best answer turned.
  public struct ForkChange: Codable, Equatable, Sendable {
    /// Its ids.
    public let a, b: NodeID
    /// Edges from the root.
    public let depth: Int
    /// What it says in the first tree; empty for the root.
    public let text: String
    /// What became of the best answer below it; never `same`.
    public let turn: Turn
    /// The best answers below.
    public let answerA, answerB: String?
  }

  /// A node in both trees whose numbers moved.
  public struct NodeShift: Codable, Equatable, Sendable {
    /// Its ids.
    public let a, b: NodeID
    /// How it was found.
    public let by: StepLikeness
    /// Edges from the root.
    public let depth: Int
    /// What it says in the first tree; empty for the root.
    public let text: String
    /// Q of the second less Q of the first; nil where one was not visited.
    public let q: Double?
    /// V of the second less V of the first; nil where one was not evaluated.
    public let v: Double?
    /// Mean log-probability of a token, second less first, in nats; nil where one is not known.
    public let prior: Double?

    /// The greater of |ΔQ| and |ΔV|.
    public var size: Double { max(abs(q ?? 0), abs(v ?? 0)) }
  }
}

/// One tree in a few numbers.
public struct TreeFigures: Codable, Equatable, Sendable {
  /// The answer that its own final selection chooses; nil where no trajectory states one.
  public let answer: String?
  /// Whether that is right; nil without a reference answer.
  public let isRight: Bool?
  /// Simulations, N of the root.
  public let simulations: Int
  /// Nodes shown, the root included.
  public let nodes: Int
  /// Edges to the deepest node.
  public let depth: Int
  /// Mean number of children of the nodes that have any; 0 without.
  public let width: Double
  /// Options drawn, rejected ones included.
  public let draws: Int
  /// Tokens spent.
  public let tokens: TokenUsage

  /// The figures of `tree`. Complexity: O(nodes).
  init(_ tree: SearchTree) {
    answer = tree.chosen?.answer
    isRight = tree.header.problem.accepts(answer)
    simulations = tree.simulations
    draws = tree.draws
    tokens = tree.usage
    var (nodes, inner, deepest) = (0, 0, 0)
    var open = [NodeID.root]
    while let id = open.popLast() {
      let before = open.count
      open += tree.children(of: id)
      nodes += 1
      inner += open.count > before ? 1 : 0
      deepest = max(deepest, Int(tree[id].depth))
    }
    (self.nodes, depth) = (nodes, deepest)
    width = inner == 0 ? 0 : Double(nodes - 1) / Double(inner)
  }
}

/// How far two trees, or two sets of trees, are apart in a few numbers, so that two policies can be held against one policy with
/// two seeds.
public struct DifferenceMeasures: Codable, Equatable, Sendable {
  /// Twice the nodes that both have over all nodes of both, the roots left out: 1 for equal trees (Dice); 1 for two bare roots.
  public let overlap: Double
  /// Mean |ΔQ| of the nodes that both visited; nil where there is none but the root.
  public let q: Double?
  /// Mean |ΔV| of the nodes that both evaluated; nil likewise.
  public let v: Double?
  /// Mean change of a step's log-probability a token, second less first, in nats; nil where it is known of no step in both.
  public let prior: Double?
  /// Forks below which the best answer turned.
  public let forks: Double
}
