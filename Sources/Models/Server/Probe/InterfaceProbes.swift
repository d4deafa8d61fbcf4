/// What a server can do behind OpenAI's `/v1/completions` or `/v1/chat/completions`.
struct CompletionsProbe {
  let endpoint: ServerEndpoint
  let settings: ServerSettings

  init(_ endpoint: ServerEndpoint, _ settings: ServerSettings) {
    self.endpoint = endpoint
    self.settings = settings
  }

  /// What the server tells of itself.
  func told(
    _ name: String, _ kind: String, _ model: JSONObject?, _ interface: ServerSettings.Interface
  ) -> ServerAbilities {
    var can = ServerAbilities(server: kind, interface: interface, model: name)
    let meta = model.flatMap { $0.has("meta") ? try? $0.object("meta") : nil }
    can.contextLength = model?.integerIfAny("max_model_len") ?? meta?.integerIfAny("n_ctx")
    can.weights = model?.fields["root"] as? String ?? ""
    return can
  }

  /// Tries the rest out. A server that has no completions may still have a chat.
  func connect(_ told: ServerAbilities) async throws -> ServerConnection {
    do {
      return try await tried(told)
    } catch let error as ServerError
      where error.reason == .rejected && settings.interface == .automatic && told.interface == .completions
    {
      var chat = told
      chat.interface = .chat
      return try await tried(chat)
    }
  }

  private func tried(_ told: ServerAbilities) async throws -> ServerConnection {
    var can = told
    (can.extraFields, can.honoursSeed, can.logProbabilities) = (true, true, true)
    // What a strict server refuses is left out, one thing after the other.
    var found = try await attempt(can)
    if found == nil {
      can.extraFields = false
      found = try await attempt(can)
    }
    if found == nil {
      can.logProbabilities = false
      found = try await attempt(can)
    }
    if found == nil {
      can.honoursSeed = false
      found = try await draw(can)
    }
    guard let found else { throw endpoint.error(.empty, "expected a continuation") }
    can.logProbabilities = can.logProbabilities && found.hasLogProbabilities
    if can.honoursSeed { can.honoursSeed = try await attempt(can)?.texts == found.texts }
    can.stops = try await stops(can)
    var several = can
    several.draws = 2
    if try await attempt(several) != nil { can.draws = Self.mostDraws }
    can.scoring = await scoring(can)
    return ServerConnection(endpoint: endpoint, dialect: dialect(can), abilities: can)
  }

  private func dialect(_ can: ServerAbilities) -> any ServerDialect {
    can.interface == .chat ? ChatDialect(model: can.model, can: can) : CompletionsDialect(model: can.model, can: can)
  }

  /// How a given text is scored; what goes through a chat's template is not the given text.
  private func scoring(_ can: ServerAbilities) async -> ServerAbilities.Scoring {
    if can.interface == .chat { return .none }
    if await EchoScoring(endpoint: endpoint, model: can.model, idle: settings.idleSeconds).works() { return .echo }
    if can.server == "SGLang", await GenerateScoring(endpoint: endpoint, idle: settings.idleSeconds).works() {
      return .generate
    }
    return .none
  }

  /// More continuations are asked for in several requests.
  private static let mostDraws = 8

  private func draw(_ can: ServerAbilities, stops: [String] = []) async throws -> DrawProbe.Drawn {
    try await DrawProbe(endpoint, settings, dialect(can)).draw(
      can, tokens: stops.isEmpty ? 4 : 8, stops: stops)
  }

  /// Nil where the server refuses the request or answers another one.
  private func attempt(_ can: ServerAbilities, stops: [String] = []) async throws -> DrawProbe.Drawn? {
    do {
      return try await draw(can, stops: stops)
    } catch let error as ServerError where [.rejected, .shape, .empty].contains(error.reason) {
      return nil
    }
  }

  /// What becomes of a stop text; a list of numbers goes on with a line break soon.
  private func stops(_ can: ServerAbilities) async throws -> ServerAbilities.Stops {
    guard let found = try await attempt(can, stops: ["\n"]), let text = found.texts.first else { return .silent }
    if text.contains("\n") { return .kept }
    if case .stop = found.ends.first { return .named }
    return .silent
  }
}

/// What a llama-server can do.
struct LlamaProbe {
  let endpoint: ServerEndpoint
  let settings: ServerSettings

  init(_ endpoint: ServerEndpoint, _ settings: ServerSettings) {
    self.endpoint = endpoint
    self.settings = settings
  }

  /// What the server tells of itself.
  func told(_ name: String, _ properties: JSONObject?, _ model: JSONObject?) throws -> ServerAbilities {
    var can = ServerAbilities(server: "llama-server", interface: .llama, model: Self.shortName(name))
    let meta = model.flatMap { $0.has("meta") ? try? $0.object("meta") : nil }
    can.vocabularySize = meta?.integerIfAny("n_vocab")
    let generation = try properties?.object("default_generation_settings")
    can.contextLength = generation?.integerIfAny("n_ctx") ?? meta?.integerIfAny("n_ctx")
    can.slots = properties?.integerIfAny("total_slots")
    let size = meta?.integerIfAny("size").map { "\($0)" } ?? ""
    can.weights = "\(size) \(meta?.integerIfAny("n_params") ?? 0) \(meta?.fields["ftype"] as? String ?? "")"
    can.stops = .named
    can.alternatives = 20
    return can
  }

  /// Tries the rest out.
  func connect(_ told: ServerAbilities) async throws -> ServerConnection {
    var can = told
    let probe = DrawProbe(endpoint, settings, LlamaDialect())
    can.draws = max(1, can.slots ?? 1)
    let found: DrawProbe.Drawn
    do {
      found = try await probe.draw(can)
    } catch let error as ServerError where can.draws > 1 && [.rejected, .empty, .shape].contains(error.reason) {
      can.draws = 1  // an older build knows no more than one continuation
      found = try await probe.draw(can)
    }
    let again = try await probe.draw(can)
    can.logProbabilities = found.hasLogProbabilities || again.hasLogProbabilities
    can.honoursSeed = found.texts == again.texts
    if can.logProbabilities, await GrammarScoring(endpoint: endpoint, idle: settings.idleSeconds).works() {
      can.scoring = .grammar
    }
    return ServerConnection(endpoint: endpoint, dialect: LlamaDialect(), abilities: can)
  }

  /// llama-server calls a model by its file's path.
  private static func shortName(_ name: String) -> String {
    let last = name.split(separator: "/").last.map(String.init) ?? name
    return last.hasSuffix(".gguf") ? String(last.dropLast(5)) : last
  }
}
