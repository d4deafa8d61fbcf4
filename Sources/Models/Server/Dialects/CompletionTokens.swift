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
