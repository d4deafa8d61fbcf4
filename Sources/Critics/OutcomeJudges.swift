import Vocabulary

/// Several judges of whole solutions as one: the mean of those that judge; where none does, how far answers agree.
public struct OutcomeJudges: Critic {
  /// The name that weights and events use.
  public let name = CriticName.orm
  /// Finished trajectories.
  public let scope = CriticScope.outcome
  /// One of the judges.
  public struct Judge: Sendable {
    let critic: any Critic
    let isOfUse: @Sendable () -> Bool

    /// A judge that is asked while `isOfUse`.
    public init(_ critic: any Critic, isOfUse: @escaping @Sendable () -> Bool = { true }) {
      (self.critic, self.isOfUse) = (critic, isOfUse)
    }
  }

  private let judges: [Judge]
  private let doubts = CriticDoubts()
  private let last = AgreementCritic()

  /// Makes one of `judges`; those that are of no use when they would be asked are left out.
  public init(_ judges: [Judge]) { self.judges = judges }

  /// Each state's mean, with what each judge says where there are several.
  ///
  /// - Throws: what may pass: a judge may judge a little later.
  public func score(_ states: [JudgedState]) async throws -> [Verdict] {
    var all: [[Verdict]] = []
    let asked = judges.filter { $0.isOfUse() }.map(\.critic)
    for judge in asked { all.append(try await doubts.ask(judge, about: states)) }
    let verdicts = asked.count == 1 ? all[0] : merged(asked, all, count: states.count)
    if verdicts.allSatisfy({ $0.score != nil }) { return verdicts }
    let agreement = try await last.score(states)
    return zip(verdicts, agreement).map { verdict, agreement in
      guard verdict.score == nil else { return verdict }
      let notes = [verdict.note, agreement.note].filter { !$0.isEmpty }
      return Verdict(
        score: agreement.score, note: notes.joined(separator: "; "), tokensRead: verdict.tokensRead,
        tokensReused: verdict.tokensReused)
    }
  }

  private func merged(_ asked: [any Critic], _ all: [[Verdict]], count: Int) -> [Verdict] {
    (0..<count).map { at in
      let given = zip(asked, all).map { (judge: $0.name, verdict: $1[at]) }
      let scores = given.compactMap(\.verdict.score)
      let notes = given.compactMap { $0.verdict.note.isEmpty ? nil : "\($0.judge): \($0.verdict.note)" }
      return Verdict(
        score: scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count), note: notes.joined(separator: "; "),
        tokensRead: given.reduce(0) { $0 + $1.verdict.tokensRead },
        tokensReused: given.reduce(0) { $0 + $1.verdict.tokensReused })
    }
  }
}
