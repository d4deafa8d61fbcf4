/// How often a tool's findings agreed with outcomes, as counts: a finding that holds agrees with a good outcome, one that
/// refutes with a bad one.
public struct ToolPrior: Sendable, Hashable {
  /// Pseudo-counts of good and bad outcomes after "holds".
  public var holds: ToolTrust.Count
  /// Pseudo-counts of good and bad outcomes after "refuted".
  public var refuted: ToolTrust.Count

  /// A prior with its fields as given.
  public init(holds: ToolTrust.Count, refuted: ToolTrust.Count) {
    self.holds = holds
    self.refuted = refuted
  }
}

/// How far each tool is to be trusted in one run, learned from the outcomes of the trajectories it judged.
///
/// A tool's finding counts as much as outcomes agreed with it: its critic's weight β is split, `trust`·β for what it found
/// and the rest for a coin's ½. A tool whose "holds" is followed by failures as often as by successes so falls silent, and
/// one whose refutations always came true keeps its whole weight. Learned state is made of whole numbers only, which the
/// order of events cannot change: a run that is resumed knows what one that was never stopped knows.
public struct ToolTrust: Sendable, Hashable {
  /// Outcomes after one kind of finding.
  public struct Count: Sendable, Hashable {
    /// Good ones: an ORM score of ½ and more.
    public var good: Int
    /// Bad ones.
    public var bad: Int

    /// Counts as given.
    public init(good: Int = 0, bad: Int = 0) {
      self.good = good
      self.bad = bad
    }

    /// All of them.
    public var all: Int { good + bad }
  }

  /// One tool's outcomes.
  public struct Record: Sendable, Hashable {
    /// After "holds".
    public var holds = Count()
    /// After "refuted".
    public var refuted = Count()

    /// No outcomes yet.
    public init() {}
  }

  /// Records by the tool's name.
  public private(set) var records: [String: Record] = [:]

  /// Nothing is learned yet.
  public init() {}

  /// Takes note of outcomes after a finding of the tool `name`; an unsure one teaches nothing.
  public mutating func learn(_ name: String, _ kind: ToolFinding.Kind, _ outcomes: Count) {
    guard outcomes.all > 0 else { return }
    let side: WritableKeyPath<Record, Count>
    switch kind {
    case .holds: side = \.holds
    case .refuted: side = \.refuted
    case .unsure: return
    }
    records[name, default: Record()][keyPath: side].good += outcomes.good
    records[name, default: Record()][keyPath: side].bad += outcomes.bad
  }

  /// The share of its weight that a finding of `tool` keeps, in [0.02, 1]: twice the chance that the outcome agrees, less one.
  public func trust(in tool: any Tool, _ kind: ToolFinding.Kind) -> Double {
    let (prior, seen) = counts(tool, kind)
    let agreeing = kind == .holds ? prior.good + seen.good : prior.bad + seen.bad
    return min(1, max(Self.least, 2 * (Double(agreeing) + 1) / Double(prior.all + seen.all + 2) - 1))
  }

  /// The outcomes seen after a kind of finding.
  public func seen(_ tool: any Tool, _ kind: ToolFinding.Kind) -> Count { counts(tool, kind).seen }

  /// Never quite 0: the side of ½ on which a score lies says what the tool found.
  private static let least = 0.02

  private func counts(_ tool: any Tool, _ kind: ToolFinding.Kind) -> (prior: Count, seen: Count) {
    let record = records[tool.name] ?? Record()
    return kind == .holds ? (tool.prior.holds, record.holds) : (tool.prior.refuted, record.refuted)
  }

  /// The score of a finding that keeps `trust` of its weight; nil where it is unsure.
  static func score(_ kind: ToolFinding.Kind, trust: Double) -> Double? {
    switch kind {
    case .holds: 0.5 + trust / 2
    case .refuted: 0.5 - trust / 2
    case .unsure: nil
    }
  }

  /// What a tool found, read off the score that its critic gave.
  public static func kind(of score: Double?) -> ToolFinding.Kind {
    guard let score, score != 0.5 else { return .unsure }
    return score > 0.5 ? .holds : .refuted
  }
}
