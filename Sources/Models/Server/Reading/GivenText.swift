/// How likely a given text is after another, by a server that takes both as texts.
protocol TextScoring {
  /// The log-probabilities of the tokens of `continuation` after `prompt`: those that end in it.
  ///
  /// - Throws: `ServerError`, `ModelError` for an answer of another shape.
  func score(_ continuation: String, after prompt: String) async throws -> LikelihoodResult
}

extension TextScoring {
  /// True where the server does so.
  func works() async -> Bool {
    guard let told = try? await score("3\n4\n", after: "1\n2\n") else { return false }
    return told.logProbabilities.count > 1 && told.logProbabilities.contains { $0 != 0 }
  }
}

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
        try TokenLikelihood.checked(values[$0], endpoint.shown, "token_logprobs[\($0)]")
      }, usage: CompletionTokens.promptCost(answer))
  }
}

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
      values.append(try TokenLikelihood.checked(token[0], endpoint.shown, "input_token_logprobs"))
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

/// How likely a given text is, by a llama-server, which has no request for it: a grammar leaves one token at each place, and
/// what the server tells of it are the log-probabilities before the grammar.
///
/// A grammar of tokens, not of characters: the same text in other tokens is a less likely thing.
struct GrammarScoring {
  let endpoint: ServerEndpoint
  let idle: Double

  /// The tokens of `text`; where it `begins` a prompt, as the server reads a prompt: with what the model expects at the
  /// beginning of a text, and with special tokens where their names stand.
  func tokens(of text: String, begins: Bool) async throws -> [Int] {
    let answer = try await endpoint.object(
      ServerRequest(post: "/tokenize", ["content": text, "add_special": begins, "parse_special": begins]), idle: idle)
    guard let tokens = answer.fields["tokens"] as? [Int] else {
      throw endpoint.error(.shape, "/tokenize: tokens: expected a list of token ids")
    }
    return tokens
  }

  /// The log-probability of each token of `continuation` after `prompt`, and what the prompt cost.
  func score(_ continuation: [Int], after prompt: [Int]) async throws -> LikelihoodResult {
    if continuation.isEmpty { return LikelihoodResult(logProbabilities: [], usage: ModelUsage()) }
    let answer = try await endpoint.object(
      ServerRequest(
        post: "/completion",
        [
          "prompt": prompt, "n_predict": continuation.count, "temperature": 0, "n_probs": 1, "cache_prompt": true,
          "post_sampling_probs": false, "stream": false,
          "grammar": "root ::= " + continuation.map { "<[\($0)]>" }.joined(separator: " "),
        ]), idle: idle)
    let told = try answer.objects("completion_probabilities")
    let ids = try told.map { try $0.integer("id", in: 0...Int(Int32.max)) }
    guard ids == continuation else {
      throw endpoint.error(.shape, "/completion: expected the tokens of the grammar, got others")
    }
    let logProbabilities = told.map { TokenLikelihood.read($0, "logprob") }
    guard logProbabilities.allSatisfy({ $0 != nil }) else {
      throw endpoint.error(.shape, "/completion: logprob: expected a log-probability of each token")
    }
    return LikelihoodResult(
      logProbabilities: logProbabilities.compactMap { $0 },
      usage: try LlamaDialect.promptCost(answer))
  }

  /// True where the server does as a grammar of tokens says.
  func works() async -> Bool {
    guard let tokens = try? await tokens(of: "1\n2\n3\n4\n5\n", begins: true), let last = tokens.last else {
      return false
    }
    // No model would go on counting with this.
    let unlikely = [last, last]
    return (try? await score(unlikely, after: tokens))?.logProbabilities.contains { $0 != 0 } == true
  }
}
