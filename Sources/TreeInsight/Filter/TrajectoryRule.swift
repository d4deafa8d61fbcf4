import TreeSearch
import Vocabulary

/// What is known of a finished trajectory as a whole, beside what its nodes say: what a rule asks for.
public struct TrajectoryFacts: Codable, Hashable, Sendable {
  /// The trajectory's own score in [0, 1]: the ORM's, else the end's mean value.
  public var score: Double
  /// How many of the final selections state the same answer, by value.
  public var agree: Int
  /// The share of the tree's finished trajectories that state the same answer, in (0, 1].
  public var share: Double
  /// Steps: options of the tree, and lines of the rollout that finishes it.
  public var steps: Int
  /// The least PRM score of a step in [0, 1]; nil where the PRM judged none.
  public var weakest: Double?
  /// True where a tool found a step wrong.
  public var isContradicted: Bool

  /// Facts with their fields as given.
  public init(score: Double, agree: Int, share: Double, steps: Int, weakest: Double?, isContradicted: Bool) {
    (self.score, self.agree, self.share, self.steps) = (score, agree, share, steps)
    (self.weakest, self.isContradicted) = (weakest, isContradicted)
  }

  /// What `tree` says of `candidate`. Complexity: O(candidates + depth).
  public init(of candidate: Candidate, in tree: SearchTree, among all: [Candidate], finals: FinalAnswers) {
    let problem = tree.header.problem
    let path = tree.path(to: candidate.node).dropFirst()
    score = candidate.score
    agree = FinalSelection.paper.count { finals[$0].map { problem.agree($0.answer, candidate.answer) } == true }
    share = Double(all.count { problem.agree($0.answer, candidate.answer) }) / Double(max(1, all.count))
    let rest = candidate.rollout.map { tree.rollouts(of: candidate.node)[$0].text } ?? ""
    steps = path.count + rest.split(whereSeparator: \.isNewline).count
    weakest = path.compactMap { tree.score(CriticName.prm, of: $0) }.min()
    isContradicted = path.contains { tree.isContradicted($0) }
  }
}

/// A number of a trajectory as a whole that a rule can compare.
enum TrajectoryField: String, CaseIterable, Hashable, Sendable {
  case score, agree, share, steps, weakest

  /// What it means, for completion and help.
  var help: String {
    switch self {
    case .score: "the trajectory's score: the ORM's, else its end's mean value"
    case .agree: "how many of the five final selections state its answer"
    case .share: "the share of finished trajectories that state its answer"
    case .steps: "its steps"
    case .weakest: "the least PRM score of a step"
    }
  }

  /// What counts as one whole of it, where distances of different numbers are compared.
  fileprivate var scale: Double {
    switch self {
    case .score, .share, .weakest: 1
    case .agree: Double(FinalSelection.paper.count)
    case .steps: 10
    }
  }

  func value(of facts: TrajectoryFacts) -> Double? {
    switch self {
    case .score: facts.score
    case .agree: Double(facts.agree)
    case .share: facts.share
    case .steps: Double(facts.steps)
    case .weakest: facts.weakest
    }
  }
}

/// A rule over finished trajectories, such as `score>=0.8 agree>=4 not contradicted`.
///
/// It is the language of ``NodeFilter``, asked of the node where the trajectory ends, with the words of the trajectory as a whole
/// beside it: `score`, `agree`, `share`, `steps`, `weakest`; `contradicted` looks at every step.
public struct TrajectoryRule: Hashable, Sendable {
  /// The text it was made from.
  public let source: String
  private let condition: Condition

  /// Reads a rule. Throws ``FilterError`` where it cannot be read. Complexity: O(length).
  public init(_ source: String) throws(FilterError) {
    self.source = source
    condition = try FilterParser.condition(source, .rule)
  }

  /// True where the rule holds for the trajectory that ends in `node`. Complexity: O(terms × (width + depth + option's text)).
  public func matches(_ facts: TrajectoryFacts, endingAt node: NodeID, in tree: SearchTree) -> Bool {
    condition.holds(for: node, in: tree, trajectory: facts)
  }

  /// How far the numbers of a trajectory as a whole are from those at which the rule would decide otherwise: 0 at the limit, and
  /// whole scores (or all five selections, or ten steps) for 1. Terms over nodes are left out of account. Nil where no number
  /// decides.
  ///
  /// The greatest change that every number may suffer while the rule says the same: the robustness of signal temporal logic.
  /// Complexity: O(terms).
  public func margin(of facts: TrajectoryFacts) -> Double? {
    condition.robustness(facts).flatMap { $0.isFinite ? abs($0) : nil }
  }

  /// The words beside those of a filter, with what they mean.
  public static var words: [(word: String, help: String)] { TrajectoryField.allCases.map { ($0.rawValue, $0.help) } }
}

extension Condition {
  /// Positive where it holds, negative where it does not, and how far from turning; nil where only a tree could say.
  fileprivate func robustness(_ facts: TrajectoryFacts) -> Double? {
    switch self {
    case .all(let parts): parts.compactMap { $0.robustness(facts) }.min()
    case .any(let parts): parts.compactMap { $0.robustness(facts) }.max()
    case .not(let part): part.robustness(facts).map { -$0 }
    case .term(.state(.contradicted)), .term(.state(.contradiction)):
      facts.isContradicted ? .infinity : -.infinity
    case .term(.trajectory(let field, let comparison, let number)):
      field.value(of: facts).map { value in
        let distance = abs(value - number) / field.scale
        return switch comparison {
        case .equal: -distance
        case .unequal: distance
        default: comparison.holds(value, number) ? distance : -distance
        }
      } ?? -.infinity
    case .term: nil
    }
  }
}
