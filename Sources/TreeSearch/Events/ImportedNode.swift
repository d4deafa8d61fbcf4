import Vocabulary

/// What another program's file says of a node: values as they were, and nothing where it says nothing.
///
/// A score of another range is mapped to [0, 1]; ``ImportOrigin/scales`` says how.
public struct ImportedNode: Codable, Equatable, Sendable {
  /// A yes-or-no fact.
  public enum Mark: String, Codable, Sendable, CaseIterable {
    /// A person had pruned it.
    case pruned
    /// A person had written it.
    case inserted
    /// A person had put a number in a critic's place.
    case overridden
    /// Its number was given to a node that is not in the file: nothing is shown of it.
    case gone
  }

  /// The option on the edge to the node; nil for the root.
  public var option: SearchOption?
  /// N; nil where the file has none.
  public var visits: Int?
  /// Q, where N is known and greater than 0.
  public var meanValue: Double?
  /// What was backed up from here; nil where the file has none.
  public var reward: Double?
  /// P before it is normalised over the siblings.
  public var prior: Double?
  /// I(s); where the file has none, it follows from the values.
  public var importance: Double?
  /// What critics said.
  public var scores: [CriticScore]
  /// Fast rollouts from here.
  public var rollouts: [Rollout]
  /// Draws that the child cost.
  public var draws: Int?
  /// How the trajectory ends here.
  public var terminal: TerminalKind?
  /// The final answer stated by the trajectory that ends here.
  public var answer: String?
  /// Yes-or-no facts.
  public var marks: [Mark]
  /// What the file calls the node.
  public var name: String?
  /// Where the tree comes from: of the root, and of it alone.
  public var origin: ImportOrigin?

  /// A node with its fields as given.
  public init(
    option: SearchOption?, visits: Int? = nil, meanValue: Double? = nil, reward: Double? = nil, prior: Double? = nil,
    importance: Double? = nil, scores: [CriticScore] = [], rollouts: [Rollout] = [], draws: Int? = nil,
    terminal: TerminalKind? = nil, answer: String? = nil, marks: [Mark] = [], name: String? = nil,
    origin: ImportOrigin? = nil
  ) {
    (self.option, self.visits, self.meanValue, self.reward) = (option, visits, meanValue, reward)
    (self.prior, self.importance, self.scores, self.rollouts) = (prior, importance, scores, rollouts)
    (self.draws, self.terminal, self.answer, self.marks) = (draws, terminal, answer, marks)
    (self.name, self.origin) = (name, origin)
  }
}

/// Where an imported tree comes from.
public struct ImportOrigin: Codable, Equatable, Sendable {
  /// A range of the file that became [0, 1].
  public struct Scale: Codable, Equatable, Sendable {
    /// What became 0, and what became 1.
    public var low, high: Double

    /// A scale from `low` to `high`.
    public init(low: Double, high: Double) { (self.low, self.high) = (low, high) }
  }

  /// The form of the file, as `import --form` calls it.
  public var format: String
  /// By value, the range that was mapped; values that are not named are as they were.
  public var scales: [String: Scale]
  /// True where the file says in which order nodes were made; else they stand in the file's order.
  public var isOrdered: Bool
  /// Events of the search, where the file says how many there were.
  public var events: Int?
  /// The fork that the header names, which was made before the import.
  public var forkedFrom: ForkOrigin?
  /// Parameters that the file's header names, sorted: an older version had fewer. Nil for files without such a header.
  public var parameters: [String]?

  /// An origin with its fields as given.
  public init(
    format: String, scales: [String: Scale] = [:], isOrdered: Bool = false, events: Int? = nil,
    forkedFrom: ForkOrigin? = nil, parameters: [String]? = nil
  ) {
    (self.format, self.scales) = (format, scales)
    (self.isOrdered, self.events, self.forkedFrom) = (isOrdered, events, forkedFrom)
    self.parameters = parameters
  }
}
