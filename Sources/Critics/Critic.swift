import Vocabulary

/// Judges states of a search: a head of a network, a tool, a person's rule.
public protocol Critic: Sendable {
  /// The name weights and events use: `value`, `prm`, `orm`, `calculator`.
  var name: String { get }
  /// Which states it judges.
  var scope: CriticScope { get }
  /// One verdict a state, in order.
  ///
  /// - Throws: what the critic's model throws; `CancellationError` when the task is cancelled.
  func score(_ states: [JudgedState]) async throws -> [Verdict]
}

/// A state as critics see it: the question and the options taken so far.
public struct JudgedState: Sendable, Hashable {
  /// The problem's question.
  public var question: String
  /// The prompt's tokens and all options', in the policy's vocabulary.
  public var tokens: [Int32]
  /// The texts of all options of the path; the last is the newest. Empty for the root.
  public var optionTexts: [String]
  /// Whether the options are a whole solution.
  public var isComplete: Bool
  /// What tools know beside the text.
  public var tools: ToolContext

  /// Makes a state.
  public init(
    question: String, tokens: [Int32], optionTexts: [String], isComplete: Bool, tools: ToolContext = ToolContext()
  ) {
    self.question = question
    self.tokens = tokens
    self.optionTexts = optionTexts
    self.isComplete = isComplete
    self.tools = tools
  }
}

extension JudgedState {
  /// The final answer that the options state; nil where they state none.
  var statedAnswer: String? {
    AnswerFormat.answer(in: optionTexts.joined(), markers: tools.checks.answerMarkers)
  }
}

extension Verdict {
  /// The critic cannot judge the state, for this reason: its weight goes to the others.
  static func cannotJudge(_ reason: String, tokensRead: Int = 0) -> Verdict {
    Verdict(score: nil, note: CriticName.cannotJudge + reason, tokensRead: tokensRead)
  }
}

/// What a critic says about one state.
public struct Verdict: Sendable, Hashable {
  /// In [0, 1]; nil where the critic abstains.
  public var score: Double?
  /// Why, in plain words for people; may be empty.
  public var note: String
  /// Tokens a model computed for this verdict. A pass shared by several critics is counted once, with the first.
  public var tokensRead: Int
  /// Tokens a model found in its cache.
  public var tokensReused: Int

  /// Makes a verdict.
  public init(score: Double?, note: String = "", tokensRead: Int = 0, tokensReused: Int = 0) {
    self.score = score
    self.note = note
    self.tokensRead = tokensRead
    self.tokensReused = tokensReused
  }
}
