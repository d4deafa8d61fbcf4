import TreeInsight
import Vocabulary

/// A row of the list of runs.
public struct RunEntry: Hashable, Sendable, Identifiable {
  /// Its name in the workspace.
  public let id: String
  /// The problem that it searches.
  public let problem: String
  /// Simulations so far.
  public let simulations: Int
  /// Nodes shown, the root included.
  public let nodes: Int
  /// Tokens generated.
  public let tokens: Int
  /// Why it has stopped; nil while it may go on.
  public let stopped: StopReason?
  /// What its final selection answers; nil where no trajectory does, or nobody has looked.
  public let answer: String?
  /// Whether that agrees with the reference, where one is known.
  public let isCorrect: Bool?
  /// How many of the five final selections give it.
  public let agreement: Int?
  /// When its journal last grew, in words that sort as the time does.
  public let updated: String
  /// Who has it open elsewhere; nil where nobody has.
  public let openWith: String?

  /// A row with its fields as given.
  public init(
    id: String, problem: String, simulations: Int, nodes: Int, tokens: Int, stopped: StopReason? = nil,
    answer: String? = nil, isCorrect: Bool? = nil, agreement: Int? = nil, updated: String = "",
    openWith: String? = nil
  ) {
    (self.id, self.problem, self.simulations, self.nodes) = (id, problem, simulations, nodes)
    (self.tokens, self.stopped, self.answer, self.isCorrect) = (tokens, stopped, answer, isCorrect)
    (self.agreement, self.updated, self.openWith) = (agreement, updated, openWith)
  }

  /// What is going on with it, in a word.
  var state: String { openWith.map { "open: \($0)" } ?? (stopped == nil ? "may go on" : "done") }

  /// Right, wrong, or nothing where nobody knows.
  var verdict: String? { isCorrect.map { $0 ? "right" : "wrong" } }
}

extension RunEntry: QueriedRow {
  static let fields = [
    RowField("sims", "simulations", isNumber: true), RowField("nodes", "nodes shown", isNumber: true),
    RowField("tokens", "tokens generated", isNumber: true),
    RowField("agree", "how many final selections agree", isNumber: true), RowField("id", "its name"),
    RowField("problem", "what it searches"), RowField("answer", "what it answers"),
    RowField("state", "open, unfinished or done"), RowField("by", "who has it open"),
  ]
  static let words = [RowWord("right", "it answers rightly"), RowWord("wrong", "it answers wrongly")]

  func number(_ name: String) -> Double? {
    switch name {
    case "sims": Double(simulations)
    case "nodes": Double(nodes)
    case "tokens": Double(tokens)
    case "agree": agreement.map(Double.init)
    default: nil
    }
  }

  func text(_ name: String) -> String? {
    switch name {
    case "id": id
    case "problem": problem
    case "answer": answer
    case "state": openWith != nil ? "open" : stopped == nil ? "unfinished" : "done"
    case "by": openWith
    default: nil
    }
  }

  func says(_ text: SoughtText) -> Bool {
    [id, problem, state, updated, answer ?? "", verdict ?? ""].contains { text.isFound(in: $0) }
  }
}

/// In which order runs are listed; those that are equal in it stand as they come, the newest first.
enum RunOrder: String, RowOrder {
  /// Those of one problem together.
  case problem
  case updated, simulations, nodes, tokens, answer, agreement, state, id

  static let standard = problem

  /// What it means.
  var sentence: String {
    switch self {
    case .problem: "by problem"
    case .updated: "newest first"
    case .simulations: "by simulations"
    case .nodes: "by nodes"
    case .tokens: "by tokens"
    case .answer: "wrong first"
    case .agreement: "by how few selections agree"
    case .state: "by state"
    case .id: "by name"
    }
  }

  /// The next in the circle of orders.
  func next(_ steps: Int) -> RunOrder {
    let all = Self.allCases
    let at = all.firstIndex(of: self) ?? 0
    return all[(at + steps % all.count + all.count) % all.count]
  }

  func key(_ row: RunEntry) -> RowKey? {
    switch self {
    case .problem: RowKey(text: row.problem)
    case .updated: nil
    case .simulations: RowKey(number: -Double(row.simulations))
    case .nodes: RowKey(number: -Double(row.nodes))
    case .tokens: RowKey(number: -Double(row.tokens))
    case .answer: RowKey(number: row.isCorrect.map { $0 ? 2 : 0 } ?? (row.answer == nil ? 3 : 1))
    case .agreement: RowKey(number: Double(row.agreement ?? 6))
    case .state: RowKey(text: row.state)
    case .id: RowKey(text: row.id)
    }
  }
}

/// What a list of runs comes to.
struct RunSum: Hashable, Sendable {
  private(set) var runs = 0
  private(set) var simulations = 0
  private(set) var tokens = 0
  private(set) var right = 0
  private(set) var wrong = 0

  init(_ rows: some Sequence<RunEntry>) {
    for row in rows {
      runs += 1
      simulations += row.simulations
      tokens += row.tokens
      if let isCorrect = row.isCorrect { if isCorrect { right += 1 } else { wrong += 1 } }
    }
  }

  /// In words: `3 runs, 120 sims, 12.3k tokens, 2 right, 1 wrong`.
  var words: String {
    let verdicts = [right > 0 ? "\(Number.count(right)) right" : nil, wrong > 0 ? "\(Number.count(wrong)) wrong" : nil]
    return
      ([Number.things(runs, "run"), "\(Number.short(simulations)) sims", "\(Number.short(tokens)) tokens"]
      + verdicts.compactMap { $0 }).joined(separator: ", ")
  }
}
