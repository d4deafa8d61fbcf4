import Models

/// What a judging model is asked about a state: a text with the places `{question}`, `{steps}`, `{step}`, `{good}` and `{bad}`.
public struct CriticPrompt: Sendable, Hashable {
  /// Whether the newest step is right (AlphaLLM section 4.4: the PRM as a question whose answer is one token).
  public static let step = """
    Question: {question}
    A solution is written step by step. So far it says:
    {steps}
    The newest step is: {step}
    Is the newest step correct and does it help? Answer with one word, {good} or {bad}.
    Answer:
    """

  /// Whether a whole solution is right (AlphaLLM section 4.4: the ORM).
  public static let outcome = """
    Question: {question}
    A student's solution:
    {steps}
    Is the student's final answer correct? Answer with one word, {good} or {bad}.
    Answer:
    """

  /// ``step``, asked behind the solution as its own writer has it.
  public static let stepBehind = """

    Is the newest step, "{step}", correct and does it help? Answer with one word, {good} or {bad}.
    Answer:
    """

  /// ``outcome``, asked in the same way.
  public static let outcomeBehind = """

    Is the final answer of this solution correct? Answer with one word, {good} or {bad}.
    Answer:
    """

  /// A reason and a score for the newest step.
  public static let judge = """
    Question: {question}
    A solution is written step by step. So far it says:
    {steps}
    Judge the newest step: {step}
    Write one sentence with your reason, and then a line "Score: N" with N from 0 (wrong or useless) to 10 (right).
    Reason:
    """

  /// The text with its places.
  public let template: String

  /// Makes a prompt.
  public init(_ template: String) { self.template = template }

  /// The template's places filled from `state`; what stands in a state is never read as a place.
  public func filled(_ state: JudgedState, good: String = "", bad: String = "") -> String {
    Template.filled(
      template,
      [
        "{question}": state.question, "{steps}": state.optionTexts.joined().trimmed,
        "{step}": (state.optionTexts.last ?? "(none yet)").trimmed, "{good}": good, "{bad}": bad,
      ])
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self[...]
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text.drop(while: \.isWhitespace))
  }
}
