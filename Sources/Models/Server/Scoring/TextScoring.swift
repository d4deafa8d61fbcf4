/// How likely a given text is after another, by a server that takes both as texts.
protocol TextScoring {
  /// The log-probabilities of the tokens of `continuation` after `prompt`: those that end in it.
  ///
  /// - Throws: `ServerError`, `ModelError` for an answer of another shape.
  func score(_ continuation: String, after prompt: String) async throws -> LikelihoodResult
}

extension TextScoring {
  /// True where the server does so.
  func works() async -> Bool {
    guard let told = try? await score("3\n4\n", after: "1\n2\n") else { return false }
    return told.logProbabilities.count > 1 && told.logProbabilities.contains { $0 != 0 }
  }
}
