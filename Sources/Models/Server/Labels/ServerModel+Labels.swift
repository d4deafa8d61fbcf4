extension ServerModel {
  /// Reads the labels among the ``TopTokens/count`` most probable tokens, one request a prefix.
  ///
  /// - Throws: `ServerError`, among others where the server tells no log-probabilities.
  public func likelihoods(of labels: [String], after prefixes: [[Int32]]) async throws -> [LabelResult] {
    try await prefixes.mapAtOnce { [self] prefix in
      let text = text(of: prefix)
      return try await pool.answer(for: Array(text.utf8)) { [self] connection in
        let connection = try noted(connection)
        guard connection.abilities.logProbabilities else {
          throw connection.endpoint.error(
            .unsupported, "expected a server that tells log-probabilities, which a label's belief is read from")
        }
        let answer = try await connection.endpoint.object(
          TopTokens.request(text, connection.abilities), idle: settings.idleSeconds)
        do {
          let top = try TopTokens(answer)
          guard !top.tokens.isEmpty else {
            throw connection.endpoint.error(.noLogProbabilities, "expected the most probable tokens, got none")
          }
          return LabelResult(beliefs: top.beliefs(of: labels), usage: top.usage)
        } catch let error as ModelError {
          throw connection.endpoint.error(.shape, "\(error.field): \(error.expected)")
        }
      }
    }
  }
}
