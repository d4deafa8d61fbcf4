/// How likely a given text is, by SGLang's `/generate`, which tells the log-probabilities of its prompt from a place on.
struct GenerateScoring: TextScoring {
  let endpoint: ServerEndpoint
  let idle: Double

  /// The log-probabilities of the tokens of `continuation` after `prompt`: those that end in it.
  ///
  /// Everything is told from the prompt's first token on, since nobody here knows how many tokens the prompt has: SGLang
  /// then computes the prompt anew.
  func score(_ continuation: String, after prompt: String) async throws -> LikelihoodResult {
    if continuation.isEmpty { return LikelihoodResult(logProbabilities: [], usage: ModelUsage()) }
    let answer = try await endpoint.object(
      ServerRequest(
        post: "/generate",
        [
          "text": prompt + continuation, "sampling_params": ["max_new_tokens": 1, "temperature": 0],
          "return_logprob": true, "logprob_start_len": 0, "return_text_in_logprobs": true, "stream": false,
        ]), idle: idle)
    let told = try answer.object("meta_info")
    guard let tokens = told.fields["input_token_logprobs"] as? [[Any]] else {
      throw told.error("input_token_logprobs", "expected a list of log-probability, id and text")
    }
    // From the end: a special token at the beginning has a text that is not in the prompt.
    var missing = continuation.utf8.count
    var values: [Double] = []
    for token in tokens.reversed() where missing > 0 {
      guard token.count > 2, let text = token[2] as? String else {
        throw told.error("input_token_logprobs", "expected the tokens' texts")
      }
      values.append(try TokenLikelihood.checked(token[0] as? Double, endpoint.shown, "input_token_logprobs"))
      missing -= text.utf8.count
    }
    guard missing <= 0 else { throw told.error("input_token_logprobs", "expected the tokens of the whole prompt") }
    return LikelihoodResult(
      logProbabilities: values.reversed(),
      usage: ModelUsage(
        prompted: try told.integer("prompt_tokens", in: 0...Int(Int32.max), default: 0)
          - told.integer("cached_tokens", in: 0...Int(Int32.max), default: 0),
        reused: try told.integer("cached_tokens", in: 0...Int(Int32.max), default: 0)))
  }
}
