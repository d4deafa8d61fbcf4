extension SearchParameters {
  static let selectionParameters = [
    traversal, selectionRule, explorationConstant, explorationFactorTwo, puctBase, puctInitial, puctProcessWeight,
    firstPlay, firstPlayReduction, beamWidth, pruneBelow, runsToTerminal,
  ]

  package static let traversal = Parameter(
    id: "search.traversal", domain: .word(TraversalRule.names), fallback: .word("tree"),
    help: "How the next node is found: tree search by selection scores, beam search level by level, or depth first.",
    citation: "TS-LLM, section 3.3")
  static let selectionRule = Parameter(
    id: "selection.rule", domain: .word(SelectionRule.names), fallback: .word("uct"),
    help: "Selection score of a child: UCT without prior, or PUCT with the policy's prior.",
    citation: "AlphaLLM, eq. 1; TS-LLM's code for PUCT")
  static let explorationConstant = Parameter(
    id: "selection.exploration", domain: .number(0...100), fallback: .number(1),
    help: "Exploration constant c of UCT.", citation: "AlphaLLM, table 5")
  static let explorationFactorTwo = Parameter(
    id: "selection.factorTwo", domain: .flag, fallback: .flag(false),
    help: "Put the factor 2 of UCB1 under the root.", citation: "AlphaLLM, eq. 1; its code leaves it out")
  static let puctBase = Parameter(
    id: "selection.puct.base", domain: .number(1...1e9), fallback: .number(19652),
    help: "c_base of PUCT: visits at which exploration begins to grow.", citation: "TS-LLM's code, after AlphaZero")
  static let puctInitial = Parameter(
    id: "selection.puct.initial", domain: .number(0...100), fallback: .number(1.25),
    help: "c_init of PUCT: exploration at few visits.", citation: "TS-LLM's code, after AlphaZero")
  static let puctProcessWeight = Parameter(
    id: "selection.puct.prm", domain: .number(0...10), fallback: .number(0),
    help: "Weight of a child's PRM score that PUCT adds to its Q.",
    citation: "TS-LLM's code uses 0.5 where it has a PRM")
  static let firstPlay = Parameter(
    id: "selection.firstPlay", domain: .word(FirstPlay.names), fallback: .word("value"),
    help: "Q of a child before its first backup: its own reward, or its parent's Q less a reduction.",
    citation: "TS-LLM's code (value); KataGo and Leela Chess Zero (parent)")
  static let firstPlayReduction = Parameter(
    id: "selection.firstPlay.reduction", domain: .number(0...1), fallback: .number(0.2),
    help: "What first-play urgency takes off the parent's Q.", citation: "Leela Chess Zero, FpuReduction")
  static let beamWidth = Parameter(
    id: "search.beam.width", domain: .integer(1...1000), fallback: .integer(3),
    help: "Nodes of one depth that beam search keeps.", citation: "TS-LLM's BFS-V")
  static let pruneBelow = Parameter(
    id: "search.depthFirst.threshold", domain: .number(0...1), fallback: .number(0.2),
    help: "Depth-first search does not enter a node whose reward is below this.", citation: "TS-LLM's DFS-V")
  static let runsToTerminal = Parameter(
    id: "search.toTerminal", domain: .flag, fallback: .flag(false),
    help: "A simulation goes on below the node it widened until it reaches a terminal, and backs that up.",
    citation: "TS-LLM's MCTS-Rollout")
}
