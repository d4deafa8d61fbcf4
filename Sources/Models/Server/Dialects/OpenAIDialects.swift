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

/// OpenAI's `/v1/chat/completions`: the prompt is the user's message, what was written so far the assistant's, which it goes
/// on with.
struct ChatDialect: ServerDialect {
  let model: String
  /// What the server was found to do.
  let can: ServerAbilities

  func request(_ draw: Draw) throws -> ServerRequest {
    var messages = [["role": "user", "content": draw.prompt]]
    if !draw.written.isEmpty { messages.append(["role": "assistant", "content": draw.written]) }
    var fields: [String: Any] = [
      "model": model, "max_tokens": draw.maximumTokens, "temperature": draw.temperature, "top_p": draw.topP,
      "stream": true, "presence_penalty": 0, "frequency_penalty": 0,
    ]
    if can.extraFields {
      fields.merge(CompletionsDialect.extraFields(stops: draw.stops)) { $1 }
      if !draw.written.isEmpty {
        (fields["continue_final_message"], fields["add_generation_prompt"]) = (true, false)
      }
    } else if !draw.written.isEmpty {
      messages.append(["role": "user", "content": ServerPrompt.goOn])
    }
    fields["messages"] = messages
    if can.honoursSeed { fields["seed"] = Int(draw.seed) }
    if draw.count > 1 { fields["n"] = draw.count }
    if can.logProbabilities { (fields["logprobs"], fields["top_logprobs"]) = (true, draw.alternatives) }
    if !draw.stops.isEmpty { fields["stop"] = draw.stops }
    return try ServerRequest(post: "/v1/chat/completions", fields)
  }

  func events(_ object: JSONObject) throws -> [DrawEvent] {
    guard object.has("choices") else { throw object.error("choices", "expected an array") }
    var events: [DrawEvent] = []
    for choice in try object.objects("choices") {
      let index = try choice.integer("index", in: 0...1023, default: 0)
      let said = choice.has("delta") ? try choice.object("delta") : try choice.object("message")
      let text = said.has("content") ? try said.string("content") : ""
      events += try CompletionTokens.read(choice, text: text).map { .token(index: index, $0) }
      if choice.has("finish_reason") { events.append(.end(index: index, try CompletionTokens.end(choice))) }
    }
    return events + (try CompletionTokens.usage(object))
  }
}

/// What choices of OpenAI's interfaces have in common.
enum CompletionTokens {
  /// The tokens of a choice whose text is `text`: one for each log-probability where their texts make up `text`, else one
  /// for all of it.
  static func read(_ choice: JSONObject, text: String) throws -> [ServerToken] {
    let bytes = Array(text.utf8)
    let told = choice.has("logprobs") ? try tokens(try choice.object("logprobs")) : []
    if told.isEmpty { return bytes.isEmpty ? [] : [ServerToken(bytes: bytes)] }
    if told.flatMap(\.bytes) == bytes { return told }
    if told.count == 1 {
      var token = told[0]
      token.bytes = bytes
      return [token]
    }
    // Half a character was held back, or cut off: the text is right, so its tokens become one.
    let all = told.compactMap(\.logProbability)
    return [ServerToken(bytes: bytes, logProbability: all.count == told.count ? all.reduce(0, +) : nil)]
  }

  /// Reads both shapes: parallel lists (completions), and a list of objects (chat).
  private static func tokens(_ json: JSONObject) throws -> [ServerToken] {
    if json.has("content") { return try json.objects("content").map(token) }
    guard json.has("tokens") else { return [] }
    guard let texts = json.fields["tokens"] as? [String], let values = json.fields["token_logprobs"] as? [Any],
      texts.count == values.count
    else { throw json.error("tokens", "expected as many texts as token_logprobs") }
    let alternatives = json.fields["top_logprobs"] as? [Any] ?? []
    return try texts.indices.map { i in
      let top = alternatives.indices.contains(i) ? (alternatives[i] as? [String: Double])?.values.sorted() : nil
      return ServerToken(
        bytes: Array(texts[i].utf8),
        logProbability: try TokenLikelihood.checked(values[i] as? Double, json.file, "token_logprobs[\(i)]"),
        entropy: TokenLikelihood.entropy(top ?? []))
    }
  }

  private static func token(_ json: JSONObject) throws -> ServerToken {
    let bytes = (json.fields["bytes"] as? [Int])?.compactMap(UInt8.init(exactly:))
    let top = try json.objects("top_logprobs").compactMap { try TokenLikelihood.read($0, "logprob") }
    return ServerToken(
      bytes: try bytes ?? Array(json.string("token").utf8),
      logProbability: try TokenLikelihood.read(json, "logprob"), entropy: TokenLikelihood.entropy(top))
  }

  /// Why a choice ended. Where stop texts were sent, the server was found to keep them or to name the one that it cut.
  static func end(_ choice: JSONObject) throws -> ServerEnd {
    switch try choice.string("finish_reason") {
    case "length": return .length
    case "stop", "eos", "eos_token", "stop_sequence":
      let stop = choice.fields["stop_reason"] as? String ?? choice.fields["matched_stop"] as? String
      return stop.map { .stop($0) } ?? .endOfText
    case let other: throw choice.error("finish_reason", "expected stop or length, got \(other)")
    }
  }

  /// What the prompt cost, where the object tells it.
  static func promptCost(_ object: JSONObject) throws -> ModelUsage {
    guard object.has("usage") else { return ModelUsage() }
    let usage = try object.object("usage")
    let all = try usage.integer("prompt_tokens", in: 0...Int(Int32.max), default: 0)
    let details = usage.has("prompt_tokens_details") ? try usage.object("prompt_tokens_details") : nil
    let reused = try details?.integer("cached_tokens", in: 0...Int(Int32.max), default: 0) ?? 0
    return ModelUsage(prompted: max(0, all - reused), reused: reused)
  }

  /// Tokens of prompt and continuations, where the object tells them.
  static func usage(_ object: JSONObject) throws -> [DrawEvent] {
    guard object.has("usage") else { return [] }
    let generated = try object.object("usage").integer("completion_tokens", in: 0...Int(Int32.max), default: 0)
    return [.prompt(try promptCost(object)), .generated(generated)]
  }
}
