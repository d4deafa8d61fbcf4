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
    let probe = DrawProbe(endpoint, settings)
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
    if !can.honoursSeed { can.observe("seed", "ignored", "runs cannot be repeated draw by draw", isLimit: true) }
    if can.logProbabilities {
      can.labelTokens = TopTokens.count
    } else {
      can.observe("log-probabilities", "not told", "no priors, no labels, no ends by uncertainty", isLimit: true)
    }
    if can.logProbabilities, await GrammarScoring(endpoint: endpoint, idle: settings.idleSeconds).works() {
      can.scoring = .grammar
    }
    try await probe.lookAtPrompt(&can)
    return ServerConnection(endpoint: endpoint, abilities: can)
  }

  /// llama-server calls a model by its file's path.
  private static func shortName(_ name: String) -> String {
    let last = name.split(separator: "/").last.map(String.init) ?? name
    return last.hasSuffix(".gguf") ? String(last.dropLast(5)) : last
  }
}
