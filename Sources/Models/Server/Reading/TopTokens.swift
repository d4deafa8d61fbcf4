import Foundation

/// The most probable next tokens, as a server tells them: what True/False critics are read from.
struct TopTokens {
  /// Most tokens that every server tells: vLLM's and OpenAI's limit.
  static let count = 20

  /// Log-probabilities by text, the most probable first.
  let tokens: [(text: String, logProbability: Double)]
  let usage: ModelUsage

  /// The request for them after `prompt`.
  static func request(_ prompt: String, _ abilities: ServerAbilities) throws -> ServerRequest {
    if abilities.interface == .llama {
      return try ServerRequest(
        post: "/completion",
        [
          "prompt": prompt, "n_predict": 1, "n_probs": count, "temperature": 0, "cache_prompt": true,
          "post_sampling_probs": false, "stream": false,
        ])
    }
    return try ServerRequest(
      post: "/v1/completions",
      [
        "model": abilities.model, "prompt": prompt, "max_tokens": 1, "temperature": 0, "logprobs": count,
        "stream": false,
      ])
  }

  /// Reads llama-server's own answer and both shapes of OpenAI's.
  ///
  /// - Throws: `ServerError` for what is no log-probability, `ModelError` for another shape.
  init(_ answer: JSONObject) throws {
    var tokens: [(String, Double)] = []
    var usage = ModelUsage()
    if let told = try answer.objects("completion_probabilities").first {
      tokens = try Self.objects(told)
      usage = try LlamaDialect.promptCost(answer)
    } else if let choice = try answer.objects("choices").first, choice.has("logprobs") {
      let told = try choice.object("logprobs")
      if let first = try told.objects("content").first {
        tokens = try Self.objects(first)
      } else if let first = (told.fields["top_logprobs"] as? [Any])?.first as? [String: Any] {
        tokens = try first.map {
          ($0.key, try TokenLikelihood.checked($0.value as? Double, answer.file, "top_logprobs"))
        }
      }
      usage = try CompletionTokens.promptCost(answer)
    }
    usage.generated = 1
    self.tokens = tokens.sorted { $0.1 > $1.1 }
    self.usage = usage
  }

  private static func objects(_ told: JSONObject) throws -> [(String, Double)] {
    try told.objects("top_logprobs").compactMap { token in
      try TokenLikelihood.read(token, "logprob").map { (try token.string("token"), $0) }
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
