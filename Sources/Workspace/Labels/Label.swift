import TreeSearch
import Vocabulary

/// What one person says, at one moment, of one thing in a search: a step, the trajectory that ends in a node, or the whole run.
///
/// Unlike a ``Vocabulary/Judgement``, which goes into the dataset with a commit, a label stands for itself: several people label
/// the same step, nobody's label replaces another's, and a person's own later one follows the earlier one, which stays.
public struct Label: Codable, Equatable, Sendable {
  /// In which part somebody speaks.
  public enum Role: String, Codable, Sendable, CaseIterable {
    /// One of the people whose labels are compared.
    case labeller
    /// Who decides where they differ; the decision is what datasets take.
    case adjudicator
  }

  /// Why something was given to a person to be labelled (PRM800K keeps both apart from the rest).
  public enum Purpose: String, Codable, Sendable, CaseIterable {
    /// To have its label.
    case work
    /// To see whether the person can label at all.
    case screening
    /// To see whether the person still labels well: what is right is known.
    case control
  }

  /// How a person ends a problem.
  public typealias Finish = FinishReason

  /// What is said.
  public enum Act: Equatable, Sendable {
    /// What a step is; nil takes the person's label back.
    case step(StepLabel?)
    /// Whether a step is flagged for somebody to look at.
    case flag(Bool)
    /// What the trajectory to the node is; nil takes the verdict back.
    case verdict(Judgement.Verdict?)
    /// How the problem ends; nil takes it back.
    case finish(Finish?)
    /// The person's own text for the step that follows the node; nil takes it back.
    case completion(String?)
    /// A remark.
    case note(String)
    /// The problem is for these people to label, and for nobody else; an empty list lifts that.
    case assignment([String])
  }

  /// What is spoken of.
  public struct Subject: Codable, Hashable, Sendable {
    /// The problem's id.
    public var problem: String
    /// The run, where there is one in the workspace.
    public var run: String?
    /// The node in the run; 0, the root, for the problem as a whole.
    public var node: Int
    /// Steps from the root to the node.
    public var depth: Int
    /// Stands for the problem and the texts of the path: the same in every run that has this path. The first 16 hexadecimal digits of
    /// a SHA-256.
    public var unit: String
    /// The node's own text; empty for the root.
    public var text: String

    /// The thing that the `path` of texts leads to; an empty path means the problem as a whole.
    public init(problem: String, run: String?, node: Int, path: [String]) {
      (self.problem, self.run, self.node, depth, text) = (problem, run, node, path.count, path.last ?? "")
      // A separator that stands in no text keeps two paths of the same letters apart.
      unit = String(SHA256.hex(Array(([problem] + path).joined(separator: "\u{1E}").utf8)).prefix(16))
    }

    /// A node of `tree`, the tree of `run`. Complexity: O(depth).
    public init(run: String, tree: SearchTree, node: NodeID) {
      let path = tree.path(to: node).dropFirst().map { tree.details[$0.offset].option?.text ?? "" }
      self.init(problem: tree.header.problem.id, run: run, node: node.offset, path: path)
    }
  }

  /// What the search and its critics held of the thing when it was labelled, so that people and critics can be compared without the
  /// run.
  public struct Evidence: Codable, Equatable, Sendable {
    /// Critics' scores in [0, 1] by name.
    public var scores: [String: Double]
    /// Mean value Q in [0, 1]; nil before a visit.
    public var q: Double?
    /// Visits.
    public var visits: Int
    /// Whether the answer that the trajectory ends in agrees with the reference; nil where that is not known.
    public var correct: Bool?

    /// Evidence with its fields as given.
    public init(scores: [String: Double] = [:], q: Double? = nil, visits: Int = 0, correct: Bool? = nil) {
      (self.scores, self.q, self.visits, self.correct) = (scores, q, visits, correct)
    }

    /// What `tree` says of `node` now. Complexity: O(critics).
    public init(tree: SearchTree, node: NodeID) {
      self.init(
        scores: tree.scores(of: node),
        q: tree[node].meanValue, visits: tree[node].visits,
        correct: tree.details[node.offset].answer.flatMap { tree.header.problem.accepts($0) })
    }
  }

  /// Who says it.
  public var who: String
  /// In which part.
  public var role: Role
  /// Why it was given to the person.
  public var purpose: Purpose
  /// True where the person saw no score, no visits, no reference and nobody else's label.
  public var isBlind: Bool
  /// How long the person looked at it, in milliseconds; nil where that is not known.
  public var milliseconds: Int?
  /// What it is said of.
  public var subject: Subject
  /// What the search held of it; nil where there is no search, or nothing to hold.
  public var evidence: Evidence?
  /// What is said.
  public var act: Act

  /// A label with its fields as given.
  public init(
    _ act: Act, of subject: Subject, who: String, role: Role = .labeller, purpose: Purpose = .work,
    isBlind: Bool = false,
    milliseconds: Int? = nil, evidence: Evidence? = nil
  ) {
    (self.act, self.subject, self.who, self.role, self.purpose) = (act, subject, who, role, purpose)
    (self.isBlind, self.milliseconds, self.evidence) = (isBlind, milliseconds, evidence)
  }
}

extension Label {
  private enum CodingKeys: String, CodingKey {
    case who, role, purpose, blind, milliseconds, evidence, act, value
    case problem, run, node, depth, unit, text
  }
  private enum Kind: String, Codable { case step, flag, verdict, finish, completion, note, assignment }

  /// Reads the flat object that ``encode(to:)`` writes.
  public init(from decoder: any Decoder) throws {
    let c = try decoder.container(keyedBy: CodingKeys.self)
    who = try c.decode(String.self, forKey: .who)
    role = try c.decodeIfPresent(Role.self, forKey: .role) ?? .labeller
    purpose = try c.decodeIfPresent(Purpose.self, forKey: .purpose) ?? .work
    isBlind = try c.decodeIfPresent(Bool.self, forKey: .blind) ?? false
    milliseconds = try c.decodeIfPresent(Int.self, forKey: .milliseconds)
    evidence = try c.decodeIfPresent(Evidence.self, forKey: .evidence)
    subject = try Subject(from: decoder)
    switch try c.decode(Kind.self, forKey: .act) {
    case .step: act = .step(try c.decodeIfPresent(StepLabel.self, forKey: .value))
    case .flag: act = .flag(try c.decode(Bool.self, forKey: .value))
    case .verdict: act = .verdict(try c.decodeIfPresent(Judgement.Verdict.self, forKey: .value))
    case .finish: act = .finish(try c.decodeIfPresent(Finish.self, forKey: .value))
    case .completion: act = .completion(try c.decodeIfPresent(String.self, forKey: .value))
    case .note: act = .note(try c.decode(String.self, forKey: .value))
    case .assignment: act = .assignment(try c.decode([String].self, forKey: .value))
    }
  }

  /// Writes one flat object: `who`, `act`, `value`, the subject's fields, and of the rest what is not as usual.
  public func encode(to encoder: any Encoder) throws {
    var c = encoder.container(keyedBy: CodingKeys.self)
    try c.encode(who, forKey: .who)
    if role != .labeller { try c.encode(role, forKey: .role) }
    if purpose != .work { try c.encode(purpose, forKey: .purpose) }
    if isBlind { try c.encode(true, forKey: .blind) }
    try c.encodeIfPresent(milliseconds, forKey: .milliseconds)
    try c.encodeIfPresent(evidence, forKey: .evidence)
    try subject.encode(to: encoder)
    func write(_ kind: Kind, _ value: (some Encodable)?) throws {
      try c.encode(kind, forKey: .act)
      try c.encodeIfPresent(value, forKey: .value)
    }
    switch act {
    case .step(let label): try write(.step, label)
    case .flag(let isOn): try write(.flag, isOn)
    case .verdict(let verdict): try write(.verdict, verdict)
    case .finish(let finish): try write(.finish, finish)
    case .completion(let text): try write(.completion, text)
    case .note(let text): try write(.note, text)
    case .assignment(let people): try write(.assignment, people)
    }
  }
}
