import TreeInsight
import Vocabulary

/// Something that happened in a round; the journal of a round is a list of them, and ``RoundState`` is these applied in order.
public struct RoundEvent: Codable, Sendable, Equatable {
  /// What happened.
  public enum Content: Codable, Sendable, Equatable {
    /// A stage was begun, or gone on with; with the digest of what it reads.
    case began(RoundStageName, inputs: String)
    /// A stage is done.
    case ended(RoundStageName, RoundStageReport)
    /// A stage could not be done.
    case failed(RoundStageName, message: String)
    /// A person said something of a trajectory that the filter passed or refused, by its place in the filter's list.
    case decided(item: Int, accepted: Bool, note: String)
    /// A person let what is accepted into the dataset; the round goes on.
    case approved(note: String)
    /// A person refused the round; it ends.
    case rejected(note: String)
    /// A person signed the promotion.
    case signed(note: String)
    /// A step of training.
    case trained(RoundStageName, step: Int, steps: Int, loss: Double?)
  }

  /// When, ISO 8601 in UTC.
  public var at: String
  /// Who.
  public var who: String
  /// What.
  public var content: Content

  /// An event with its fields as given.
  public init(at: String, who: String, _ content: Content) { (self.at, self.who, self.content) = (at, who, content) }
}

/// What a finished stage says of itself.
public struct RoundStageReport: Codable, Sendable, Equatable {
  /// A number with a name.
  public struct Figure: Codable, Sendable, Equatable {
    /// What it is, in a few words.
    public var name: String
    /// The number.
    public var value: Double
    /// Its 95 % interval; nil for one that is counted.
    public var interval: [Double]?
    /// A remark; nil where the name says all.
    public var note: String?

    /// A figure with its fields as given.
    public init(_ name: String, _ value: Double, interval: [Double]? = nil, note: String? = nil) {
      (self.name, self.value, self.interval, self.note) = (name, value, interval, note)
    }

    /// A count.
    public init(_ name: String, _ count: Int) { self.init(name, Double(count)) }

    /// The share that `hits` are of `count`, with its Wilson interval; 0 of none where there are none.
    init(_ name: String, _ hits: Int, of count: Int, note: String? = nil) {
      self.init(
        name, Double(hits) / Double(max(1, count)), interval: Statistics.wilson(hits, count), note: note)
    }

    /// The share of right ones among what could be judged; nil where nothing could.
    init?(_ name: String, right judged: [Bool], note: String? = nil) {
      if judged.isEmpty { return nil }
      self.init(name, judged.count { $0 }, of: judged.count, note: note)
    }

    /// The number with its interval and remark, as tables show it: what is counted has no decimals.
    public var words: String {
      func text(_ number: Double) -> String {
        FixedNumber.text(number, decimals: interval == nil && number == number.rounded() ? 0 : 3, none: "–")
      }
      let bounds = interval.map { " [\(text($0[0])), \(text($0[1]))]" } ?? ""
      return text(value) + bounds + (note.map { " (\($0))" } ?? "")
    }

    init(_ name: String, _ estimate: Statistics.Estimate, note: String? = nil) {
      self.init(name, estimate.mean, interval: [estimate.low, estimate.high], note: note)
    }
  }

  /// SHA-256 of what the stage made.
  public var output = ""
  /// What it counted and measured, in the order of a table.
  public var figures: [Figure] = []
  /// Sentences for people: what was left out, what was refused.
  public var remarks: [String] = []
  /// Seconds that it took, over all its starts.
  public var seconds = 0.0
  /// Tokens that models generated for it.
  public var tokens = 0
  /// A folder that it made, inside the round's own; nil for none.
  public var folder: String?

  /// A report that says nothing yet.
  public init() {}

  /// The figure called `name`.
  public subscript(name: String) -> Figure? { figures.first { $0.name == name } }
}
