/// What one edge of the tree adds (AlphaLLM, table 1).
public enum OptionLevel: String, Sendable, CaseIterable {
  /// One token.
  case token
  /// A line.
  case sentence
  /// What the termination rule β ends: stop texts, a formula, the model's uncertainty, the length cap or the text's end.
  case option
}

extension SearchParameters {
  /// `option.level`.
  public static let optionLevel = ParameterKey<OptionLevel>(
    "option.level", default: .sentence,
    help: "What one edge of the tree is: a token, a line, or an option that its termination rule ends.",
    citation: "AlphaLLM, table 1")
  /// `option.stop`.
  public static let optionStop = ParameterKey<String>(
    "option.stop", bytes: 200, default: "\\n\\n",
    help: "Stop text of the level option; \\n is a line break, several are separated by |.",
    citation: "AlphaLLM, section 4.2")
  /// `option.formula`.
  public static let optionFormula = ParameterKey<Bool>(
    "option.formula", default: false,
    help:
      "At the level option, a stop text counts only after a formula ($…$, <<…>> or a = b); one more span is read otherwise.",
    citation: "AlphaLLM, section 4.2 and its code")
  /// `option.entropy`.
  public static let optionEntropy = ParameterKey<Double>(
    "option.entropy", 0...20, default: 0,
    help:
      "At the level option, end at a word's boundary where the next token's entropy, in nats, exceeds this; 0 switches it off.",
    citation: "a learned β, which AlphaLLM proposes and does not try")
  /// `option.temperature`.
  public static let optionTemperature = ParameterKey<Double>(
    "option.temperature", 0...10, default: 0.8,
    help: "Sampling temperature of options.", citation: "AlphaLLM's run script")
  /// `option.topP`.
  public static let optionTopP = ParameterKey<Double>(
    "option.topP", 0.01...1, default: 1,
    help: "Nucleus of option sampling.", citation: "AlphaLLM's run script")
  /// `option.maximumTokens`.
  public static let optionMaximumTokens = ParameterKey<Int>(
    "option.maximumTokens", 1...65536, default: 64,
    help: "Length cap of one option in tokens.", citation: "AlphaLLM's run script uses 1024")
  /// `option.greedyFirst`.
  public static let greedyFirstChild = ParameterKey<Bool>(
    "option.greedyFirst", default: true,
    help: "Draw the first child of each node at temperature 0.", citation: "AlphaLLM's run script")
  /// `depth.maximum`.
  public static let maximumDepth = ParameterKey<Int>(
    "depth.maximum", 1...30000, default: 10,
    help: "Depth at which an option decodes straight to the end of the answer.", citation: "AlphaLLM's run script")
}

// Fast rollouts, and draws that a tool refutes.
extension SearchParameters {
  /// `rollout.count`.
  public static let rolloutsPerNode = ParameterKey<Int>(
    "rollout.count", 0...64, default: 4,
    help: "Fast rollouts for each new node, n.", citation: "AlphaLLM, section 4.3.3")
  /// `rollout.temperature`.
  public static let rolloutTemperature = ParameterKey<Double>(
    "rollout.temperature", 0...10, default: 1,
    help: "Sampling temperature of fast rollouts.", citation: "AlphaLLM's run script")
  /// `rollout.topP`.
  public static let rolloutTopP = ParameterKey<Double>(
    "rollout.topP", 0.01...1, default: 1,
    help: "Nucleus of rollout sampling.", citation: "AlphaLLM's run script")
  /// `rollout.maximumTokens`.
  public static let rolloutMaximumTokens = ParameterKey<Int>(
    "rollout.maximumTokens", 1...65536, default: 192,
    help: "Length cap of one fast rollout in tokens.", citation: "AlphaLLM's run script uses 1024")
  /// `rollout.insert`.
  public static let insertsRollouts = ParameterKey<Bool>(
    "rollout.insert", default: false,
    help: "The lines of each rollout become nodes at once, and what their ends are worth is backed up.",
    citation: "this program; widening line by line alone finishes few paths in a small budget")
  /// `tools.redraws`.
  public static let toolRedraws = ParameterKey<Int>(
    "tools.redraws", 0...64, default: 3,
    help: "How often an option, or a line of a rollout, that a tool refutes is drawn again; its tokens are counted.",
    citation: "this program")
}
