import TreeInsight
import TreeSearch
import Vocabulary

/// Another option at the fork where a step of a committed path was taken.
public struct SiblingOption: Codable, Equatable, Sendable {
  /// Its node in the run.
  public var node: Int
  /// Its text; broken UTF-8 has become U+FFFD.
  public var option: String
  /// Backups through it, N.
  public var visits: Int
  /// Mean backed-up reward in [0, 1]; nil before the first backup.
  public var q: Double?
  /// Its own merged critic score in [0, 1]; nil before evaluation.
  public var reward: Double?
  /// True where a person had pruned it.
  public var pruned: Bool
  /// True where a person wrote it; false in entries written before this was kept.
  public var inserted: Bool

  /// What comparisons use: Q, else the reward.
  public var worth: Double? { q ?? reward }

  /// A sibling with its fields as given.
  public init(
    node: Int, option: String, visits: Int, q: Double?, reward: Double?, pruned: Bool = false, inserted: Bool = false
  ) {
    self.node = node
    self.option = option
    self.visits = visits
    self.q = q
    self.reward = reward
    self.pruned = pruned
    self.inserted = inserted
  }

  private enum CodingKeys: String, CodingKey { case node, option, visits, q, reward, pruned, inserted }

  /// Reads what ``encode(to:)`` writes.
  public init(from decoder: any Decoder) throws {
    let c = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      node: try c.decode(Int.self, forKey: .node), option: try c.decode(String.self, forKey: .option),
      visits: try c.decode(Int.self, forKey: .visits), q: try c.decodeIfPresent(Double.self, forKey: .q),
      reward: try c.decodeIfPresent(Double.self, forKey: .reward), pruned: try c.decode(Bool.self, forKey: .pruned),
      inserted: try c.decodeIfPresent(Bool.self, forKey: .inserted) ?? false)
  }

  /// Writes every field; `inserted` only where it is true, so that entries of earlier versions keep their ids.
  public func encode(to encoder: any Encoder) throws {
    var c = encoder.container(keyedBy: CodingKeys.self)
    try c.encode(node, forKey: .node)
    try c.encode(option, forKey: .option)
    try c.encode(visits, forKey: .visits)
    try c.encodeIfPresent(q, forKey: .q)
    try c.encodeIfPresent(reward, forKey: .reward)
    try c.encode(pruned, forKey: .pruned)
    if inserted { try c.encode(inserted, forKey: .inserted) }
  }
}

/// What is known about one step of a committed path beside its text.
public struct TrajectoryStep: Codable, Equatable, Sendable {
  /// The step's node in the run.
  public var node: Int
  /// Backups through it, N.
  public var visits: Int
  /// Mean backed-up reward in [0, 1]; nil before the first backup.
  public var q: Double?
  /// Its own merged critic score in [0, 1]; nil before evaluation.
  public var reward: Double?
  /// Critics' numbers in [0, 1], a person's overrides in place; critics that abstained are left out.
  public var scores: [String: Double]
  /// True where a person wrote the step.
  public var inserted: Bool
  /// A person's label, written as 1, 0 or -1; nil where nobody labelled it.
  public var label: StepLabel?
  /// The other options at the fork, in order of node.
  public var siblings: [SiblingOption]
  /// What the model thought before it wrote the step; nil where it told none.
  public var thinking: String?
  /// True for a line of the fast rollout that finishes the path: it is no node of the tree, and `node` is the one that the
  /// rollout began from. Nil for every other step, and in entries written before this was kept.
  public var rolledOut: Bool?

  /// What comparisons use: Q, else the reward.
  public var worth: Double? { q ?? reward }

  /// A step with its fields as given.
  public init(
    node: Int, visits: Int, q: Double?, reward: Double?, scores: [String: Double] = [:], inserted: Bool = false,
    label: StepLabel? = nil, siblings: [SiblingOption] = [], thinking: String? = nil, rolledOut: Bool? = nil
  ) {
    self.rolledOut = rolledOut
    self.node = node
    self.visits = visits
    self.q = q
    self.reward = reward
    self.scores = scores
    self.inserted = inserted
    self.label = label
    self.siblings = siblings
    self.thinking = thinking
  }
}

/// A path through a search tree with everything that exports need, so that a commit outlives its run.
public struct Trajectory: Codable, Equatable, Sendable {
  /// The run's id in the workspace it was committed in.
  public var run: String
  /// The problem.
  public var problem: Problem
  /// The node where the path ends.
  public var node: Int
  /// Texts of the options from the root to the node; broken UTF-8 has become U+FFFD. Joined, they are the solution.
  public var path: [String]
  /// One step for each text of `path`.
  public var steps: [TrajectoryStep]
  /// How the trajectory ends; nil where it is unfinished.
  public var terminal: TerminalKind?
  /// The final answer it states.
  public var answer: String?
  /// Whether the answer agrees with the problem's reference; nil without a reference or an answer.
  public var correct: Bool?
  /// Merged critic score of the last node in [0, 1]; nil before evaluation.
  public var score: Double?
  /// Critics with their weights.
  public var critics: [CriticWeight]
  /// Models by role: name and fingerprint.
  public var models: [String: String]
  /// Seed of the run.
  public var seed: UInt64
  /// Version of etascope that began the run.
  public var version: String

  /// The trajectory that ends in `node` of `tree`, with a person's `labels` by the number of their node.
  ///
  /// With a `rollout`, which is one of the node's, its lines follow as steps of their own, and it says how the trajectory ends.
  /// Complexity: O(depth × width).
  public init(run: String, tree: SearchTree, node: NodeID, rollout: Int? = nil, labels: [Int: StepLabel] = [:]) {
    let header = tree.header
    let ids = tree.path(to: node).dropFirst()
    self.run = run
    problem = header.problem
    self.node = node.offset
    path = ids.map { tree.details[$0.offset].option?.text ?? "" }
    steps = ids.map { TrajectoryStep(tree: tree, node: $0, label: labels[$0.offset]) }
    terminal = tree[node].terminal
    answer = tree.details[node.offset].answer
    correct = answer.flatMap { header.problem.accepts($0) }
    score = tree.details[node.offset].reward
    critics = header.critics
    models = header.models
    seed = header.seed
    version = header.version
    if let rollout { finish(with: tree.rollouts(of: node)[rollout]) }
  }

  /// Adds the lines of a rollout behind the path.
  private mutating func finish(with rollout: Rollout) {
    var lines: [String] = []
    for character in rollout.text {
      if lines.last?.last?.isNewline ?? true { lines.append("") }
      lines[lines.count - 1].append(character)
    }
    path += lines
    steps += lines.indices.map { index in
      TrajectoryStep(
        node: node, visits: 0, q: nil, reward: rollout.score, thinking: index == 0 ? rollout.thinking : nil,
        rolledOut: true)
    }
    answer = rollout.answer
    correct = answer.flatMap { problem.accepts($0) }
    terminal = answer == nil ? nil : .answer
    score = rollout.score
  }
}

extension Trajectory {
  /// The same without what the model thought.
  public var withoutThinking: Trajectory {
    var trajectory = self
    for step in steps.indices { trajectory.steps[step].thinking = nil }
    return trajectory
  }
}

extension TrajectoryStep {
  fileprivate init(tree: SearchTree, node: NodeID, label: StepLabel?) {
    self.init(
      node: node.offset, visits: tree[node].visits, q: tree[node].meanValue, reward: tree.details[node.offset].reward,
      scores: tree.scores(of: node), inserted: tree[node].marks.contains(.inserted), label: label,
      siblings: tree.children(of: tree[node].parent).filter { $0 != node }.map { SiblingOption(tree: tree, node: $0) },
      thinking: tree.details[node.offset].option?.thinking)
  }
}

extension SearchTree {
  /// What every critic says of `node`, by name, those that the header does not know included. Complexity: O(critics).
  func scores(of node: NodeID) -> [String: Double] {
    var scores: [String: Double] = [:]
    let named = header.critics.map(\.name) + details[node.offset].scores.map(\.critic)
    for critic in named { scores[critic] = score(critic, of: node) }
    return scores
  }
}

extension SiblingOption {
  fileprivate init(tree: SearchTree, node: NodeID) {
    self.init(
      node: node.offset, option: tree.details[node.offset].option?.text ?? "", visits: tree[node].visits,
      q: tree[node].meanValue, reward: tree.details[node.offset].reward,
      pruned: tree[node].marks.contains(.pruned), inserted: tree[node].marks.contains(.inserted))
  }
}
