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
    let (properties, propertiesSeen) = try await optional(ServerRequest(get: "/props"))
    let isLlama = properties?.has("default_generation_settings") == true
    let catalog = try await catalog()
    let wanted = endpoint.address.model ?? settings.model
    let name = try ModelName.resolved(wanted, among: catalog.names, endpoint)
    let model = catalog.models.first { ($0.fields["id"] as? String) == name }
    func seen(_ told: ServerAbilities) -> ServerAbilities {
      var told = told
      if !isLlama { told.observe("/props", propertiesSeen, "no llama-server") }
      told.observe("/v1/models", catalog.seen, catalog.models.isEmpty ? "the model is called \(told.model)" : "")
      if let wanted, let name, wanted != name { told.observe("model", "\(wanted) is listed as \(name)") }
      return told
    }
    switch settings.interface {
    case .llama where !isLlama:
      throw endpoint.error(.unsupported, "/props: expected llama-server, whose interface is configured")
    case .automatic where isLlama, .llama:
      let probe = LlamaProbe(endpoint, settings)
      let told = seen(try probe.told(name ?? "default", properties, model))
      if let known, known.abilities.isTold(told) { return known }
      return try await probe.connect(told)
    case .automatic, .completions, .chat:
      let kind = isLlama ? "llama-server" : Self.kind(model)
      let probe = CompletionsProbe(endpoint, settings)
      var told = seen(
        probe.told(name ?? "default", kind, model, settings.interface == .chat ? .chat : .completions))
      // A server that was reached by its chat interface alone still is.
      if let known, settings.interface == .automatic { told.interface = known.abilities.interface }
      if let known, known.abilities.isTold(told) { return known }
      if name == nil, !catalog.isMissing { try await probe.askForName(told, catalog.seen) }
      return try await probe.connect(told)
    }
  }

  /// The answer to `request`, and what came in words. Nil where the server has no such path, whatever it answers instead: an
  /// optional path that is not what it should be is not there.
  private func optional(_ request: ServerRequest) async throws -> (object: JSONObject?, seen: String) {
    let (objects, seen, _) = try await optionals(request)
    return (objects.first, seen)
  }

  private func optionals(
    _ request: ServerRequest
  ) async throws -> (objects: [JSONObject], seen: String, isMissing: Bool) {
    do {
      let objects = try await endpoint.objects(request, idle: settings.connectSeconds)
      return (objects, objects.isEmpty ? "answered with nothing" : "there", objects.isEmpty)
    } catch let error as ServerError {
      switch error.reason {
      case .refused, .unreachable, .tls, .slow, .excess: throw error
      // A server that is being started will have it.
      case .failed where error.status == 503 && error.detail.lowercased().contains("loading"): throw error
      default: break
      }
      let isRefused = [405, 406, 501].contains(error.status)
      return ([], "not there (\(Self.words(error)))", (error.isOfPath && !isRefused) || error.reason == .cut)
    }
  }

  private static func words(_ error: ServerError) -> String {
    if error.status == 200 { return "an error with status 200" }
    return error.status.map { "status \($0)" } ?? (error.reason == .notJSON ? "no JSON" : error.reason.rawValue)
  }

  /// What the server lists.
  private struct Catalog {
    var models: [JSONObject] = []
    /// What came, in words.
    var seen = ""
    /// The list is not there, as opposed to refused.
    var isMissing = true
    /// The models' ids.
    var names: [String] { models.compactMap { $0.fields["id"] as? String } }
  }

  /// The models, below the first prefix that has a list of them: the prefix is kept.
  private func catalog() async throws -> Catalog {
    var first: Catalog?
    for prefix in endpoint.address.prefixes {
      endpoint.prefix = prefix
      let (objects, seen, isMissing) = try await optionals(ServerRequest(get: "/v1/models"))
      let lists = objects.first { $0.fields["data"] is [Any] || $0.fields["models"] is [Any] }
      // Together's list stands by itself.
      let entries = lists.map { Self.entries($0) } ?? objects.filter { $0.fields["id"] is String }
      if !entries.isEmpty || lists != nil {
        return Catalog(
          models: entries, seen: "\(entries.count) listed at \(endpoint.path("/v1/models"))", isMissing: false)
      }
      let words = objects.isEmpty ? seen : "not there (something else)"
      let found = Catalog(models: [], seen: words, isMissing: isMissing || !objects.isEmpty)
      if first == nil || (first?.isMissing == true && !found.isMissing) { first = found }
      if !found.isMissing { return found }
    }
    endpoint.prefix = endpoint.address.prefixes[0]
    return first ?? Catalog()
  }

  private static func entries(_ list: JSONObject) -> [JSONObject] {
    let items = list.fields["data"] as? [Any] ?? list.fields["models"] as? [Any] ?? []
    return items.compactMap { item in
      if let id = item as? String { return JSONObject(file: list.file, path: "data", fields: ["id": id]) }
      guard var fields = item as? [String: Any] else { return nil }
      if fields["id"] as? String == nil { fields["id"] = fields["name"] ?? fields["model"] }
      return JSONObject(file: list.file, path: "data", fields: fields)
    }
  }

  /// What kind of server lists `model`.
  private static func kind(_ model: JSONObject?) -> String {
    switch model?.fields["owned_by"] as? String {
    case "vllm": "vLLM"
    case "sglang": "SGLang"
    case "library": "Ollama"
    case "llamacpp": "llama-server"
    default: "OpenAI-compatible"
    }
  }
}
