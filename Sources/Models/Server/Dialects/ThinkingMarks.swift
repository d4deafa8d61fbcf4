/// What stands around thinking in a text, in one table: DeepSeek's and Qwen's, Kimi's, Mistral's, gpt-oss's, Cohere's,
/// ByteDance's and others' marks.
struct ThinkingMarks: Sendable {
  let open: [UInt8]
  /// The first of them that comes ends it.
  let close: [[UInt8]]

  private init(_ open: String, _ close: String...) {
    self.open = Array(open.utf8)
    self.close = close.map { Array($0.utf8) }
  }

  private static let final = "<|end|><|start|>assistant<|channel|>final<|message|>"

  /// All of them; none begins another one.
  static let all: [ThinkingMarks] = [
    ThinkingMarks("<think>", "</think>"),
    ThinkingMarks("<thinking>", "</thinking>"),
    ThinkingMarks("<thought>", "</thought>"),
    ThinkingMarks("<reasoning>", "</reasoning>"),
    ThinkingMarks("<reflection>", "</reflection>"),
    ThinkingMarks("<seed:think>", "</seed:think>"),
    ThinkingMarks("[THINK]", "[/THINK]"),
    ThinkingMarks("◁think▷", "◁/think▷"),
    ThinkingMarks("<|START_THINKING|>", "<|END_THINKING|>"),
    ThinkingMarks("<|begin_of_thought|>", "<|end_of_thought|>"),
    // gpt-oss: whatever it thinks and tells its tools, up to the final channel.
    ThinkingMarks("<|start|>assistant<|channel|>analysis<|message|>", final, "<|channel|>final<|message|>"),
    ThinkingMarks("<|channel|>analysis<|message|>", final, "<|channel|>final<|message|>"),
    ThinkingMarks("<|channel|>commentary<|message|>", final, "<|channel|>final<|message|>"),
  ]

  /// What is no part of an answer either, and stands around it.
  static let frames: [[UInt8]] = [
    "<|start|>assistant<|channel|>final<|message|>", "<|channel|>final<|message|>", "<|begin_of_solution|>",
    "<|end_of_solution|>", "<|START_RESPONSE|>", "<|END_RESPONSE|>", "<|return|>",
  ].map { Array($0.utf8) }

  /// Every closing mark.
  static let closings: [[UInt8]] = all.flatMap(\.close)
  /// The first bytes of everything that is looked for.
  static let firstBytes = Set((all.map(\.open) + frames + closings).compactMap(\.first))
}
