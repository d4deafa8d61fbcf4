/// Answers that say the same, under the first spelling of each: what votes are counted over.
///
/// Two answers fall into one group where the later says the same as the group's first spelling. Complexity: a new
/// spelling is compared with each group once; one that was seen before is looked up.
public struct AnswerGroups: Sendable {
  /// The first spelling of each group, in order of appearance.
  public private(set) var spellings: [String] = []
  private var values: [AnswerValue?] = []
  /// The choice that each group names; nil for what is none.
  private var named: [Int?] = []
  private var known: [String: Int] = [:]
  private let choices: [String]?

  /// No groups yet. Answers that name the same of `choices`, by letter or text, are one.
  public init(among choices: [String]? = nil) { self.choices = choices }

  /// The number of the group that `answer` belongs to: a new one where no earlier answer says the same.
  public mutating func index(of answer: String) -> Int {
    if let index = known[answer] { return index }
    let value = AnswerValue(answer)
    let choice = choices.flatMap { AnswerFormat.choice(answer, among: $0) }
    let index = spellings.indices.first { at in
      if choice != nil || named[at] != nil { return choice == named[at] }
      return if let value, let other = values[at] { value.says(other) } else { answer == spellings[at] }
    }
    if let index {
      known[answer] = index
      return index
    }
    spellings.append(answer)
    values.append(value)
    named.append(choice)
    known[answer] = spellings.count - 1
    return spellings.count - 1
  }
}

/// A count of votes by value.
public struct AnswerVote: Sendable {
  private var groups: AnswerGroups
  /// The weight of each group, in order of appearance.
  public private(set) var weights: [Double] = []

  /// No votes yet. Answers that name the same of `choices` are one.
  public init(among choices: [String]? = nil) { groups = AnswerGroups(among: choices) }

  /// Takes a vote; `combined` says what becomes of the weight of its group, which is 0 at first. Returns the group's number.
  @discardableResult
  public mutating func add(_ answer: String, _ combined: (Double) -> Double) -> Int {
    let group = groups.index(of: answer)
    if group == weights.count { weights.append(0) }
    weights[group] = combined(weights[group])
    return group
  }

  /// The group with the greatest weight, the first seen of equals; nil without votes.
  public var winner: Int? {
    weights.indices.reduce(nil) { best, next in weights[next] > best.map { weights[$0] } ?? -1 ? next : best }
  }

  /// The first spelling of a group.
  public func spelling(of group: Int) -> String { groups.spellings[group] }

  /// By how much the winner leads the next; 0 without votes.
  public var lead: Double {
    let sorted = weights.sorted(by: >)
    return (sorted.first ?? 0) - (sorted.dropFirst().first ?? 0)
  }
}
