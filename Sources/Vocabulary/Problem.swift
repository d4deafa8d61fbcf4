/// One problem to search: a record of a problem file, or a question typed by a person.
///
/// Journals, workspaces and ids hold its coded form: a field that is nil is not written, so that adding one changes nothing
/// that was written before.
public struct Problem: Codable, Equatable, Sendable, Identifiable {
  /// Stable name, unique within a workspace.
  public var id: String
  /// What is asked (AlphaLLM's prompt x), with the lettered lines of its ``choices``.
  public var question: String
  /// Reference answer; used to report correctness, never by a critic or by the search. Of a question with ``choices`` the text
  /// of the right one.
  public var answer: String?
  /// Where the problem comes from, for the dataset card.
  public var source: String?
  /// `train`, `dev`, `test` or the author's own word.
  public var split: String?
  /// Python statements that must run after a solution's code without an error, as in `assert area(2, 3) == 6`.
  public var tests: [String]?
  /// A regular expression that a solution's whole final answer must match.
  public var pattern: String?
  /// A JSON schema, as text, that a solution's JSON must fit.
  public var schema: String?
  /// What the model is told before the question: the system turn of a conversation.
  public var system: String?
  /// The options that the question offers, A first; an answer names one by its letter or by its text.
  public var choices: [String]?
  /// Answers that are as right as ``answer``.
  public var accepted: [String]?
  /// Texts behind which a solution's answer stands, beside the usual places: what the prompt asks for that its run's policy reads.
  public var answerMarkers: [String]?

  /// A problem with its fields as given.
  public init(
    id: String, question: String, answer: String? = nil, source: String? = nil, split: String? = nil,
    tests: [String]? = nil, pattern: String? = nil, schema: String? = nil, system: String? = nil,
    choices: [String]? = nil, accepted: [String]? = nil, answerMarkers: [String]? = nil
  ) {
    self.id = id
    self.question = question
    self.answer = answer
    self.source = source
    self.split = split
    self.tests = tests
    self.pattern = pattern
    self.schema = schema
    self.system = system
    self.choices = choices
    self.accepted = accepted
    self.answerMarkers = answerMarkers
  }

  /// The text that models read and go on from: what the model is told, then the question.
  public var prompt: String { system.map { $0 + "\n\n" + question } ?? question }
}
