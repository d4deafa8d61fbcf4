import Foundation

/// The most probable next tokens, as a server tells them: what True/False critics are read from.
struct TopTokens {
  /// Most tokens that every server tells: vLLM's and OpenAI's limit.
  static let count = 20
  /// What the others tell.
  static let fewer = 5

  /// Log-probabilities by text, the most probable first.
  let tokens: [(text: String, logProbability: Double)]
  let usage: ModelUsage

  /// The request for them after each of `prompts`, of which only OpenAI's completions take more than one.
  static func request(_ prompts: [String], _ abilities: ServerAbilities) throws -> ServerRequest {
    let prompt = prompts[0]
    let most = min(count, max(1, abilities.labelTokens))
    if abilities.interface == .llama {
      return try ServerRequest(
        post: "/completion",
        [
          "prompt": prompt, "n_predict": 1, "n_probs": count, "temperature": 0, "cache_prompt": true,
          "post_sampling_probs": false, "stream": false,
        ])
    }
    var fields: [String: Any] = ["model": abilities.model, "max_tokens": 1, "temperature": 0, "stream": false]
    guard abilities.interface == .chat else {
      (fields["prompt"], fields["logprobs"]) = (prompts.count == 1 ? prompt : prompts, most)
      return try ServerRequest(post: "/v1/completions", abilities.taken(fields))
    }
    fields["messages"] = [["role": "user", "content": prompt]]
    (fields["logprobs"], fields["top_logprobs"]) = (true, most)
    return try ServerRequest(post: "/v1/chat/completions", abilities.taken(fields))
  }

  /// What an answer tells after each of `count` prompts, in their order; what all of them cost is told with the first.
  ///
  /// - Throws: `ModelError` for another shape.
  static func all(in answer: JSONObject, count: Int) throws -> [TopTokens] {
    if count == 1 { return [try TopTokens(answer)] }
    let choices = try answer.objects("choices")
    guard choices.count == count else {
      throw ModelError(answer.file, "choices", "expected one for each of \(count) prompts, got \(choices.count)")
    }
    let numbered = choices.enumerated().sorted {
      ($0.element.integerIfAny("index") ?? $0.offset) < ($1.element.integerIfAny("index") ?? $1.offset)
    }
    return try numbered.enumerated().map { place, choice in
      var fields = answer.fields
      fields["choices"] = [choice.element.fields]
      let read = try TopTokens(JSONObject(file: answer.file, path: "", fields: fields))
      return place == 0 ? read : TopTokens(tokens: read.tokens, usage: ModelUsage(generated: 1))
    }
  }

  private init(tokens: [(text: String, logProbability: Double)], usage: ModelUsage) {
    (self.tokens, self.usage) = (tokens, usage)
  }

  /// Reads llama-server's own answer and both shapes of OpenAI's.
  ///
  /// - Throws: `ModelError` for another shape.
  init(_ answer: JSONObject) throws {
    var tokens: [(String, Double)] = []
    var usage = ModelUsage()
    if let told = try answer.objects("completion_probabilities").first {
      tokens = Self.listed(told.fields["top_logprobs"])
      usage = try LlamaDialect.promptCost(answer)
    } else if let choice = try answer.objects("choices").first, choice.has("logprobs") {
      let told = try choice.object("logprobs")
      if let first = try told.objects("content").first {
        tokens = Self.listed(first.fields["top_logprobs"])
      } else {
        tokens = Self.listed((told.fields["top_logprobs"] as? [Any])?.first)
      }
      usage = CompletionTokens.promptCost(answer)
    }
    usage.generated = 1
    self.tokens = tokens.sorted { $0.1 > $1.1 }
    self.usage = usage
  }

  /// Texts with their log-probabilities, as a list of objects or as one object; what is no log-probability is left out.
  private static func listed(_ top: Any?) -> [(String, Double)] {
    if let texts = top as? [String: Any] {
      return texts.compactMap { text, value in TokenLikelihood.usable(value).map { (text, $0) } }
    }
    return (top as? [[String: Any]] ?? []).compactMap { token in
      guard let text = token["token"] as? String else { return nil }
      return TokenLikelihood.usable(token["logprob"]).map { (text, $0) }
    }
  }

  /// What is known of each label: the sum of all tokens that are the label, or begin it and no other, white space around
  /// them aside.
  func beliefs(of labels: [String]) -> [LabelResult.Belief] {
    let words = labels.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
    return words.map { word in
      let its = tokens.filter { token in
        let text = token.text.trimmingCharacters(in: .whitespacesAndNewlines)
        return !text.isEmpty && word.hasPrefix(text)
          && (text == word || !words.contains { $0 != word && $0.hasPrefix(text) })
      }
      guard let first = its.first else { return .atMost(tokens.last?.logProbability ?? 0) }
      if its.count == 1 { return .known(first.logProbability) }
      return .known(min(0, log(its.reduce(0) { $0 + exp($1.logProbability) })))
    }
  }
}
