import Foundation

/// What a model folder says about texts and names: everything about a model that needs no computing.
struct ModelText: Sendable {
  let name: String
  let fingerprint: String
  let vocabularySize: Int
  let contextLength: Int
  let settings: ModelSettings
  let tokenizer: ByteLevelBPE

  init(_ folder: ModelFolder) {
    name = folder.name
    fingerprint = folder.weights.fingerprint
    vocabularySize = folder.configuration.vocabularySize
    contextLength = folder.configuration.context
    settings = folder.settings
    tokenizer = folder.tokenizer
  }

  func prompt(for question: String) -> [Int32] {
    let parts = settings.promptTemplate.components(separatedBy: "{question}")
    return tokenizer.beginning + tokenizer.encode(parts.joined(separator: question))
  }
}
