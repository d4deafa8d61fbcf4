/// OpenAI's `/v1/completions`, as vLLM, SGLang, llama-server, Ollama and others speak it.
struct CompletionsDialect: ServerDialect {
  let model: String
  /// What the server was found to do.
  let can: ServerAbilities

  func request(_ draw: Draw) throws -> ServerRequest {
    var fields: [String: Any] = [
      "model": model, "prompt": draw.text, "max_tokens": draw.maximumTokens, "temperature": draw.temperature,
      "top_p": draw.topP, "stream": true, "presence_penalty": 0, "frequency_penalty": 0,
    ]
    if can.honoursSeed { fields["seed"] = Int(draw.seed) }
    if draw.count > 1 { fields["n"] = draw.count }
    if can.logProbabilities { fields["logprobs"] = draw.alternatives }
    if !draw.stops.isEmpty { fields["stop"] = draw.stops }
    if can.extraFields { fields.merge(Self.extraFields(stops: draw.stops)) { $1 } }
    return try ServerRequest(post: "/v1/completions", fields)
  }

  /// What vLLM and SGLang understand beyond OpenAI's interface: the stop text is kept, and no default of the server's bends
  /// the distribution.
  static func extraFields(stops: [String]) -> [String: Any] {
    var fields: [String: Any] = [
      "stream_options": ["include_usage": true], "top_k": -1, "min_p": 0, "repetition_penalty": 1,
    ]
    if !stops.isEmpty { (fields["include_stop_str_in_output"], fields["no_stop_trim"]) = (true, true) }
    return fields
  }

  func events(_ object: JSONObject) throws -> [DrawEvent] {
    guard object.has("choices") else { throw object.error("choices", "expected an array") }
    var events: [DrawEvent] = []
    for choice in try object.objects("choices") {
      let index = try choice.integer("index", in: 0...1023, default: 0)
      let text = choice.has("text") ? try choice.string("text") : ""
      events += try CompletionTokens.read(choice, text: text).map { .token(index: index, $0) }
      if choice.has("finish_reason") { events.append(.end(index: index, try CompletionTokens.end(choice))) }
    }
    return events + (try CompletionTokens.usage(object))
  }
}
