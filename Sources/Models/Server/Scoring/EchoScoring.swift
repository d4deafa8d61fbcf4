/// How likely a given text is, by a server of OpenAI's completions that echoes its prompt with log-probabilities (vLLM).
struct EchoScoring: TextScoring {
  let endpoint: ServerEndpoint
  let model: String
  let idle: Double

  /// The log-probabilities of the tokens of `continuation` after `prompt`: those that end in it.
  func score(_ continuation: String, after prompt: String) async throws -> LikelihoodResult {
    if continuation.isEmpty { return LikelihoodResult(logProbabilities: [], usage: ModelUsage()) }
    // One token more than needed: not every server draws none.
    let answer = try await endpoint.object(
      ServerRequest(
        post: "/v1/completions",
        [
          "model": model, "prompt": prompt + continuation, "echo": true, "logprobs": 1, "max_tokens": 1,
          "temperature": 0, "stream": false,
        ]), idle: idle)
    guard let choice = try answer.objects("choices").first else { throw answer.error("choices", "expected one choice") }
    let told = try choice.object("logprobs")
    guard let texts = told.fields["tokens"] as? [String], let values = told.fields["token_logprobs"] as? [Any],
      let offsets = told.fields["text_offset"] as? [Int], texts.count == values.count, texts.count == offsets.count
    else { throw told.error("text_offset", "expected as many as tokens and token_logprobs") }
    // Offsets count characters of Python: Unicode scalars.
    let (start, end) = (prompt.unicodeScalars.count, (prompt + continuation).unicodeScalars.count)
    let own = offsets.indices.filter { i in
      offsets[i] < end && (i + 1 < offsets.count ? offsets[i + 1] : offsets[i] + texts[i].unicodeScalars.count) > start
    }
    guard !own.isEmpty else { throw told.error("tokens", "expected the prompt's tokens, the prompt is not echoed") }
    return LikelihoodResult(
      logProbabilities: try own.map {
        try TokenLikelihood.checked(values[$0] as? Double, endpoint.shown, "token_logprobs[\($0)]")
      }, usage: try CompletionTokens.promptCost(answer))
  }
}
