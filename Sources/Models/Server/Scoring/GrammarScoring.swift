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
    let logProbabilities = try told.map { try TokenLikelihood.read($0, "logprob") }
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
