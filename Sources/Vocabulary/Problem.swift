/// One problem to search: a line of a JSON Lines problem file, or a question typed by a person.
public struct Problem: Codable, Equatable, Sendable, Identifiable {
  /// Stable name, unique within a workspace.
  public var id: String
  /// The text that the policy continues (AlphaLLM's prompt x).
  public var question: String
  /// Reference answer; used to report correctness, never by a critic or by the search.
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

  /// A problem with its fields as given.
  public init(
    id: String, question: String, answer: String? = nil, source: String? = nil, split: String? = nil,
    tests: [String]? = nil, pattern: String? = nil, schema: String? = nil
  ) {
    self.id = id
    self.question = question
    self.answer = answer
    self.source = source
    self.split = split
    self.tests = tests
    self.pattern = pattern
    self.schema = schema
  }
}
