extension SearchParameters {
  static let limitParameters = [
    simulationLimit, nodeLimit, tokenLimit, policyTokenLimit, rolloutTokenLimit, criticTokenLimit, secondsLimit,
    settledLimit, minimumTerminals,
  ]

  static let simulationLimit = Parameter(
    id: "limit.simulations", domain: .integer(1...1_000_000_000), fallback: .integer(40),
    help: "Stop after this many simulations.", citation: "AlphaLLM's run script")
  static let nodeLimit = Parameter(
    id: "limit.nodes", domain: .integer(0...1_000_000_000), fallback: .integer(0),
    help: "Stop when the tree has this many nodes; 0 means no limit.", citation: "AlphaLLM, table 7 counts nodes")
  static let tokenLimit = Parameter(
    id: "limit.tokens", domain: .integer(0...1_000_000_000), fallback: .integer(0),
    help: "Stop when policy and rollouts have generated this many tokens; 0 means no limit.",
    citation: "TS-LLM's token budget")
  static let policyTokenLimit = Parameter(
    id: "limit.tokens.policy", domain: .integer(0...1_000_000_000), fallback: .integer(0),
    help: "Stop when the policy has generated this many tokens; 0 means no limit.", citation: "–")
  static let rolloutTokenLimit = Parameter(
    id: "limit.tokens.rollout", domain: .integer(0...1_000_000_000), fallback: .integer(0),
    help: "Stop when the rollout model has generated this many tokens; 0 means no limit.", citation: "–")
  static let criticTokenLimit = Parameter(
    id: "limit.tokens.critic", domain: .integer(0...1_000_000_000), fallback: .integer(0),
    help: "Stop when critics have read this many tokens; 0 means no limit.", citation: "–")
  static let secondsLimit = Parameter(
    id: "limit.seconds", domain: .number(0...1e9), fallback: .number(0),
    help: "Stop after this many seconds of work; 0 means no limit.", citation: "–")
  static let settledLimit = Parameter(
    id: "limit.settled", domain: .flag, fallback: .flag(false),
    help: "Stop when the remaining simulations cannot change the answer that the final selection reports.",
    citation: "asked for in llm-reasoners, pull request 163")
  static let minimumTerminals = Parameter(
    id: "limit.terminals", domain: .integer(0...1000), fallback: .integer(0),
    help: "Go on past the simulation limit, up to ten times, until this many answers stand in the tree.",
    citation: "AlphaLLM's run script uses 40")
}
