import Vocabulary

/// Where one stage of a round stands, and what it has counted and measured.
public struct StageEntry: Hashable, Sendable {
  /// Where it stands.
  public var standing = StageStanding.waiting
  /// How far it has come, while it is being done; nil where nobody tells.
  public var progress: StageProgress?
  /// What it counted and measured, in the order shown.
  public var figures: [RoundFigure] = []
  /// Sentences for people: what was left out, what was refused; sanitised when they are drawn.
  public var remarks: [String] = []
  /// Why it could not be done; nil where it could.
  public var failure: String?
  /// Seconds that it took, over all its starts; nil before it has ended.
  public var seconds: Double?
  /// Tokens that models generated for it; 0 for none.
  public var tokens = 0

  /// A stage that waits for its turn.
  public init() {}
}

/// Where a stage stands.
public enum StageStanding: String, CaseIterable, Hashable, Sendable {
  /// Its turn has not come.
  case waiting
  /// It is being done.
  case running
  /// It was begun, and nobody is at it.
  case resting
  /// It waits for a person.
  case asks
  /// It is done.
  case done
  /// It could not be done; a resumed round tries again.
  case failed
  /// The plan leaves it out.
  case skipped

  /// In words.
  var words: String {
    switch self {
    case .waiting: "its turn has not come"
    case .running: "running"
    case .resting: "begun, and resting"
    case .asks: "waits for a person"
    case .done: "done"
    case .failed: "failed"
    case .skipped: "left out by the plan"
    }
  }
}

/// How far a stage has come.
public struct StageProgress: Hashable, Sendable {
  /// What is done of it, ≥ 0.
  public var done: Int
  /// Of how many; 0 where nobody knows.
  public var all: Int
  /// Things a second; nil where it is not known.
  public var rate: Double?
  /// Seconds left at that rate; nil where it is not known.
  public var secondsLeft: Double?
  /// The latest figure in words, possibly empty; sanitised when it is drawn.
  public var note: String

  /// How far it has come.
  public init(done: Int, all: Int, rate: Double? = nil, secondsLeft: Double? = nil, note: String = "") {
    (self.done, self.all, self.rate, self.secondsLeft, self.note) = (done, all, rate, secondsLeft, note)
  }

  /// The share that is done, in [0, 1]; nil where nobody knows.
  var share: Double? { all > 0 ? min(1, max(0, Double(done) / Double(all))) : nil }

  /// In words: `812 of 1,000, 4.2/s, 45 s left, loss 0.41`.
  var words: String {
    var parts = [all > 0 ? "\(Number.count(done)) of \(Number.count(all))" : "\(Number.count(done)) so far"]
    if let rate, rate.isFinite { parts.append("\(Number.fixed(rate, decimals: rate < 10 ? 1 : 0))/s") }
    if let secondsLeft, secondsLeft.isFinite { parts.append("\(Number.duration(secondsLeft)) left") }
    if !note.isEmpty { parts.append(note) }
    return parts.joined(separator: ", ")
  }
}

/// A number with a name and, where it was estimated, its interval.
public struct RoundFigure: Hashable, Sendable {
  /// What it is, in a few words.
  public var name: String
  /// The number.
  public var value: Double
  /// The lower end of its 95 % interval; nil for one that is counted.
  public var low: Double?
  /// The upper end.
  public var high: Double?
  /// A remark; nil where the name says all.
  public var note: String?

  /// A figure; an interval that has not two ends is none.
  public init(_ name: String, _ value: Double, interval: [Double]? = nil, note: String? = nil) {
    (self.name, self.value, self.note) = (name, value, note)
    if let interval, interval.count == 2 {
      (low, high) = (min(interval[0], interval[1]), max(interval[0], interval[1]))
    }
  }

  /// The number with its interval: `0.461 [0.43, 0.492]`, and counts as counts.
  var words: String {
    let bounds = low.flatMap { low in high.map { " [\(text(low)), \(text($0))]" } } ?? ""
    return text(value) + bounds
  }

  /// A share as percent, or a gain as points, with its interval: `46.1 [43.0, 49.2]`.
  func points(signed: Bool = false) -> String {
    func text(_ share: Double) -> String {
      (signed && share > 0 ? "+" : "") + Number.fixed(100 * share, decimals: 1)
    }
    guard let low, let high else { return text(value) }
    return "\(text(value)) [\(text(low)), \(text(high))]"
  }

  /// What is counted has no decimals, what is estimated as many as say something.
  private func text(_ number: Double) -> String {
    if low == nil, number == number.rounded(), abs(number) < 1e15 { return Number.count(Int(number)) }
    // A small p must not look like none.
    if number > 0, number < 0.0001 { return "<0.0001" }
    return Number.fixed(number, decimals: number != 0 && abs(number) < 0.01 ? 4 : abs(number) < 10 ? 3 : 1)
  }
}
