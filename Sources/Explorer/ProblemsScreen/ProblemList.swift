import TreeInsight
import TreeSearch
import Vocabulary

/// The list of problems to choose from: rows, a filter and a cursor on one of the rows that pass it.
public struct ProblemList: Sendable {
  /// Every problem, in file order.
  public private(set) var entries: [ProblemEntry]
  /// Words that a shown row holds; empty shows all.
  public private(set) var query = ""
  /// Indices into `entries` of the shown rows.
  public private(set) var shown: [Int]
  /// Index into `shown`; 0 where nothing is shown.
  public private(set) var cursor = 0
  /// Index into `shown` of the first row on the screen.
  public private(set) var top = 0

  /// A list with its cursor on the first row.
  public init(_ entries: [ProblemEntry] = []) {
    self.entries = entries
    shown = Array(entries.indices)
  }

  /// The row under the cursor.
  public var selected: ProblemEntry? { shown.indices.contains(cursor) ? entries[shown[cursor]] : nil }

  /// Moves the cursor by `rows`, as far as there are rows, and scrolls so that it is among `height` rows.
  mutating func move(by rows: Int, height: Int) {
    let (target, overflow) = cursor.addingReportingOverflow(rows)
    cursor = max(0, min(overflow ? (rows < 0 ? 0 : shown.count) : target, shown.count - 1))
    clampScroll(height: height)
  }

  /// Shows the rows that hold every word of `query`; the cursor stays on its problem where that is still shown.
  ///
  /// Complexity: O(text of all rows).
  mutating func filter(_ query: String, height: Int) {
    let before = selected?.id
    self.query = query
    shown = entries.indices.filter { query.isEmpty || entries[$0].matches(query) }
    cursor = shown.firstIndex { entries[$0].id == before } ?? 0
    clampScroll(height: height)
  }

  /// Replaces the rows; cursor and filter stay where they can.
  mutating func replace(_ entries: [ProblemEntry], height: Int) {
    let before = selected?.id
    self.entries = entries
    shown = entries.indices.filter { query.isEmpty || entries[$0].matches(query) }
    cursor = shown.firstIndex { entries[$0].id == before } ?? min(cursor, max(0, shown.count - 1))
    clampScroll(height: height)
  }

  /// Scrolls so that the cursor is among `height` rows.
  mutating func clampScroll(height: Int) {
    let height = max(1, height)
    top = max(0, min(max(min(top, cursor), cursor - height + 1), shown.count - height))
  }
}

/// A row of the list of problems.
public struct ProblemEntry: Hashable, Sendable, Identifiable {
  /// The problem's id, which `RunEffect.openProblem` carries.
  public let id: String
  /// Its text.
  public let question: String
  /// The reference answer, where there is one.
  public let answer: String?
  /// How hard it is, in the file's own word.
  public let tier: String?
  /// The split it belongs to.
  public let split: String?
  /// What has been done with it, in a word (`40 sims`, `committed`); nil for nothing.
  public var progress: String?
  /// What its newest run came to; nil where there is none.
  public var result: ProblemResult?

  /// A row for `problem`.
  public init(_ problem: Problem, tier: String? = nil, progress: String? = nil, result: ProblemResult? = nil) {
    id = problem.id
    question = problem.question
    answer = problem.reference
    split = problem.split
    self.tier = tier
    self.progress = progress
    self.result = result
  }

  /// True where every word of `query` stands in the row, whatever the case.
  func matches(_ query: String) -> Bool {
    let text = [id, question, answer ?? "", tier ?? "", split ?? "", progress ?? "", result?.words ?? ""].joined(
      separator: " "
    ).lowercased()
    return query.lowercased().split(separator: " ").allSatisfy { text.contains($0) }
  }
}

/// What a run of a problem came to.
public struct ProblemResult: Hashable, Sendable {
  /// Simulations done.
  public let simulations: Int
  /// Tokens generated.
  public let tokens: Int
  /// What the run's final selection answers; nil where no trajectory does, or nobody has looked.
  public let answer: String?
  /// Whether it agrees with the reference, where one is known.
  public let isCorrect: Bool?
  /// How many of the five final selections give that answer.
  public let agreement: Int?

  /// A result with its fields as given.
  public init(simulations: Int, tokens: Int, answer: String?, isCorrect: Bool?, agreement: Int?) {
    self.simulations = simulations
    self.tokens = tokens
    self.answer = answer
    self.isCorrect = isCorrect
    self.agreement = agreement
  }

  /// The agreement of the final selections: `4/5`.
  var finals: String? { agreement.map { "\($0)/5" } }

  /// What words of a filter can find: `right`, `wrong`, `4/5`.
  var words: String {
    [isCorrect.map { $0 ? "right" : "wrong" }, finals, answer].compactMap { $0 }.joined(separator: " ")
  }
}
