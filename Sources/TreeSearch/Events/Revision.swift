import Vocabulary

/// What is said against a step or an answer, so that the policy writes another (Self-Refine, Madaan et al., 2023).
public struct Revision: Codable, Equatable, Sendable {
  /// What speaks against it, in the words of critics, tools or a person.
  public var objection: String
  /// True where the whole answer is written anew, not the step alone.
  public var isWhole: Bool?
  /// True where the run's own rule asked for it (`revise.count`), and no person, who could take it back.
  public var isByRule: Bool?

  /// A revision with its fields as given.
  public init(objection: String, isWhole: Bool? = nil, isByRule: Bool? = nil) {
    (self.objection, self.isWhole, self.isByRule) = (objection, isWhole, isByRule)
  }

  /// Bytes of an objection.
  public static let longest = 4000
}

extension SearchTree {
  /// The node that `node` revises, and what was said against that one; nil for others.
  public func revised(by node: NodeID) -> (node: NodeID, revision: Revision)? {
    guard let cause = cause(of: node), case .revise(let old, let revision) = acts[cause].intervention else {
      return nil
    }
    return (old, revision)
  }

  /// What tools found wrong at `node`, each in its own words; nil where none did. Complexity: O(critics).
  public func objection(to node: NodeID) -> String? {
    let against = details[node.offset].scores.filter { CriticName.isContradiction($0.score, by: $0.critic) }
    if against.isEmpty { return nil }
    let words = against.map { "\($0.critic): \($0.note ?? "this is wrong")" }.joined(separator: "; ")
    return String(decoding: words.utf8.prefix(Revision.longest), as: UTF8.self)
  }

  /// How many revisions in a row led to `node`. Complexity: O(their number).
  func revisions(of node: NodeID) -> Int {
    var (count, at) = (0, node)
    while let earlier = revised(by: at) { (count, at) = (count + 1, earlier.node) }
    return count
  }

  /// Below which node a revision of `node` is drawn.
  func place(of revision: Revision, of node: NodeID) -> NodeID {
    revision.isWhole == true ? .root : arena[node].parent
  }
}

extension Search {
  /// The run's own rule: what tools refute is written anew, as often as it says, and so is a whole answer that the ORM doubts.
  mutating func reviseByRule(_ node: NodeID) {
    guard node != .root, tree.isReachable(node), tree.revisions(of: node) < rules.revisions,
      rules.limits.reason(tree) == nil
    else { return }
    var revision: Revision?
    if let objection = tree.objection(to: node) {
      revision = Revision(objection: objection, isByRule: true)
    } else if tree[node].terminal == .answer, let score = tree.countedScore(CriticName.orm, of: node),
      score < rules.revisesBelow
    {
      revision = Revision(
        objection: "the answer is judged to be wrong, \(FixedNumber.text(score, decimals: 2, none: "-")) of 1",
        isWhole: true,
        isByRule: true)
    }
    if let revision { record(.intervened(.revise(node: node, revision))) }
  }
}

extension SearchParameters {
  /// `revise.count`.
  public static let reviseCount = ParameterKey<Int>(
    "revise.count", 0...64, default: 0,
    help:
      "How often in a row the policy rewrites a step that a tool refutes, told what the tool said; 0 leaves it to a person.",
    citation: "Self-Refine (Madaan et al., 2023)")
  /// `revise.below`.
  public static let reviseBelow = ParameterKey<Double>(
    "revise.below", 0...1, default: 0,
    help: "With revise.count, a whole answer whose ORM score is below this is rewritten, too.",
    citation: "Self-Refine (Madaan et al., 2023)")
}
