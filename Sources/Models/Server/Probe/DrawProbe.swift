/// Draws a few tokens to see what a server tells of them.
struct DrawProbe {
  let endpoint: ServerEndpoint
  let settings: ServerSettings
  let dialect: any ServerDialect

  init(_ endpoint: ServerEndpoint, _ settings: ServerSettings, _ dialect: any ServerDialect) {
    self.endpoint = endpoint
    self.settings = settings
    self.dialect = dialect
  }

  /// What came.
  struct Finding {
    /// One text for each continuation.
    var texts: [String] = []
    var ends: [ServerEnd?] = []
    /// Every token came with a log-probability, and not all were 0: some servers say 0 where they know nothing.
    var hasLogProbabilities = false
  }

  /// What continuing a list of numbers brings, in as many continuations as `can` says.
  func draw(_ can: ServerAbilities, tokens: Int = 4, stops: [String] = []) async throws -> Finding {
    let draw = Draw(
      prompt: "1\n2\n3\n4\n5\n6\n", written: "", count: can.draws, temperature: 1, topP: 1, maximumTokens: tokens,
      stops: stops, seed: 7, alternatives: 1)
    var tokens = Array(repeating: [ServerToken](), count: draw.count)
    var finding = Finding(ends: Array(repeating: nil, count: draw.count))
    try await endpoint.read(try dialect.request(draw), idle: settings.idleSeconds) { object in
      for event in try dialect.events(object) {
        switch event {
        case .token(let index, let token) where tokens.indices.contains(index): tokens[index].append(token)
        case .end(let index, let end) where tokens.indices.contains(index): finding.ends[index] = end
        case .token(let index, _), .end(let index, _):
          throw endpoint.error(.shape, "index: expected 0…\(draw.count - 1), got \(index)")
        case .prompt, .generated: break
        }
      }
      return true
    }
    guard finding.ends.allSatisfy({ $0 != nil }) else {
      throw endpoint.error(.empty, "expected \(draw.count) continuations with an end, got fewer")
    }
    finding.texts = tokens.map { String(decoding: $0.flatMap(\.bytes), as: UTF8.self) }
    let all = tokens.flatMap { $0.map(\.logProbability) }
    finding.hasLogProbabilities = !all.isEmpty && all.allSatisfy { $0 != nil } && all.contains { $0 != 0 }
    return finding
  }
}
