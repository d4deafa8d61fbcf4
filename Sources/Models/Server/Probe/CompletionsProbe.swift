/// What a server can do behind OpenAI's `/v1/completions` or `/v1/chat/completions`.
struct CompletionsProbe {
  let endpoint: ServerEndpoint
  let settings: ServerSettings
  private let probe: DrawProbe

  init(_ endpoint: ServerEndpoint, _ settings: ServerSettings) {
    self.endpoint = endpoint
    self.settings = settings
    probe = DrawProbe(endpoint, settings)
  }

  /// What the server tells of itself.
  func told(
    _ name: String, _ kind: String, _ model: JSONObject?, _ interface: ServerSettings.Interface
  ) -> ServerAbilities {
    var can = ServerAbilities(server: kind, interface: interface, model: name)
    let meta = model.flatMap { $0.has("meta") ? try? $0.object("meta") : nil }
    can.contextLength =
      model?.integerIfAny("max_model_len") ?? meta?.integerIfAny("n_ctx") ?? model?.integerIfAny("context_length")
    can.weights = model?.fields["root"] as? String ?? ""
    return can
  }

  /// Asks the user for the model's name, unless the server refuses everybody.
  ///
  /// - Throws: `ServerError` always.
  func askForName(_ told: ServerAbilities, _ seen: String) async throws {
    do {
      _ = try await probe.draw(told)
    } catch let error as ServerError where error.reason == .forbidden {
      throw error
    } catch is ServerError {}
    throw endpoint.error(
      .rejected,
      "expected the model's name after the URL, as in \(endpoint.shown)#NAME, for \(endpoint.path("/v1/models")) is \(seen)"
    )
  }

  /// Tries the rest out, wherever it is: a server that has no completions may still have a chat, and either below another
  /// prefix.
  func connect(_ told: ServerAbilities) async throws -> ServerConnection {
    let interfaces: [ServerSettings.Interface] =
      settings.interface == .automatic && told.interface == .completions ? [.completions, .chat] : [told.interface]
    // Where the models were listed, everything else is.
    let isPlaced = told.observations.contains { $0.subject == "/v1/models" && $0.seen.contains("listed") }
    let prefixes = isPlaced ? [endpoint.prefix] : endpoint.address.prefixes
    var tried: [String] = []
    var failures: [ServerError] = []
    for prefix in prefixes {
      endpoint.prefix = prefix
      for interface in interfaces {
        let path = endpoint.path(interface == .chat ? "/v1/chat/completions" : "/v1/completions")
        var can = told
        can.interface = interface
        for failure in failures { can.observe(failure.path, "not there", "") }
        do {
          return try await connected(can)
        } catch let error as ServerError where error.isOfPath || error.reason == .rejected {
          tried.append(path)
          failures.append(error)
        }
      }
    }
    guard let first = failures.first(where: { !$0.isOfPath }) ?? failures.last else {
      throw endpoint.error(.unsupported, "expected an interface to try")
    }
    throw tried.count < 2
      ? first : ServerError(first.reason, endpoint.shown, "\(first.detail) (tried \(tried.joined(separator: ", ")))")
  }

  private func connected(_ told: ServerAbilities) async throws -> ServerConnection {
    var can = told
    (can.honoursSeed, can.logProbabilities) = (true, true)
    let found = try await FieldProbe(endpoint, probe).settle(&can)
    try await learn(found, &can)
    can.stops = try await stops(can)
    if can.sends(.count) {
      var several = can
      several.draws = 2
      if try await attempt(several) != nil {
        can.draws = Self.mostDraws
      } else {
        can.observe("n", "refused or ignored", "one draw a request")
      }
    }
    can.scoring = await scoring(can)
    if can.interface == .chat {
      try await ChatProbe(endpoint, settings).learn(&can)
    } else {
      try await probe.lookAtPrompt(&can)
    }
    await labels(&can)
    return ServerConnection(endpoint: endpoint, abilities: can)
  }

  /// What a short draw shows.
  private func learn(_ found: DrawProbe.Drawn, _ can: inout ServerAbilities) async throws {
    if found.thinking != .none { can.learn(found.thinking) }
    can.namesEnds = found.ends.contains { $0 != nil }
    if !can.namesEnds { can.observe("finish_reason", "never told", "the end of an answer is the end of the text") }
    for end in found.ends { end?.lesson?.apply(to: &can) }
    if can.logProbabilities, !found.hasLogProbabilities {
      can.logProbabilities = false
      let seen = found.hasBadLogProbabilities ? "missing, or no number of at most 0, for some tokens" : "not told"
      can.observe("log-probabilities", seen, "no priors, no labels, no ends by uncertainty", isLimit: true)
    }
    if can.honoursSeed {
      can.honoursSeed = try await attempt(can)?.texts == found.texts
      if !can.honoursSeed { can.observe("seed", "ignored", "runs cannot be repeated draw by draw", isLimit: true) }
    }
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

  /// How many of the most probable tokens are told, which labels are read among: 20, or 5 where that is too many.
  private func labels(_ can: inout ServerAbilities) async {
    // A chat that thinks begins with its thinking.
    guard can.logProbabilities, can.interface != .chat || can.thinking == .none else { return }
    for count in [TopTokens.count, TopTokens.fewer] {
      can.labelTokens = count
      if let request = try? TopTokens.request(["2 + 2 = 4\nTrue or False:"], can),
        let answer = try? await endpoint.object(request, idle: settings.idleSeconds),
        let top = try? TopTokens(answer), top.tokens.count > 1
      {
        return
      }
    }
    can.labelTokens = 0
    can.observe("top_logprobs", "not told", "no labels are read", isLimit: true)
  }

  /// More continuations are asked for in several requests.
  private static let mostDraws = 8

  /// Nil where the server refuses the request or answers another one.
  private func attempt(_ can: ServerAbilities, stops: [String] = []) async throws -> DrawProbe.Drawn? {
    do {
      return try await probe.draw(can, tokens: stops.isEmpty ? 4 : 8, stops: stops)
    } catch let error as ServerError where [.rejected, .shape, .empty].contains(error.reason) {
      return nil
    }
  }

  /// What becomes of a stop text; a list of numbers goes on with a line break soon.
  private func stops(_ can: ServerAbilities) async throws -> ServerAbilities.Stops {
    guard can.sends(.stop), let found = try await attempt(can, stops: ["\n"]), let text = found.texts.first else {
      return .silent
    }
    if text.contains("\n") { return .kept }
    if case .stop = found.ends.first { return .named }
    return .silent
  }
}
