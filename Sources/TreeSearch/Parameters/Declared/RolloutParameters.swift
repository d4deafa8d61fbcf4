extension SearchParameters {
  static let rolloutParameters = [
    rolloutsPerNode, rolloutTemperature, rolloutTopP, rolloutMaximumTokens, insertsRollouts,
  ]

  static let rolloutsPerNode = Parameter(
    id: "rollout.count", domain: .integer(0...64), fallback: .integer(4),
    help: "Fast rollouts for each new node, n.", citation: "AlphaLLM, section 4.3.3")
  static let rolloutTemperature = Parameter(
    id: "rollout.temperature", domain: .number(0...10), fallback: .number(1),
    help: "Sampling temperature of fast rollouts.", citation: "AlphaLLM's run script")
  static let rolloutTopP = Parameter(
    id: "rollout.topP", domain: .number(0.01...1), fallback: .number(1),
    help: "Nucleus of rollout sampling.", citation: "AlphaLLM's run script")
  static let rolloutMaximumTokens = Parameter(
    id: "rollout.maximumTokens", domain: .integer(1...65536), fallback: .integer(192),
    help: "Length cap of one fast rollout in tokens.", citation: "AlphaLLM's run script uses 1024")
  static let insertsRollouts = Parameter(
    id: "rollout.insert", domain: .flag, fallback: .flag(false),
    help: "The lines of each rollout become nodes at once, and what their ends are worth is backed up.",
    citation: "this program; widening line by line alone finishes few paths in a small budget")
}
