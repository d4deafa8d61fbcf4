import Foundation

/// Answers as servers of OpenAI's interfaces do, with ``StoryModel``.
public struct CompletionsServerScript: Sendable {
  /// What `/v1/models` says the model is owned by: `vllm`, `sglang`, `library`, or anything else.
  public var owner = "vllm"
  /// Whether a stop text stays in the answer where that is asked for, and is named.
  public var keepsStops = true
  /// Whether a prompt is echoed with its log-probabilities.
  public var echoes = true
  /// Refuses fields that OpenAI does not know.
  public var isStrict = false
  /// Has no `/v1/completions`.
  public var isChatOnly = false
  /// Models that it lists.
  public var models = ["story"]

  /// A server like vLLM.
  public init() {}

  private static let known: Set = [
    "model", "prompt", "messages", "max_tokens", "temperature", "top_p", "stream", "presence_penalty",
    "frequency_penalty", "seed", "n", "logprobs", "top_logprobs", "stop", "echo",
  ]

  /// The right answer to `request`.
  public func reply(to request: LoopbackServer.Request) -> LoopbackServer.Reply {
    let fields = request.fields
    let isChat = request.path == "/v1/chat/completions"
    switch request.path {
    case "/v1/models":
      let listed = models.map { #"{"id":"\#($0)","owned_by":"\#(owner)","max_model_len":2048}"# }
      return .json(#"{"data":[\#(listed.joined(separator: ","))]}"#)
    case "/generate" where owner == "sglang": return generate(fields)
    case "/v1/completions" where !isChatOnly, "/v1/chat/completions":
      if isStrict, let other = fields.keys.first(where: { !Self.known.contains($0) }) {
        return .answer(status: 400, body: #"{"error":{"message":"Unrecognized field: \#(other)"}}"#)
      }
      if echoes, fields["echo"] as? Bool == true { return echo(fields["prompt"] as? String ?? "") }
      return completion(fields, isChat: isChat)
    default: return .answer(status: 404, body: #"{"error":{"message":"Not Found"}}"#)
    }
  }

  /// The prompt that a request's model goes on with.
  private func prompt(_ fields: [String: Any]) -> String {
    if let prompt = fields["prompt"] as? String { return prompt }
    let messages = fields["messages"] as? [[String: String]] ?? []
    return messages.filter { !($0["content"] ?? "").hasPrefix("Go on") }.compactMap { $0["content"] }.joined(
      separator: "\n")
  }

  private func completion(_ fields: [String: Any], isChat: Bool) -> LoopbackServer.Reply {
    let stops = fields["stop"] as? [String] ?? []
    let keeps = keepsStops && fields["include_stop_str_in_output"] as? Bool == true
    let hasLogProbabilities = fields["logprobs"] != nil
    var events: [String] = []
    for index in 0..<(fields["n"] as? Int ?? 1) {
      let (tokens, ended) = StoryModel.continuation(
        of: prompt(fields), seed: (fields["seed"] as? Int ?? 0) + index,
        temperature: fields["temperature"] as? Double ?? 1, limit: fields["max_tokens"] as? Int ?? 16)
      var stop: String?
      for token in tokens {
        stop = stops.first { token.text.contains($0) }
        let text = stop != nil && !keeps ? "" : token.text
        events.append(
          event(text, index, logprobs: hasLogProbabilities ? logprobs(token, isChat) : "null", "null", isChat))
        if stop != nil { break }
      }
      let reason = stop != nil || ended ? "stop" : "length"
      let named = keepsStops ? stop.map(LlamaServerScript.quoted) ?? "null" : "null"
      events.append(event("", index, logprobs: "null", #""\#(reason)","stop_reason":\#(named)"#, isChat))
    }
    let usage =
      #"{"prompt_tokens":40,"completion_tokens":\#(events.count),"prompt_tokens_details":{"cached_tokens":32}}"#
    return .events(events + [#"{"choices":[],"usage":\#(usage)}"#, "[DONE]"])
  }

  private func event(_ text: String, _ index: Int, logprobs: String, _ reason: String, _ isChat: Bool) -> String {
    let quoted = LlamaServerScript.quoted(text)
    let said = isChat ? #""delta":{"content":\#(quoted)}"# : #""text":\#(quoted)"#
    return #"{"choices":[{"index":\#(index),\#(said),"logprobs":\#(logprobs),"finish_reason":\#(reason)}]}"#
  }

  private func logprobs(_ token: StoryModel.Token, _ isChat: Bool) -> String {
    let quoted = LlamaServerScript.quoted(token.text)
    return isChat
      ? #"{"content":[{"token":\#(quoted),"logprob":\#(token.logProbability),"bytes":null,"top_logprobs":[]}]}"#
      : #"{"tokens":[\#(quoted)],"token_logprobs":[\#(token.logProbability)],"text_offset":[0],"top_logprobs":null}"#
  }

  /// Words with the blank before them, and line breaks.
  private func words(of text: String) -> [String] {
    text.reduce(into: [String]()) { words, character in
      if character == " " || character == "\n" || words.last == "\n" || words.isEmpty {
        words.append(String(character))
      } else {
        words[words.count - 1].append(character)
      }
    }
  }

  /// Every word of a prompt costs a tenth for each of its characters.
  private func echo(_ prompt: String) -> LoopbackServer.Reply {
    let words = words(of: prompt) + [" next"]
    var offsets: [Int] = []
    var values: [String] = []
    for (index, word) in words.enumerated() {
      offsets.append((offsets.last ?? 0) + (index > 0 ? words[index - 1].unicodeScalars.count : 0))
      values.append(index == 0 ? "null" : "\(-Double(word.count) / 10)")
    }
    let texts = words.map(LlamaServerScript.quoted).joined(separator: ",")
    let told =
      #"{"tokens":[\#(texts)],"token_logprobs":[\#(values.joined(separator: ","))],"text_offset":\#(offsets)}"#
    return .json(
      #"{"choices":[{"index":0,"text":"","logprobs":\#(told),"finish_reason":"length"}],"usage":{"prompt_tokens":9}}"#)
  }

  private func generate(_ fields: [String: Any]) -> LoopbackServer.Reply {
    let words = words(of: fields["text"] as? String ?? "")
    let told = words.enumerated().map { index, word in
      "[\(index == 0 ? "null" : "\(-Double(word.count) / 10)"),\(index),\(LlamaServerScript.quoted(word))]"
    }
    return .json(
      #"{"text":" next","meta_info":{"prompt_tokens":9,"cached_tokens":2,"input_token_logprobs":[\#(told.joined(separator: ","))]}}"#
    )
  }
}
