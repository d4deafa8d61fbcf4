import Vocabulary

/// The answers that stand in a tree, counted by value: what a forecast reads of it.
public struct AnswerTally: Sendable, Equatable {
  /// The trajectories that state one answer.
  public struct Group: Sendable, Equatable {
    /// Its first spelling.
    public let answer: String
    /// How many state it, ≥ 1.
    public fileprivate(set) var votes = 0
    /// The sum of their scores; under `evidence` of what their votes weigh.
    public fileprivate(set) var weight = 0.0
    /// The greatest of their scores.
    public fileprivate(set) var best = 0.0
  }

  /// The answers, in order of appearance.
  public private(set) var groups: [Group] = []
  /// The place of the answer that the run's own final selection chooses; nil where there is none.
  public private(set) var leader: Int?
  /// How many trajectories have the greatest score there is.
  public private(set) var leaders = 0
  /// That selection.
  public let selection: FinalSelection
  /// Simulations made, and the tokens they generated.
  public let simulations, tokens: Int

  /// The answers of `tree`. Complexity: O(nodes).
  public init(_ tree: SearchTree) {
    (selection, simulations, tokens) = (tree.finalSelection, tree.simulations, tree.usage.generated)
    var names = AnswerGroups(among: tree.header.problem.choices)
    let candidates = tree.candidates()
    let most = candidates.map(\.score).max()
    let evidence = selection == .evidence ? VoteWeight(selection, tree.parameters) : nil
    for candidate in candidates {
      let at = names.index(of: candidate.answer)
      if at == groups.count { groups.append(Group(answer: names.spellings[at])) }
      groups[at].votes += 1
      groups[at].weight += evidence?(candidate, in: tree) ?? candidate.score
      groups[at].best = max(groups[at].best, candidate.score)
      if candidate.score == most { leaders += 1 }
    }
    leader = candidates.isEmpty ? nil : tree.chosen.map { names.index(of: $0.answer) }
  }

  /// A tally with its fields as given, for arithmetic by itself.
  package init(
    votes: [Int], scores: [Double]? = nil, leader: Int = 0, selection: FinalSelection = .majority, simulations: Int,
    tokens: Int = 0
  ) {
    (self.selection, self.simulations, self.tokens, self.leader) = (selection, simulations, tokens, leader)
    groups = votes.enumerated().map { place, votes in
      let score = scores?[place] ?? 1
      return Group(answer: "\(place)", votes: votes, weight: score * Double(votes), best: score)
    }
    let most = groups.map(\.best).max()
    leaders = groups.reduce(0) { $0 + ($1.best == most ? $1.votes : 0) }
  }

  /// Trajectories that state an answer, n.
  public var trajectories: Int { groups.reduce(0) { $0 + $1.votes } }

  /// Answers seen exactly once, f₁.
  var singletons: Int { groups.count { $0.votes == 1 } }

  /// How many more trajectories `more` simulations will finish at the rate so far.
  func trajectories(of more: Int) -> Int {
    let rate = Double(trajectories) / Double(max(1, simulations))
    return Int((rate * Double(max(0, more))).rounded())
  }
}
