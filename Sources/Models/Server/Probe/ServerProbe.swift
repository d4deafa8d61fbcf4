import Foundation

/// Finds out what a server is and what it can do, by a few short requests: nothing is assumed of it.
struct ServerProbe {
  let endpoint: ServerEndpoint
  let settings: ServerSettings

  init(_ endpoint: ServerEndpoint, _ settings: ServerSettings) {
    self.endpoint = endpoint
    self.settings = settings
  }

  /// Connects. Where the server still is what it was when it was `known`, nothing is drawn from it again.
  ///
  /// - Throws: `ServerError`, which says what is missing.
  func connect(known: ServerConnection? = nil) async throws -> ServerConnection {
    let properties = try await found(ServerRequest(get: "/props"))
    let isLlama = properties?.has("default_generation_settings") == true
    let catalog = try await found(ServerRequest(get: "/v1/models"))
    let models = try catalog.map { try $0.objects("data") } ?? []
    let name = try modelName(models)
    let model = models.first { ($0.fields["id"] as? String) == name }
    switch settings.interface {
    case .llama where !isLlama:
      throw endpoint.error(.unsupported, "/props: expected llama-server, whose interface is configured")
    case .automatic where isLlama, .llama:
      let probe = LlamaProbe(endpoint, settings)
      let told = try probe.told(name, properties, model)
      if let known, known.abilities.isTold(told) { return known }
      return try await probe.connect(told)
    case .automatic, .completions, .chat:
      let kind = isLlama ? "llama-server" : try Self.kind(model)
      let probe = CompletionsProbe(endpoint, settings)
      var told = probe.told(name, kind, model, settings.interface == .chat ? .chat : .completions)
      // A server that was reached by its chat interface alone still is.
      if let known, settings.interface == .automatic { told.interface = known.abilities.interface }
      if let known, known.abilities.isTold(told) { return known }
      return try await probe.connect(told)
    }
  }

  /// The answer to `request`; nil where the server does not know the path.
  private func found(_ request: ServerRequest) async throws -> JSONObject? {
    do {
      return try await endpoint.object(request, idle: settings.connectSeconds)
    } catch let error as ServerError where [.rejected, .notJSON, .shape].contains(error.reason) {
      return nil
    }
  }

  private func modelName(_ models: [JSONObject]) throws -> String {
    let names = models.compactMap { $0.fields["id"] as? String }
    if let wanted = endpoint.address.model ?? settings.model {
      // llama-server answers for whatever name it is called by.
      guard names.isEmpty || names.contains(wanted) || names.count == 1 else {
        throw endpoint.error(.rejected, "expected the model \(wanted), the server has \(Self.list(names))")
      }
      return wanted
    }
    guard names.count <= 1 else {
      throw endpoint.error(
        .rejected,
        "expected the model's name after the URL, as in \(endpoint.shown)#\(names[0]); the server has "
          + Self.list(names))
    }
    return names.first ?? "default"
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(5).joined(separator: ", ") + (names.count > 5 ? " and \(names.count - 5) more" : "")
  }

  /// What kind of server lists `model`.
  private static func kind(_ model: JSONObject?) throws -> String {
    switch model?.fields["owned_by"] as? String {
    case "vllm": "vLLM"
    case "sglang": "SGLang"
    case "library": "Ollama"
    case "llamacpp": "llama-server"
    default: "OpenAI-compatible"
    }
  }
}

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
  struct Drawn {
    /// One text for each continuation.
    var texts: [String] = []
    var ends: [ServerEnd?] = []
    /// Every token came with a log-probability, and not all were 0: some servers say 0 where they know nothing.
    var hasLogProbabilities = false
  }

  /// What continuing a list of numbers brings, in as many continuations as `can` says.
  func draw(_ can: ServerAbilities, tokens: Int = 4, stops: [String] = []) async throws -> Drawn {
    let draw = Draw(
      prompt: "1\n2\n3\n4\n5\n6\n", written: "", count: can.draws, temperature: 1, topP: 1, maximumTokens: tokens,
      stops: stops, seed: 7, alternatives: 1)
    var tokens = Array(repeating: [ServerToken](), count: draw.count)
    var drawn = Drawn(ends: Array(repeating: nil, count: draw.count))
    try await endpoint.read(try dialect.request(draw), idle: settings.idleSeconds) { object in
      for event in try dialect.events(object) {
        switch event {
        case .token(let index, let token) where tokens.indices.contains(index): tokens[index].append(token)
        case .end(let index, let end) where tokens.indices.contains(index): drawn.ends[index] = end
        case .token(let index, _), .end(let index, _):
          throw endpoint.error(.shape, "index: expected 0…\(draw.count - 1), got \(index)")
        case .prompt, .generated: break
        }
      }
      return true
    }
    guard drawn.ends.allSatisfy({ $0 != nil }) else {
      throw endpoint.error(.empty, "expected \(draw.count) continuations with an end, got fewer")
    }
    drawn.texts = tokens.map { String(decoding: $0.flatMap(\.bytes), as: UTF8.self) }
    let all = tokens.flatMap { $0.map(\.logProbability) }
    drawn.hasLogProbabilities = !all.isEmpty && all.allSatisfy { $0 != nil } && all.contains { $0 != 0 }
    return drawn
  }
}
