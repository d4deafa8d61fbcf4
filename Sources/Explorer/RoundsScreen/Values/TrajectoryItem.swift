import TreeInsight

/// A trajectory that a round might learn from.
public struct TrajectoryItem: Hashable, Sendable {
  /// A person's word on it.
  public struct Decision: Hashable, Sendable {
    /// Whether it may be learned from.
    public let isAccepted: Bool
    /// Who said so.
    public let who: String
    /// A remark, possibly empty.
    public let note: String

    /// A decision.
    public init(isAccepted: Bool, who: String, note: String) {
      (self.isAccepted, self.who, self.note) = (isAccepted, who, note)
    }
  }

  /// The problem's id.
  public let problem: String
  /// Its text; empty where nobody looked.
  public let question: String
  /// The steps, the question left out.
  public let text: String
  /// The answer that it states.
  public let answer: String
  /// Whether it agrees with the reference; nil without one.
  public let isRight: Bool?
  /// Where it ends.
  public let place: TreePlace
  /// What the rule was asked of.
  public let facts: TrajectoryFacts
  /// How far the rule is from deciding otherwise (`TrajectoryRule.margin(of:)`); nil where it names no number.
  public var margin: Double?
  /// Whether the rule passed it.
  public var passed: Bool
  /// Whether it was drawn for the audit.
  public var isAudited = false
  /// What a person said of it; nil where nobody did.
  public var decision: Decision?
  /// Its id in the commit log; nil where it is not there.
  public var commit: String?

  /// A trajectory with what the rule says of it.
  public init(
    problem: String, question: String, text: String, answer: String, isRight: Bool?, place: TreePlace,
    facts: TrajectoryFacts, passed: Bool
  ) {
    (self.problem, self.question, self.text, self.answer) = (problem, question, text, answer)
    (self.isRight, self.place, self.facts, self.passed) = (isRight, place, facts, passed)
  }

  /// Whether it will be learned from: a person's word counts more than the rule.
  public var isAccepted: Bool { decision?.isAccepted ?? passed }

  /// How much a person's look at it is worth: what the audit asks of a person first, then what is doubtful, last what somebody
  /// has decided. In [-1, 2].
  var worth: Double { decision != nil ? -1 : (isAudited && isRight == nil ? 1 : 0) + doubt }

  /// How doubtful the rule's word is, in [0, 1]: against the reference or a tool, near its limit, or where critics disagree. What
  /// the rule refused is in nobody's way, and half as doubtful for that.
  var doubt: Double {
    if passed, facts.isContradicted || isRight == false { return 1 }
    let nearness = margin.map { 1 - $0 / Self.near } ?? 0
    let disagreement = facts.weakest.map { abs(facts.score - $0) } ?? 0
    let missed = !passed && isRight == true ? 0.5 : 0
    // What is not a number must not stand in the way of an order.
    return [nearness, passed ? disagreement : disagreement / 2, missed].filter(\.isFinite).map { min(1, max(0, $0)) }
      .max() ?? 0
  }

  /// Margins from here on are no longer near.
  private static let near = 0.1

  /// Why it is worth a look, in words; empty where nothing stands out.
  var reasons: [String] { (isAudited ? ["drawn for the audit"] : []) + doubts }

  /// Why the rule's word is doubtful, in words; empty where it is not.
  var doubts: [String] {
    var all: [String] = []
    if passed, isRight == false { all.append("passed, but wrong") }
    if !passed, isRight == true { all.append("refused, but right") }
    if passed, facts.isContradicted { all.append("tool disagrees") }
    if let weakest = facts.weakest, abs(facts.score - weakest) >= 0.4 {
      all.append("\(weakest < facts.score ? "weak step" : "fine steps") \(Number.score(weakest))")
    }
    if let margin, margin < Self.near { all.append("near limit \(Number.fixed(margin, decimals: 2))") }
    return all
  }
}
