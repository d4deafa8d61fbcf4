/// Named sets of engine parameters.
///
/// A preset says only what differs from the declared defaults, so that its difference from another can be read off.
public enum Preset: String, CaseIterable, Sendable {
  /// ηMCTS in its paper form with the paper's constants, scores in [0, 1].
  case alphallm
  /// TS-LLM's MCTS: PUCT, all children at once on the second visit, no rollouts.
  case tsLLM = "ts-llm"
  /// TS-LLM's MCTS-Rollout: a simulation goes on to a terminal.
  case tsLLMRollout = "ts-llm-rollout"
  /// TS-LLM's beam search (BFS-V).
  case tsLLMBeam = "ts-llm-beam"
  /// TS-LLM's depth-first search with pruning (DFS-V).
  case tsLLMDepthFirst = "ts-llm-dfs"
  /// Textbook UCT: fixed width, UCB1's factor, no merge.
  case vanilla
  /// Sequential halving of the first steps with Gumbel draws; every simulation ends at an answer.
  case gumbel
  /// Selection and widening by what is left of the budget (BG-MCTS).
  case budgetGuided = "bg-mcts"
  /// Wider or deeper by Thompson sampling (AB-MCTS).
  case adaptiveBranching = "ab-mcts"
  /// LiteSearch's greedy descent by value, with its width by value and depth.
  case liteSearch = "litesearch"
  /// ReST-MCTS*'s search: three children at once, UCB1's factor, a greedy completion of each.
  case restMCTS = "rest-mcts"
  /// The best found on the development problems.
  case etascope
  /// Picks a preset after the first answers, by how hard the problem looks.
  case auto

  /// The names, the default first.
  public static let names = allCases.map(\.rawValue)

  /// The parameters of a preset; nil names the default. Throws ``ParameterError`` for an unknown name.
  public static func named(_ name: String?) throws -> SearchParameters {
    guard let preset = Preset(rawValue: name ?? Preset.alphallm.rawValue) else {
      throw ParameterError(
        description: "unknown preset '\(name ?? "")'; expected one of \(names.joined(separator: ", "))")
    }
    var parameters = SearchParameters()
    for (id, value) in preset.settings { try parameters.set(id, to: value) }
    return parameters
  }

  /// What the preset changes, in words; empty for the defaults.
  public var words: String { settings.map { "\($0.id)=\($0.value)" }.joined(separator: " ") }

  /// Every parameter that a preset changes: to go from one to another, they are what has to be set. In order of declaration.
  package static let governed: [Parameter] = {
    let ids = Set(allCases.flatMap { $0.settings.map(\.id) })
    return SearchParameters.declared.filter { ids.contains($0.id) }
  }()

  /// What the preset changes, as a user would type it.
  var settings: [(id: String, value: String)] {
    let tsLLM = [
      ("selection.rule", "puct"), ("width.rule", "allAtOnce"), ("rollout.count", "0"), ("option.greedyFirst", "false"),
      ("option.temperature", "1"), ("merge.draws", "1"), ("depth.maximum", "8"),
    ]
    let completing = [("rollout.insert", "true"), ("rollout.count", "1"), ("rollout.temperature", "0.8")]
    switch self {
    case .alphallm: return []
    case .tsLLM: return tsLLM
    case .tsLLMRollout: return tsLLM + [("search.toTerminal", "true")]
    case .tsLLMBeam: return tsLLM + [("search.traversal", "beam")]
    case .tsLLMDepthFirst: return tsLLM + [("search.traversal", "depthFirst")]
    case .vanilla:
      return [
        ("selection.factorTwo", "true"), ("width.rule", "fixed"), ("width.fixed", "4"), ("merge.rule", "off"),
        ("option.greedyFirst", "false"),
      ]
    case .gumbel:
      return [("selection.rule", "halving")] + completing + [("selection.exploration", "0.3")]
    case .budgetGuided:
      return [("selection.rule", "budget")] + completing + [("selection.exploration", "1.4142")]
    case .adaptiveBranching: return [("selection.rule", "thompson")] + completing
    case .liteSearch:
      return [
        ("selection.exploration", "0"), ("width.rule", "valueDepth"), ("width.fixed", "10"), ("rollout.count", "0"),
        ("option.greedyFirst", "false"), ("merge.draws", "1"),
      ]
    case .restMCTS:
      return [
        ("selection.factorTwo", "true"), ("selection.exploration", "0.7"), ("width.rule", "allAtOnce"),
        ("width.fixed", "3"), ("rollout.count", "1"), ("rollout.temperature", "0"), ("option.temperature", "0.7"),
        ("option.greedyFirst", "false"), ("merge.draws", "1"),
      ]
    case .etascope: return completing + [("width.root.minimum", "2"), ("selection.exploration", "0.3")]
    case .auto:
      // The first answers are drawn from the root, each by itself.
      return completing + [
        ("width.root.minimum", "4"), ("selection.exploration", "0.3"), ("auto.samples", "4"),
      ]
    }
  }
}
