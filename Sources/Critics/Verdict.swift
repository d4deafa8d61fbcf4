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
