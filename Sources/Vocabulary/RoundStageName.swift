/// The stages of a round in their order.
public enum RoundStageName: String, Codable, Sendable, CaseIterable, CodingKeyRepresentable {
  case imagine, search, filter, gate, commit, export, train, evaluate, promote

  /// What it does, in a few words.
  public var help: String {
    switch self {
    case .imagine: "new questions, each checked"
    case .search: "a tree for every question"
    case .filter: "which trajectories are worth learning from"
    case .gate: "who lets them in: a rule or a person"
    case .commit: "into the dataset"
    case .export: "rows for the trainer"
    case .train: "another policy"
    case .evaluate: "before and after, on problems held out"
    case .promote: "whether the next round begins from it"
    }
  }

  /// The stage `steps` further on, as far as there are stages.
  public func moved(by steps: Int) -> RoundStageName {
    let all = Self.allCases
    let at = all.firstIndex(of: self) ?? 0
    return all[max(0, min(at + steps, all.count - 1))]
  }
}
