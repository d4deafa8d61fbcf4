extension SearchParameters {
  static let optionParameters = [
    optionLevel, optionStop, optionFormula, optionEntropy, optionTemperature, optionTopP, optionMaximumTokens,
    greedyFirstChild,
  ]

  static let optionLevel = Parameter(
    id: "option.level", domain: .word(OptionLevel.allCases.map(\.rawValue)), fallback: .word("sentence"),
    help: "What one edge of the tree is: a token, a line, or an option that its termination rule ends.",
    citation: "AlphaLLM, table 1")
  static let optionStop = Parameter(
    id: "option.stop", domain: .text(200), fallback: .word("\\n\\n"),
    help: "Stop text of the level option; \\n is a line break, several are separated by |.",
    citation: "AlphaLLM, section 4.2")
  static let optionFormula = Parameter(
    id: "option.formula", domain: .flag, fallback: .flag(false),
    help:
      "At the level option, a stop text counts only after a formula ($…$, <<…>> or a = b); one more span is read otherwise.",
    citation: "AlphaLLM, section 4.2 and its code")
  static let optionEntropy = Parameter(
    id: "option.entropy", domain: .number(0...20), fallback: .number(0),
    help:
      "At the level option, end at a word's boundary where the next token's entropy, in nats, exceeds this; 0 switches it off.",
    citation: "a learned β, which AlphaLLM proposes and does not try")
  static let optionTemperature = Parameter(
    id: "option.temperature", domain: .number(0...10), fallback: .number(0.8),
    help: "Sampling temperature of options.", citation: "AlphaLLM's run script")
  static let optionTopP = Parameter(
    id: "option.topP", domain: .number(0.01...1), fallback: .number(1),
    help: "Nucleus of option sampling.", citation: "AlphaLLM's run script")
  static let optionMaximumTokens = Parameter(
    id: "option.maximumTokens", domain: .integer(1...65536), fallback: .integer(64),
    help: "Length cap of one option in tokens.", citation: "AlphaLLM's run script uses 1024")
  static let greedyFirstChild = Parameter(
    id: "option.greedyFirst", domain: .flag, fallback: .flag(true),
    help: "Draw the first child of each node at temperature 0.", citation: "AlphaLLM's run script")
}
