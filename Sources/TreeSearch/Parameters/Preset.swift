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
  /// The best found on the development problems.
  case etascope

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
    case .etascope:
      return [
        ("rollout.insert", "true"), ("rollout.count", "1"), ("rollout.temperature", "0.8"),
        ("width.root.minimum", "2"), ("selection.exploration", "0.3"),
      ]
    }
  }
}
