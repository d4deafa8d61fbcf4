import Foundation

/// Answers as llama-server does (its `/props`, `/v1/models`, `/completion` and `/detokenize`), with ``StoryModel``.
public struct LlamaServerScript: Sendable {
  /// The model's path.
  public var model = "/models/story.gguf"
  /// Continuations that a request may ask for.
  public var slots = 4
  /// Tokens, of three bytes each.
  public var context = 4096
  /// Of the model's file.
  public var size = 1000

  /// A server with four slots.
  public init() {}

  /// The right answer to `request`.
  public func reply(to request: LoopbackServer.Request) -> LoopbackServer.Reply {
    switch String(request.path.prefix { $0 != "?" }) {
    case "/props":
      return .json(#"{"default_generation_settings":{"n_ctx":\#(context)},"total_slots":\#(slots)}"#)
    case "/v1/models":
      return .json(
        #"{"data":[{"id":"\#(model)","meta":{"n_vocab":17,"n_params":9,"size":\#(size),"ftype":"F16"}}]}"#)
    case "/detokenize":
      let ids = request.fields["tokens"] as? [Int] ?? []
      return .json(Self.text(["content": ids.map { StoryModel.texts[$0] }.joined()]))
    case "/tokenize":
      return .json(Self.text(["tokens": StoryModel.tokens(of: request.fields["content"] as? String ?? "")]))
    case "/completion" where request.fields["grammar"] != nil: return forced(request.fields)
    case "/completion": return completion(request.fields)
    default: return .answer(status: 404, body: #"{"error":{"code":404,"message":"no such path","type":"not_found"}}"#)
    }
  }

  /// The tokens that a grammar leaves, each with the log-probability that the model gives it.
  private func forced(_ fields: [String: Any]) -> LoopbackServer.Reply {
    let numbers = (fields["grammar"] as? String ?? "").split { !$0.isNumber }.compactMap { Int($0) }
    let told = numbers.map { ["id": $0, "token": StoryModel.texts[$0], "logprob": StoryModel.logProbability(of: $0)] }
    return .json(
      Self.text([
        "content": "", "stop": true, "stop_type": "limit", "completion_probabilities": told,
        "timings": ["cache_n": 5, "prompt_n": (fields["prompt"] as? [Int] ?? []).count - 5],
      ]))
  }

  private func completion(_ fields: [String: Any]) -> LoopbackServer.Reply {
    let prompt = fields["prompt"] as? String ?? ""
    let count = fields["n_cmpl"] as? Int ?? 1
    if count > slots {
      return .answer(status: 400, body: #"{"error":{"code":400,"message":"Field 'n_cmpl': too many"}}"#)
    }
    let length = prompt.utf8.count / 3
    if length > context {
      return .answer(
        status: 400,
        body: #"{"error":{"code":400,"message":"request (\#(length) tokens) exceeds the available context size","#
          + #""type":"exceed_context_size_error"}}"#)
    }
    let events = (0..<count).flatMap { index in
      self.events(
        prompt, index, seed: (fields["seed"] as? Int ?? 0) + index,
        temperature: (fields["temperature"] as? Double) ?? 1, limit: fields["n_predict"] as? Int ?? 16,
        stops: fields["stop"] as? [String] ?? [], promptTokens: length)
    }
    return .events(events)
  }

  private func events(
    _ prompt: String, _ index: Int, seed: Int, temperature: Double, limit: Int, stops: [String], promptTokens: Int
  ) -> [String] {
    let (tokens, ended) = StoryModel.continuation(of: prompt, seed: seed, temperature: temperature, limit: limit)
    var events: [String] = []
    var stop: String?
    for token in tokens {
      stop = stops.first { token.text.contains($0) }
      // A stop text is cut out of the token's text, and its bytes with it.
      let text = stop.map { token.text.components(separatedBy: $0)[0] } ?? token.text
      let bytes = Array(text.utf8).map(String.init).joined(separator: ",")
      events.append(
        #"{"index":\#(index),"content":\#(Self.quoted(text)),"stop":false,"completion_probabilities":[{"id":\#(token.id),"#
          + #""token":\#(Self.quoted(text)),"bytes":[\#(bytes)],"logprob":\#(token.logProbability),"top_logprobs":[]}]}"#
      )
      if stop != nil { break }
    }
    let type = stop != nil ? "word" : ended ? "eos" : "limit"
    let reused = promptTokens * 3 / 4
    events.append(
      #"{"index":\#(index),"content":"","stop":true,"stop_type":"\#(type)","stopping_word":\#(Self.quoted(stop ?? "")),"#
        + #""timings":{"cache_n":\#(reused),"prompt_n":\#(promptTokens - reused)}}"#)
    return events
  }

  static func quoted(_ text: String) -> String { String(text.debugDescription) }

  /// An object as JSON.
  public static func text(_ object: [String: Any]) -> String {
    (try? JSONSerialization.data(withJSONObject: object)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}
