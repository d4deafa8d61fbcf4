extension ServerModel {
  /// How likely each request's continuation is: one number for each of the server's own tokens, which are those of the
  /// continuation's text, and need not be as many as its pieces.
  ///
  /// - Throws: `ServerError`, among others where the server cannot tell; `CancellationError`.
  public func logProbabilities(_ requests: [LikelihoodRequest]) async throws -> [LikelihoodResult] {
    try await requests.mapAtOnce { [self] in try await score($0) }
  }

  private func score(_ request: LikelihoodRequest) async throws -> LikelihoodResult {
    let key = table.pieces(of: request.prefix).first?.bytes ?? []
    return try await pool.answer(for: key) { [self] connection in
      let connection = try noted(connection)
      let (endpoint, idle) = (connection.endpoint, settings.idleSeconds)
      let (before, given) = (text(of: request.prefix), text(of: request.continuation))
      switch connection.abilities.scoring {
      case .grammar:
        return try await score(request, by: GrammarScoring(endpoint: endpoint, idle: idle))
      case .echo:
        let scoring = EchoScoring(endpoint: endpoint, model: connection.abilities.model, idle: idle)
        return try await scoring.score(given, after: before)
      case .generate:
        return try await GenerateScoring(endpoint: endpoint, idle: idle).score(given, after: before)
      case .none:
        throw endpoint.error(
          .unsupported, "expected a server that scores a given text; \(connection.abilities.server) does not")
      }
    }
  }

  private func score(_ request: LikelihoodRequest, by scoring: GrammarScoring) async throws -> LikelihoodResult {
    // The prefix as it is when something is drawn after it: a text.
    let prompt = try await scoring.tokens(of: text(of: request.prefix), begins: true)
    let pieces = table.pieces(of: request.continuation)
    let natives = pieces.compactMap { $0.native.map(Int.init) }
    let tokens =
      natives.count == pieces.count
      ? natives : try await scoring.tokens(of: text(of: request.continuation), begins: false)
    return try await scoring.score(tokens, after: prompt)
  }
}
