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
