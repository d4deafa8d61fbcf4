extension ServerModel {
  /// One request's samples, in as few requests to one server as it allows.
  func samples(of request: SampleRequest) async throws -> SampleResult {
    if request.count == 0 { return SampleResult(samples: [], usage: ModelUsage()) }
    let pieces = table.pieces(of: request.prefix)
    let prompt = pieces.first?.bytes ?? []
    return try await pool.answer(for: prompt) { [self] connection in
      let connection = try noted(connection)
      var result = SampleResult(samples: [], usage: ModelUsage())
      while result.samples.count < request.count {
        let count = min(connection.abilities.draws, request.count - result.samples.count)
        let drawn = try await draw(
          request, index: result.samples.count, count: count, prompt: prompt,
          written: pieces.dropFirst().flatMap(\.bytes), from: connection)
        result.samples += drawn.samples
        result.usage += drawn.usage
      }
      used.withLock { $0 += result.usage }
      return result
    }
  }

  private func draw(
    _ request: SampleRequest, index: Int, count: Int, prompt: [UInt8], written: [UInt8],
    from connection: ServerConnection
  ) async throws -> SampleResult {
    let rule = StopRule(request.end, settings.ends, connection.abilities)
    if rule.needsEntropy, !connection.abilities.logProbabilities {
      throw connection.endpoint.error(
        .unsupported, "option.entropy: expected 0, for this server tells no log-probabilities")
    }
    var generator = SampleGenerator(seed: request.seed, index: index)
    let draw = Draw(
      prompt: String(decoding: prompt, as: UTF8.self), written: String(decoding: written, as: UTF8.self), count: count,
      temperature: request.temperature, topP: request.topP,
      maximumTokens: request.end == .token ? 1 : request.maximumTokens, stops: rule.stops,
      seed: UInt32(generator.next() >> 33), alternatives: rule.needsEntropy ? connection.abilities.alternatives : 1)
    var reader = SampleReader(draw, for: request, ends: settings.ends.map { Array($0.utf8) }, from: connection)
    try await connection.endpoint.read(try connection.dialect.request(draw), idle: settings.idleSeconds) {
      let goesOn = try reader.take($0)
      write.yield(reader.line)
      return goesOn
    }
    let (drawn, usage) = try await reader.finish { try await bytes(ofNative: $0, connection) }
    return SampleResult(samples: drawn.map { sample($0, connection.abilities) }, usage: usage)
  }

  private func sample(_ drawn: SampleAssembler, _ abilities: ServerAbilities) -> Sample {
    Sample(
      tokens: drawn.tokens.map { table.id(of: PieceTable.Piece(bytes: $0.bytes, native: $0.native)) },
      bytes: drawn.bytes, logProbabilities: abilities.logProbabilities ? drawn.tokens.compactMap(\.logProbability) : [],
      ending: drawn.ending ?? .lengthCap)
  }

  /// The bytes of one of the server's own tokens, asked for once.
  private func bytes(ofNative token: Int32, _ connection: ServerConnection) async throws -> [UInt8]? {
    if let known = tokenBytes.withLock({ $0[token] }) { return known }
    guard let request = try connection.dialect.bytesRequest(of: token) else { return nil }
    let text = try await connection.endpoint.object(request, idle: settings.idleSeconds).string("content")
    tokenBytes.withLock { $0[token] = Array(text.utf8) }
    return Array(text.utf8)
  }
}
