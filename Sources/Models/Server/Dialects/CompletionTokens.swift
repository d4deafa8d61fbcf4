/// What choices of OpenAI's interfaces have in common.
enum CompletionTokens {
  /// The choices of an object, each with its index; none where it has none: it tells something else.
  static func choices(_ object: JSONObject) throws -> [(index: Int, choice: JSONObject)] {
    guard object.has("choices") else { return [] }
    return try object.objects("choices").map { (try $0.integer("index", in: 0...1023, default: 0), $0) }
  }

  /// What `choice` tells, which says `said`.
  static func events(_ choice: JSONObject, _ index: Int, _ said: ChatContent.Said) throws -> [DrawEvent] {
    var events: [DrawEvent] = said.thinking.isEmpty ? [] : [.thought(index: index, said.thinking)]
    events += read(choice, text: said.text, isThinking: !said.thinking.isEmpty).map { .token(index: index, $0) }
    if let end = end(choice) { events.append(.end(index: index, end)) }
    return events
  }

  /// The tokens of a choice whose text is `text`: one for each log-probability where their texts make up `text`, else one
  /// for all of it.
  private static func read(_ choice: JSONObject, text: String, isThinking: Bool) -> [ServerToken] {
    let bytes = Array(text.utf8)
    if bytes.isEmpty, isThinking { return [] }
    let told = (choice.fields["logprobs"] as? [String: Any]).map(tokens) ?? []
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

  /// Reads both shapes: parallel lists (completions), and a list of objects (chat). Nothing where it has neither.
  private static func tokens(_ fields: [String: Any]) -> [ServerToken] {
    if let content = fields["content"] as? [[String: Any]] { return content.map(token) }
    guard let texts = fields["tokens"] as? [String], let values = fields["token_logprobs"] as? [Any],
      texts.count == values.count
    else { return [] }
    let alternatives = fields["top_logprobs"] as? [Any] ?? []
    return texts.indices.map { i in
      let top = alternatives.indices.contains(i) ? alternatives[i] as? [String: Any] ?? [:] : [:]
      return ServerToken(
        bytes: Array(texts[i].utf8), logProbability: TokenLikelihood.usable(values[i]),
        entropy: TokenLikelihood.entropy(top.values.compactMap { TokenLikelihood.usable($0) }.sorted()))
    }
  }

  private static func token(_ fields: [String: Any]) -> ServerToken {
    let bytes = (fields["bytes"] as? [Int])?.compactMap(UInt8.init(exactly:))
    let top = fields["top_logprobs"] as? [[String: Any]] ?? []
    return ServerToken(
      bytes: bytes ?? Array((fields["token"] as? String ?? "").utf8),
      logProbability: TokenLikelihood.usable(fields["logprob"]),
      entropy: TokenLikelihood.entropy(top.compactMap { TokenLikelihood.usable($0["logprob"]) }))
  }

  /// Why a choice ended; nil where it does not say. Where stop texts were sent, the server was found to keep them or to name
  /// the one that it cut.
  private static func end(_ choice: JSONObject) -> ServerEnd? {
    // SGLang's own way is an object with a type.
    let reason = choice.fields["finish_reason"] ?? choice.fields["stop_reason"]
    let word = reason as? String ?? (reason as? [String: Any])?["type"] as? String
    let stop = choice.fields["stop_reason"] as? String ?? choice.fields["matched_stop"] as? String
    return word.flatMap { EndingWords.end($0, stop: choice.has("finish_reason") ? stop : nil) }
  }

  /// What the prompt cost, where the object tells it.
  static func promptCost(_ object: JSONObject) -> ModelUsage {
    guard let usage = object.fields["usage"] as? [String: Any] else { return ModelUsage() }
    let details = usage["prompt_tokens_details"] as? [String: Any]
    let (all, reused) = (count(usage, "prompt_tokens"), count(details ?? [:], "cached_tokens"))
    return ModelUsage(prompted: max(0, all - reused), reused: min(all, reused))
  }

  /// Tokens of prompt and continuations, where the object tells them.
  static func usage(_ object: JSONObject) -> [DrawEvent] {
    guard let usage = object.fields["usage"] as? [String: Any] else { return [] }
    return [.prompt(promptCost(object)), .generated(count(usage, "completion_tokens"))]
  }

  /// A count of tokens; 0 where it is none.
  private static func count(_ fields: [String: Any], _ name: String) -> Int {
    let number = fields[name] as? Double ?? 0
    return number >= 0 && number <= Double(Int32.max) ? Int(number) : 0
  }
}
