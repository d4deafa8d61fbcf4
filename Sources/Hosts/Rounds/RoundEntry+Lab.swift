import Explorer
import Foundation
import Lab
import Models
import Vocabulary
import Workspace

extension RoundEntry {
  /// A round as the explorer shows it, of what its journal says. Complexity: O(events).
  init(_ record: RoundRecord, _ plan: RoundPlan, _ events: [RoundEvent], driver: RoundDriver) {
    self.init(id: record.id, series: record.series, number: record.number)
    let state = RoundState(plan, events)
    let waiting = state.isWaiting(by: plan)
    begun = String(record.created.prefix(16)).replacing("T", with: " ")
    self.driver = driver
    standing = RoundStanding(state, waiting: waiting != nil, driver: driver)
    for name in RoundStageName.allCases {
      stages[name] = StageEntry(name, of: state, waiting: waiting == name, driver: driver)
    }
    self.plan = plan.facts
    let filter = state.reports[.filter]
    candidates = filter?["trajectories"].map { Int($0.value) }
    accepted = (state.reports[.gate]?["accepted"] ?? filter?["passed"]).map { Int($0.value) }
    let evaluated = state.reports[.evaluate]
    before = evaluated?["greedy before"].map { RoundFigure($0) }
    after = evaluated?["greedy after"].map { RoundFigure($0) }
    gain = evaluated?["greedy gain"].map { RoundFigure($0) }
    reason = Self.reason(state, waiting)
    (approver, signer) = (state.approver, state.signer)
    losses = state.losses.map { LossPoint(step: $0.step, loss: $0.loss) }
    steps = state.steps
  }

  /// Why it stands where it stands.
  private static func reason(_ state: RoundState, _ waiting: RoundStageName?) -> String? {
    if let waiting { return waiting == .gate ? "the gate waits for a person" : "the promotion waits to be signed" }
    switch state.whole {
    case .failed: return state.next.map { "\($0.rawValue): \(state.failures[$0] ?? "failed")" }
    case .rejected: return state.rejection.map { "by \($0.who)" + ($0.note.isEmpty ? "" : ": \($0.note)") }
    case .promoted: return "every condition holds"
    case .kept:
      let fails = state.reports[.promote]?.remarks.first { $0.hasPrefix("fails") }
      return fails ?? (state.stages[.promote] == .skipped ? "nobody asked for a promotion" : nil)
    case .running, .waiting: return state.next.map { "at \($0.rawValue)" }
    }
  }
}

extension RoundStanding {
  /// Where a round stands, of what its journal says and who is at it.
  fileprivate init(_ state: RoundState, waiting: Bool, driver: RoundDriver) {
    switch state.whole {
    case .promoted: self = .promoted
    case .kept: self = .kept
    case .rejected: self = .refused
    case .failed: self = driver == .nobody ? .failed : .running
    case .running, .waiting: self = waiting ? .waiting : driver == .nobody ? .resting : .running
    }
  }
}

extension StageEntry {
  /// Where a stage stands.
  fileprivate init(_ name: RoundStageName, of state: RoundState, waiting: Bool, driver: RoundDriver) {
    self.init()
    switch state.stages[name] ?? .waiting {
    case .waiting: standing = .waiting
    case .begun: standing = driver == .nobody ? .resting : .running
    case .done: standing = .done
    case .failed: standing = .failed
    case .skipped: standing = .skipped
    }
    if waiting { standing = .asks }
    failure = state.failures[name]
    guard let report = state.reports[name] else { return }
    figures = report.figures.map { RoundFigure($0) }
    remarks = report.remarks
    (seconds, tokens) = (report.seconds, report.tokens)
  }
}

extension RoundFigure {
  /// A figure of a stage's report.
  init(_ figure: RoundStageReport.Figure) {
    self.init(figure.name, figure.value, interval: figure.interval, note: figure.note)
  }
}

extension RoundState {
  /// The stage that waits for a person; nil where none does.
  func isWaiting(by plan: RoundPlan) -> RoundStageName? {
    guard rejection == nil else { return nil }
    switch next {
    case .gate: return plan.gate == .person && approver == nil ? .gate : nil
    case .promote: return plan.isSigned && signer == nil ? .promote : nil
    default: return nil
    }
  }
}

extension RoundPlan {
  /// What it is to do, in a few lines.
  fileprivate var facts: [RoundFact] {
    func shown(_ models: [String]) -> String {
      models.isEmpty ? "the embedded one" : models.map { ServerModel.shown($0) }.joined(separator: ", ")
    }
    let imagination =
      imagined > 0 ? "\(imagined) imagined" + (kinds.isEmpty ? "" : " (\(kinds.joined(separator: ", ")))") : ""
    let sources = [searchesGiven ? "those given" : "", imagination].filter { !$0.isEmpty }
    let training =
      "\(trainer), \(recipe.epochs == 1 ? "1 epoch" : "\(recipe.epochs) epochs"), rate \(recipe.learningRate), from the \(base.rawValue) policy"
    let facts = [
      RoundFact("policy", shown(models.policy)), RoundFact("problems", sources.joined(separator: " and ")),
      RoundFact("rule", "\(rule), \(perProblem) of a problem at most"),
      RoundFact("gate", "\(gate.rawValue), audit \(Int((100 * audit).rounded())) %, \(auditTarget) of it right"),
      RoundFact("trainer", training),
      RoundFact("held out", "greedy and \(samples) samples" + (searches.isEmpty ? "" : ", searches of \(searches)")),
      RoundFact("seed", "\(seed)"),
    ]
    return facts + (arms.isEmpty ? [] : [RoundFact("arms", arms.joined(separator: ", "))])
      + (isSigned ? [RoundFact("promotion", "asks for a signature")] : [])
  }
}
