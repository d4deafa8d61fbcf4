import Models
import Vocabulary

/// A model that a test makes up: its tokens are bytes, and it writes a question down with a colon behind it.
public protocol ByteModel: LanguageModel {}

extension ByteModel {
  /// A token a byte.
  public var vocabularySize: Int { 256 }
  /// The text's bytes.
  public func tokenize(_ text: String) -> [Int32] { text.utf8.map(Int32.init) }
  /// The tokens themselves.
  public func bytes(of tokens: [Int32]) -> [UInt8] { tokens.map(UInt8.init) }
  /// The question and a colon.
  public func prompt(for question: String) -> [Int32] { tokenize(question + ":") }
}

extension Sample {
  /// One sample of a made-up model; each token has log-probability −1.
  public init(_ text: String, ending: Termination) {
    self.init(
      tokens: text.utf8.map(Int32.init), bytes: Array(text.utf8), logProbabilities: text.utf8.map { _ in -1 },
      ending: ending)
  }
}
