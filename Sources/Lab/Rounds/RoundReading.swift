import Foundation
import Vocabulary
import Workspace

/// What rounds have made, for whoever shows them.
extension Workspace {
  /// What `stage` of a round has made from place `first` on. Throws `WorkspaceError`, `LabError` where an item cannot be read.
  package func items<Item: Decodable>(
    of record: RoundRecord, _ stage: RoundStageName, from first: Int = 0, as type: Item.Type = Item.self
  ) throws -> [Item] {
    try RoundItems.read(
      items(of: record, stage: stage.rawValue, from: first), of: record, stage.rawValue, from: first)
  }

  /// The problems of a round by id: those that its series was given, those that it is measured on, those that it has imagined.
  ///
  /// Complexity: O(problems). Throws `WorkspaceError`, `LabError` where one cannot be read.
  package func problems(of record: RoundRecord) throws -> [String: Problem] {
    var all: [String: Problem] = [:]
    for list in [RoundItems.given, RoundItems.heldOut] {
      for problem in try self.list(list, of: record) as [Problem] {
        all[problem.id] = problem
      }
    }
    for prompt in try items(of: record, .imagine, as: ImaginedPrompt.self) {
      all[prompt.id] = Problem(id: prompt.id, question: prompt.text, answer: prompt.answer)
    }
    return all
  }

  /// How far the stage at work has come, by what it has kept so far: for those who look on while another process is at it. Nil
  /// where no stage is, or what it keeps does not tell.
  ///
  /// Complexity: O(items). Throws `WorkspaceError`.
  package func progress(of record: RoundRecord, _ plan: RoundPlan, _ state: RoundState) throws -> RoundProgress? {
    guard let stage = state.next, state.stages[stage] == .begun else { return nil }
    func progress(_ done: Int, of all: Int, _ note: String = "") -> RoundProgress {
      RoundProgress(round: record.id, stage: stage, done: done, all: all, note: note)
    }
    func kept() throws -> Int { try itemCount(of: record, stage: stage.rawValue) }
    func listed(_ list: String) throws -> Int { try itemCount(of: round("\(record.series)-1"), stage: list) }
    switch stage {
    case .imagine: return progress(try kept(), of: 0)
    case .search:
      let given = plan.searchesGiven ? try listed(RoundItems.given) : 0
      return progress(try kept(), of: given + Int(state.reports[.imagine]?["accepted"]?.value ?? 0))
    case .train:
      guard let (step, loss) = state.losses.last else { return nil }
      return progress(step, of: state.steps ?? 0, "loss \(FixedNumber.text(loss, decimals: 3, none: "–"))")
    case .evaluate: return progress(try kept(), of: try listed(RoundItems.heldOut) * (2 + plan.arms.count))
    case .filter, .gate, .commit, .export, .promote: return nil
    }
  }

  /// What changed on the held-out problems from the policy that round `a` left behind to that of `b`: each problem with both trials,
  /// and the gain with its interval.
  ///
  /// Throws `LabError` where a round was not evaluated; `WorkspaceError`.
  package func trials(_ a: RoundRecord, _ b: RoundRecord) throws -> (
    pairs: [(before: RoundTrial, after: RoundTrial)], figures: [RoundStageReport.Figure]
  ) {
    let changes = try changes(a, b)
    func trials(_ round: RoundRecord, _ arm: String) throws -> [RoundTrial] {
      try items(of: round, .evaluate, as: RoundTrial.self).filter { $0.arm == arm }
    }
    let others = Dictionary(try trials(b, "after").map { ($0.problem, $0) }) { first, _ in first }
    let pairs = try trials(a, a.id == b.id ? "before" : "after").compactMap { before in
      others[before.problem].map { (before: before, after: $0) }
    }
    let gain = Statistics.paired(pairs.map { $0.after.isRight ? 1 : 0 }, minus: pairs.map { $0.before.isRight ? 1 : 0 })
    return (pairs, [.init("gain", gain), .init("exact McNemar p", changes.table.p)])
  }
}
