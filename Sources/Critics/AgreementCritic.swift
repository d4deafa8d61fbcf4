import Vocabulary

/// How far a solution's answer agrees with those of the run's rollouts (self-consistency, Wang et al., 2022): (a + 1) / (n + 2)
/// where a of n others say the same, Laplace's rule of succession, so that a first answer is a coin's.
///
/// It asks nobody: what it counts was drawn anyhow. Answers are compared by value.
public struct AgreementCritic: Critic {
  /// The name that weights and events use.
  public let name: String
  /// Finished trajectories.
  public let scope = CriticScope.outcome

  /// Makes a critic.
  public init(_ name: String = CriticName.agreement) { self.name = name }

  /// Votes of the run so far, and of the other solutions of the call that answer the same question.
  public func score(_ states: [JudgedState]) async throws -> [Verdict] {
    let answers = states.map(\.statedAnswer)
    var votes: [String: AnswerVote] = [:]
    for (state, answer) in zip(states, answers) {
      let question = state.question
      if votes[question] == nil {
        var vote = AnswerVote()
        // In an order of their own: which spelling comes first is not to depend on a dictionary's.
        for (answer, count) in state.tools.answers.sorted(by: { $0.key < $1.key }) {
          vote.add(answer) { $0 + Double(count) }
        }
        votes[question] = vote
      }
      if let answer { votes[question]?.add(answer) { $0 + 1 } }
    }
    return zip(states, answers).map { state, answer in
      guard var vote = votes[state.question] else { return Verdict(score: nil) }
      let all = vote.weights.reduce(0, +)
      guard let answer else { return all > 0 ? Verdict(score: 0, note: "states no answer") : Verdict(score: nil) }
      // Its own vote, which was given above, is no agreement.
      let group = vote.add(answer) { $0 - 1 }
      let (others, same) = (all - 1, vote.weights[group])
      guard others > 0 else { return Verdict(score: nil, note: "there is no other answer yet") }
      return Verdict(
        score: (same + 1) / (others + 2), note: "\(Int(same)) of \(Int(others)) other rollouts say the same")
    }
  }
}
