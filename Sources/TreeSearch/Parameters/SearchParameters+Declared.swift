extension SearchParameters {
  /// Every parameter of the engine, declared once: flags, config keys, the settings panel and references read this list.
  public static let declared: [Parameter] = [
    explorationConstant, explorationFactorTwo, importanceTolerance, rootMinimumWidth, rootMaximumWidth, minimumWidth,
    maximumWidth, maximumDepth, optionTemperature, optionTopP, optionMaximumTokens, greedyFirstChild, maximumDraws,
    minimumDistance, rolloutsPerNode, rolloutTemperature, rolloutMaximumTokens, simulationLimit, tokenLimit,
    secondsLimit, minimumTerminals, finalSelection,
  ]

  static let explorationConstant = Parameter(
    id: "selection.exploration", domain: .number(0...100), fallback: .number(1),
    help: "Exploration constant c of UCT.", citation: "AlphaLLM, table 5")
  static let explorationFactorTwo = Parameter(
    id: "selection.factorTwo", domain: .flag, fallback: .flag(false),
    help: "Put the factor 2 of UCB1 under the root.", citation: "AlphaLLM, eq. 1; its code leaves it out")
  static let importanceTolerance = Parameter(
    id: "width.tolerance", domain: .number(0.001...10), fallback: .number(0.1),
    help: "Branching tolerance ε; the importance scale is α = 1/ε for scores in [0, 1].",
    citation: "AlphaLLM, section 4.3.2")
  static let rootMinimumWidth = Parameter(
    id: "width.root.minimum", domain: .integer(1...1000), fallback: .integer(10),
    help: "Least number of children of the root, c_min(0).", citation: "AlphaLLM, table 5")
  static let rootMaximumWidth = Parameter(
    id: "width.root.maximum", domain: .integer(1...1000), fallback: .integer(60),
    help: "Greatest number of children of the root, c_max(0).", citation: "AlphaLLM, table 5")
  static let minimumWidth = Parameter(
    id: "width.minimum", domain: .integer(1...1000), fallback: .integer(2),
    help: "Least number of children below the root, c_min(t).", citation: "AlphaLLM, table 5")
  static let maximumWidth = Parameter(
    id: "width.maximum", domain: .integer(1...1000), fallback: .integer(10),
    help: "Greatest number of children below the root, c_max(t).", citation: "AlphaLLM, table 5")
  static let maximumDepth = Parameter(
    id: "depth.maximum", domain: .integer(1...1000), fallback: .integer(10),
    help: "Depth at which an option decodes straight to the end of the answer.", citation: "AlphaLLM's run script")
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
  static let maximumDraws = Parameter(
    id: "merge.draws", domain: .integer(1...100), fallback: .integer(5),
    help: "Draws tried for one child before its node is widened no more.", citation: "AlphaLLM's run script")
  static let minimumDistance = Parameter(
    id: "merge.distance", domain: .integer(0...1000), fallback: .integer(1),
    help: "Least edit distance of a new option to each sibling; 1 asks for different text, 0 switches the rule off.",
    citation: "AlphaLLM, section 4.3.2; its run script uses 20 for long lines")
  static let rolloutsPerNode = Parameter(
    id: "rollout.count", domain: .integer(0...64), fallback: .integer(4),
    help: "Fast rollouts for each new node, n.", citation: "AlphaLLM, section 4.3.3")
  static let rolloutTemperature = Parameter(
    id: "rollout.temperature", domain: .number(0...10), fallback: .number(1),
    help: "Sampling temperature of fast rollouts.", citation: "AlphaLLM's run script")
  static let rolloutMaximumTokens = Parameter(
    id: "rollout.maximumTokens", domain: .integer(1...65536), fallback: .integer(192),
    help: "Length cap of one fast rollout in tokens.", citation: "AlphaLLM's run script uses 1024")
  static let simulationLimit = Parameter(
    id: "limit.simulations", domain: .integer(1...1_000_000_000), fallback: .integer(40),
    help: "Stop after this many simulations.", citation: "AlphaLLM's run script")
  static let tokenLimit = Parameter(
    id: "limit.tokens", domain: .integer(0...1_000_000_000), fallback: .integer(0),
    help: "Stop when policy and rollouts have generated this many tokens; 0 means no limit.",
    citation: "TS-LLM's token budget")
  static let secondsLimit = Parameter(
    id: "limit.seconds", domain: .number(0...1e9), fallback: .number(0),
    help: "Stop after this many seconds of work; 0 means no limit.", citation: "–")
  static let minimumTerminals = Parameter(
    id: "limit.terminals", domain: .integer(0...1000), fallback: .integer(0),
    help: "Go on past the simulation limit, up to ten times, until this many answers stand in the tree.",
    citation: "AlphaLLM's run script uses 40")
  static let finalSelection = Parameter(
    id: "final.selection", domain: .word(FinalSelection.allCases.map(\.rawValue)), fallback: .word("rerank"),
    help: "Which of the five final selections is reported as the answer.", citation: "AlphaLLM's code")
}
