import Vocabulary

/// What tools and votes know beside the text of a state.
public struct ToolContext: Sendable, Hashable {
  /// Names of the tools that take part in the run.
  public var enabled: Set<String>
  /// What the problem asks of a solution.
  public var checks: ProblemChecks
  /// What the run has learned so far.
  public var trust: ToolTrust
  /// How often a step that a tool refutes is drawn again before it is kept.
  public var redraws: Int
  /// The answers of the run's rollouts so far, each as it is spelled, and how often.
  public var answers: [String: Int] = [:]

  /// A context with its fields as given; without arguments, no tool takes part.
  public init(
    enabled: Set<String> = [], checks: ProblemChecks = ProblemChecks(), trust: ToolTrust = ToolTrust(), redraws: Int = 0
  ) {
    self.enabled = enabled
    self.checks = checks
    self.trust = trust
    self.redraws = redraws
  }
}

/// What a problem asks of every solution, beside being right: given with the question, not taken from the answer.
public struct ProblemChecks: Sendable, Hashable {
  /// Python statements that must run after the solution's code without an error.
  public var tests: [String]
  /// A regular expression (Python's syntax) that must match the whole final answer.
  public var pattern: String?
  /// A JSON schema, as text, that the solution's JSON must fit.
  public var schema: String?
  /// The options that the question offers; an answer names one by letter or text.
  public var choices: [String]?
  /// Texts behind which answers stand, beside the usual places.
  public var answerMarkers: [String]
  /// What is asked, for tools that are of use only where it is about their matter.
  public var question = ""

  /// Checks with their fields as given.
  public init(
    tests: [String] = [], pattern: String? = nil, schema: String? = nil, choices: [String]? = nil,
    answerMarkers: [String] = []
  ) {
    self.tests = tests
    self.pattern = pattern
    self.schema = schema
    self.choices = choices
    self.answerMarkers = answerMarkers
  }

  /// What `problem` asks.
  public init(_ problem: Problem) {
    self.init(
      tests: problem.tests ?? [], pattern: problem.pattern, schema: problem.schema,
      choices: problem.choices, answerMarkers: problem.answerMarkers ?? [])
    question = problem.question
  }
}
