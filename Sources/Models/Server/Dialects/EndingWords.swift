import Foundation

/// What servers call the end of a continuation, in one table: OpenAI's, vLLM's, SGLang's, llama-server's, Anthropic's,
/// Gemini's, Cohere's and Mistral's words.
enum EndingWords {
  /// What an ending means here.
  enum Meaning: Sendable {
    /// The model ended its text, or the server stopped where it was not asked to.
    case end
    /// The token limit, or the end of the context.
    case length
    /// A filter withheld what follows.
    case filtered
    /// The server broke off: what has come stands.
    case brokenOff
  }

  private static let table: [(meaning: Meaning, words: [String])] = [
    (
      .end,
      [
        "stop", "eos", "eos_token", "end_turn", "stop_sequence", "stop_token", "stop_word", "word", "end", "ended",
        "end_of_text", "end_of_turn", "endoftext", "complete", "completed", "finish", "finished", "done", "normal",
        "ok",
        "success", "tool_calls", "tool_call", "tool_use", "function_call", "pause_turn",
      ]
    ),
    (
      .length,
      [
        "length", "limit", "max_tokens", "max_output_tokens", "max_completion_tokens", "max_new_tokens", "max_length",
        "model_length", "token_limit", "context_length", "context_window", "model_context_window_exceeded",
        "incomplete",
        "truncated",
      ]
    ),
    (
      .filtered,
      [
        "content_filter", "content_filtered", "content_filtering", "filtered", "filter", "safety", "refusal", "refused",
        "recitation", "blocklist", "blocked", "prohibited_content", "spii", "image_safety", "language", "moderation",
        "moderated", "sensitive", "guardrail", "guardrails", "guardrail_intervened", "policy_violation", "toxic",
        "error_toxic",
      ]
    ),
    (
      .brokenOff,
      [
        "abort", "aborted", "cancelled", "canceled", "cancel", "interrupted", "timeout", "time_limit", "preempted",
        "insufficient_system_resource", "network_error", "error", "error_limit", "malformed_function_call",
      ]
    ),
  ]

  private static let meanings: [String: Meaning] = table.reduce(into: [:]) { all, row in
    for word in row.words { all[word] = row.meaning }
  }

  /// What `word` means, in whatever case; nil for one that nobody knows.
  static func meaning(of word: String) -> Meaning? {
    var plain = word.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 }.reduce(into: "") { $0.append($1) }
    for prefix in ["finish_reason_", "finishreason_", "finishreason.", "stop_reason_"] where plain.hasPrefix(prefix) {
      plain.removeFirst(prefix.count)
    }
    return meanings[plain]
  }

  /// The end that `word` is; `stop` is the stop text that the server names. Nil for an empty word: nothing ended yet.
  static func end(_ word: String, stop: String? = nil) -> ServerEnd? {
    let word = word.trimmingCharacters(in: .whitespacesAndNewlines)
    if word.isEmpty { return nil }
    return switch meaning(of: word) {
    case .end: stop.map { .stop($0) } ?? .endOfText
    case .length: .length
    case .filtered: .filtered(word)
    case .brokenOff: .brokenOff(word)
    case nil: .unknown(word)
    }
  }
}
