/// Something that a stage of a round kept: a row of the stage's list.
public enum StageItem: Hashable, Sendable {
  /// An imagined question (imagine).
  case prompt(PromptItem)
  /// A problem that was searched (search).
  case search(SearchItem)
  /// A trajectory (filter, gate, commit).
  case trajectory(TrajectoryItem)
  /// A held-out problem before and after (evaluate, and two rounds compared).
  case trial(TrialItem)
  /// Something that a promotion asks for (promote).
  case condition(ConditionItem)
}

/// A tree that a row leads to.
public struct TreePlace: Hashable, Sendable {
  /// The run in the workspace.
  public let run: String
  /// The node to go to, by its id; 0 is the root.
  public let node: Int
  /// The rollout of that node that finishes the trajectory, from 0 on; nil where the node itself ends it.
  public let rollout: Int?

  /// A node of a run; numbers that no tree has are taken to the nearest that one could have.
  public init(run: String, node: Int = 0, rollout: Int? = nil) {
    func clamped(_ number: Int) -> Int { max(0, min(number, Int(Int32.max) - 1)) }
    (self.run, self.node, self.rollout) = (run, clamped(node), rollout.map(clamped))
  }
}

/// An imagined question, accepted or not. Every text of it is a model's or a file's.
public struct PromptItem: Hashable, Sendable {
  /// Its id.
  public let id: String
  /// How it was imagined: `policy`, `numbers`, `backward` …
  public let kind: String
  /// The question.
  public let text: String
  /// Why it was refused, in words; nil where it was accepted.
  public let reason: String?
  /// The expected answer, where there is one.
  public var answer: String?
  /// The question that it is nearest to.
  public var neighbour: String?
  /// How far that is, in [0, 1].
  public var distance: Double?
  /// The share of the policy's own solutions that give the expected answer, in [0, 1].
  public var passRate: Double?
  /// What else is known of it: parents, root, model, where the answer comes from, evidence.
  public var facts: [RoundFact] = []
  /// The tree that was made of it; nil where it was not searched.
  public var place: TreePlace?

  /// A question; `reason` is nil where it was accepted.
  public init(id: String, kind: String, text: String, reason: String?) {
    (self.id, self.kind, self.text, self.reason) = (id, kind, text, reason)
  }
}

/// A problem that was searched.
public struct SearchItem: Hashable, Sendable {
  /// The problem's id.
  public let problem: String
  /// Its text; empty where nobody looked.
  public let question: String
  /// The run in the workspace.
  public let run: String
  /// The answer that was chosen; nil where no trajectory states one.
  public var answer: String?
  /// Whether it agrees with the reference; nil without one.
  public var isRight: Bool?
  /// Why the search could not go on; nil where it came to its end.
  public var error: String?
  /// Simulations made.
  public var simulations = 0
  /// Tokens that the policy and its rollouts generated.
  public var tokens = 0

  /// A search of which nothing is known but its run.
  public init(problem: String, question: String, run: String) {
    (self.problem, self.question, self.run) = (problem, question, run)
  }
}

/// A held-out problem, before and after.
public struct TrialItem: Hashable, Sendable {
  /// What one policy made of it.
  public struct Side: Hashable, Sendable {
    /// The greedy answer; nil where it states none.
    public var answer: String?
    /// Whether that is right.
    public var isRight: Bool
    /// Samples drawn beside it.
    public var samples = 0
    /// How many of them are right.
    public var right = 0
    /// A search of it; nil where none was made.
    public var run: String?

    /// An answer, right or wrong.
    public init(answer: String?, isRight: Bool) { (self.answer, self.isRight) = (answer, isRight) }
  }

  /// What became of it.
  public enum Change: Int, CaseIterable, Hashable, Sendable {
    /// Right before, wrong after.
    case broken
    /// Wrong before, right after.
    case repaired
    /// Wrong both times.
    case wrong
    /// Right both times.
    case right
    /// Not measured after yet.
    case open

    /// In a word.
    var word: String { self == .open ? "before only" : self == .wrong || self == .right ? "still \(self)" : "\(self)" }
  }

  /// The problem's id.
  public let problem: String
  /// Its text; empty where nobody looked.
  public let question: String
  /// The reference answer.
  public let reference: String?
  /// The policy before, or the first of two that are compared.
  public let before: Side
  /// The policy after, or the second one; nil before it was measured.
  public let after: Side?

  /// A problem before and after.
  public init(problem: String, question: String, reference: String?, before: Side, after: Side?) {
    (self.problem, self.question, self.reference) = (problem, question, reference)
    (self.before, self.after) = (before, after)
  }

  /// What became of it.
  public var change: Change {
    guard let after else { return .open }
    return before.isRight ? (after.isRight ? .right : .broken) : (after.isRight ? .repaired : .wrong)
  }
}

/// Something that a promotion asks for.
public struct ConditionItem: Hashable, Sendable {
  /// What is asked for.
  public let name: String
  /// Whether it holds.
  public let holds: Bool
  /// What was found.
  public let found: String

  /// A condition.
  public init(name: String, holds: Bool, found: String) { (self.name, self.holds, self.found) = (name, holds, found) }
}
