/// llama-server's own `/completion`: log-probabilities before the samplers, the server's token ids, and what its prompt
/// cache spared.
struct LlamaDialect: ServerDialect {
  func request(_ draw: Draw) throws -> ServerRequest {
    try ServerRequest(
      post: "/completion",
      [
        "prompt": draw.text, "n_predict": draw.mostTokens, "n_cmpl": draw.count, "stop": draw.stops,
        "stream": true, "seed": Int(draw.seed), "n_probs": draw.alternatives, "cache_prompt": true,
        "post_sampling_probs": false,
        // Everything that would bend the distribution is switched off: servers have defaults of their own.
        "temperature": draw.temperature, "top_p": draw.topP, "samplers": ["temperature", "top_p"], "top_k": 0,
        "min_p": 0, "typical_p": 1, "top_n_sigma": -1, "xtc_probability": 0, "dynatemp_range": 0, "mirostat": 0,
        "repeat_penalty": 1, "presence_penalty": 0, "frequency_penalty": 0, "dry_multiplier": 0, "ignore_eos": false,
      ])
  }

  func events(_ object: JSONObject) throws -> [DrawEvent] {
    let index = try object.integer("index", in: 0...1023, default: 0)
    var events: [DrawEvent] = []
    for told in try object.objects("completion_probabilities") { events.append(.token(index: index, try token(told))) }
    if events.isEmpty, object.has("content") {
      let text = try object.string("content")
      if !text.isEmpty { events.append(.token(index: index, ServerToken(bytes: Array(text.utf8)))) }
    }
    guard object.fields["stop"] as? Bool == true else { return events }
    if object.has("timings") { events.append(.prompt(try Self.promptCost(object))) }
    return events + [.end(index: index, try end(object))]
  }

  /// What the prompt cost, by the object's timings; nothing where it has none.
  static func promptCost(_ object: JSONObject) throws -> ModelUsage {
    guard object.has("timings") else { return ModelUsage() }
    let timings = try object.object("timings")
    return ModelUsage(
      prompted: try timings.integer("prompt_n", in: 0...Int(Int32.max), default: 0),
      reused: try timings.integer("cache_n", in: 0...Int(Int32.max), default: 0))
  }

  func bytesRequest(of token: Int32) throws -> ServerRequest? {
    try ServerRequest(post: "/detokenize", ["tokens": [Int(token)]])
  }

  private func token(_ told: JSONObject) throws -> ServerToken {
    guard let bytes = (told.fields["bytes"] as? [Any])?.map({ ($0 as? Int).flatMap(UInt8.init(exactly:)) }) else {
      throw told.error("bytes", "expected the token's bytes")
    }
    let alternatives = try told.objects("top_logprobs").compactMap { TokenLikelihood.read($0, "logprob") }
    return ServerToken(
      bytes: bytes.compactMap { $0 }, logProbability: TokenLikelihood.read(told, "logprob"),
      native: Int32(try told.integer("id", in: 0...Int(Int32.max))),
      entropy: TokenLikelihood.entropy(alternatives))
  }

  private func end(_ object: JSONObject) throws -> ServerEnd {
    let word = try object.string("stop_type")
    if word == "word" { return .stop(try object.string("stopping_word")) }
    return EndingWords.end(word) ?? .unknown("none")
  }
}
