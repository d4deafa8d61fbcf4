import Foundation

/// What a model folder says about texts and names: everything about a model that needs no computing.
struct ModelText: Sendable {
  let name: String
  let vocabularySize: Int
  let contextLength: Int
  let settings: ModelSettings
  let tokenizer: ByteLevelBPE
  private let weights: Fingerprint

  init(_ folder: ModelFolder) {
    name = folder.name
    weights = Fingerprint(of: folder.weights)
    vocabularySize = folder.configuration.vocabularySize
    contextLength = folder.configuration.context
    settings = folder.settings
    tokenizer = folder.tokenizer
  }

  /// The first 16 hex digits of the SHA-256 of the weights. Complexity: O(bytes) the first time.
  var fingerprint: String { weights.value }

  func prompt(for question: String) -> [Int32] {
    let parts = settings.promptTemplate.components(separatedBy: "{question}")
    return tokenizer.beginning + tokenizer.encode(parts.joined(separator: question))
  }
}
