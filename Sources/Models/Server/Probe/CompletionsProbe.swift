/// What a server can do behind OpenAI's `/v1/completions`.
struct CompletionsProbe {
  let endpoint: ServerEndpoint
  let settings: ServerSettings

  init(_ endpoint: ServerEndpoint, _ settings: ServerSettings) {
    self.endpoint = endpoint
    self.settings = settings
  }

  /// What the server tells of itself.
  func told(_ name: String, _ kind: String, _ model: JSONObject?) -> ServerAbilities {
    var can = ServerAbilities(server: kind, interface: .completions, model: name)
    can.contextLength = model?.integerIfAny("max_model_len")
    can.weights = model?.fields["root"] as? String ?? ""
    return can
  }

  /// Tries the rest out.
  func connect(_ told: ServerAbilities) async throws -> ServerConnection {
    var can = told
    let name = told.model
    (can.extraFields, can.honoursSeed, can.logProbabilities) = (true, true, true)
    // What a strict server refuses is left out, one thing after the other.
    var found = try await attempt(name, can)
    if found == nil {
      can.extraFields = false
      found = try await attempt(name, can)
    }
    if found == nil {
      can.logProbabilities = false
      found = try await attempt(name, can)
    }
    if found == nil {
      can.honoursSeed = false
      found = try await draw(name, can)
    }
    guard let found else { throw endpoint.error(.empty, "/v1/completions: expected a continuation") }
    can.logProbabilities = can.logProbabilities && found.hasLogProbabilities
    if can.honoursSeed { can.honoursSeed = try await attempt(name, can)?.texts == found.texts }
    can.stops = try await stops(name, can)
    var several = can
    several.draws = 2
    if try await attempt(name, several) != nil { can.draws = Self.mostDraws }
    return ServerConnection(
      endpoint: endpoint, dialect: CompletionsDialect(model: name, can: can), abilities: can)
  }

  /// More continuations are asked for in several requests.
  private static let mostDraws = 8

  private func draw(_ name: String, _ can: ServerAbilities, stops: [String] = []) async throws -> DrawProbe.Finding {
    try await DrawProbe(endpoint, settings, CompletionsDialect(model: name, can: can)).draw(
      can, tokens: stops.isEmpty ? 4 : 8, stops: stops)
  }

  /// Nil where the server refuses the request or answers another one.
  private func attempt(
    _ name: String, _ can: ServerAbilities, stops: [String] = []
  ) async throws -> DrawProbe.Finding? {
    do {
      return try await draw(name, can, stops: stops)
    } catch let error as ServerError where [.rejected, .shape, .empty].contains(error.reason) {
      return nil
    }
  }

  /// What becomes of a stop text; a list of numbers goes on with a line break soon.
  private func stops(_ name: String, _ can: ServerAbilities) async throws -> ServerAbilities.Stops {
    guard let found = try await attempt(name, can, stops: ["\n"]), let text = found.texts.first else { return .silent }
    if text.contains("\n") { return .kept }
    if case .stop = found.ends.first { return .named }
    return .silent
  }
}
