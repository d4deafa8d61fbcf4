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

  /// A problem with its fields as given.
  public init(id: String, question: String, answer: String? = nil, source: String? = nil, split: String? = nil) {
    self.id = id
    self.question = question
    self.answer = answer
    self.source = source
    self.split = split
  }
}
