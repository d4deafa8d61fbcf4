import Foundation
import Vocabulary
import Workspace

/// Drives one round: stage after stage, each kept when it is done, none done twice.
package struct RoundRunner: Sendable {
  /// The stages that this program has, in order.
  package static let stages: [any RoundStage] = [
    ImagineStage(), SearchStage(), FilterStage(), GateStage(), CommitStage(), ExportStage(), TrainStage(),
    EvaluateStage(), PromoteStage(),
  ]

  private let workspace: Workspace
  private let settings: Settings
  private let control: RoundControl
  private let stages: [any RoundStage]

  /// - Parameters:
  ///   - settings: how servers are spoken to, and whatever the plan does not say.
  ///   - stages: in order; others than ``stages`` for who replaces one.
  package init(
    _ workspace: Workspace, settings: Settings, control: RoundControl = RoundControl(),
    stages: [any RoundStage] = Self.stages
  ) {
    (self.workspace, self.settings, self.control, self.stages) = (workspace, settings, control, stages)
  }

  /// Goes on with a round until it ends, a person is waited for, or somebody interrupts it.
  ///
  /// - Returns: Where it stands then; ``RoundState/Whole/failed`` where a stage could not be done, which has been kept.
  /// - Throws: `WorkspaceError` where nothing can be kept or another process drives it.
  package func run(_ record: RoundRecord) async throws -> RoundState {
    let writer = try workspace.drive(record)
    let plan = try RoundPlan(of: record)
    var state = try workspace.state(of: record)
    try checkProblems(of: record, plan)
    func keep(_ content: RoundEvent.Content) throws {
      let event = RoundEvent(at: workspace.moment, who: workspace.author, content)
      try writer.append(CanonicalJSON.data(event))
      state.apply(event)
      control.event(event)
    }
    while [.running, .waiting, .failed].contains(state.whole), let next = state.next {
      let own = plan.commands[next].map { CommandStage(name: next, command: $0) as any RoundStage }
      guard let stage = own ?? stages.first(where: { $0.name == next })
      else { throw LabError.failed("round \(record.id): nothing does the stage \(next.rawValue)") }
      // Persons decide while others run: their words stand in the journal.
      state = try workspace.state(of: record)
      let inputs = try inputs(of: next, state, record)
      if let before = state.inputs[next], before != inputs {
        throw LabError.failed(
          "round \(record.id): \(next.rawValue): what it reads has changed since it was begun; begin another round")
      }
      try keep(.began(next, inputs: inputs))
      let began = ContinuousClock.now
      do {
        let context = RoundContext(
          record: record, plan: plan, state: state, workspace: workspace, control: control, settings: settings,
          writer: writer)
        var report = try await stage.run(context)
        report.seconds += (ContinuousClock.now - began) / .seconds(1)
        if report.output.isEmpty {
          report.output = Self.digest(try workspace.items(of: record, stage: next.rawValue))
        }
        try keep(.ended(next, report))
      } catch is RoundHalt {
        return state
      } catch let error as WorkspaceError where error.kind != .refused {
        throw error
      } catch {
        if control.isInterrupted() || error is CancellationError { return state }
        try keep(.failed(next, message: "\(error)".printable))
        return state
      }
    }
    return state
  }

  /// Throws where the series was cut off before all its problems were kept.
  private func checkProblems(of record: RoundRecord, _ plan: RoundPlan) throws {
    guard !plan.problemsDigest.isEmpty else { return }
    let (first, given) = try workspace.rows(RoundItems.given, of: record)
    let heldOut = try workspace.rows(RoundItems.heldOut, of: record).rows
    guard Improvement.digest(given, heldOut) == plan.problemsDigest else {
      throw LabError.failed("round \(first.id): it was cut off before its problems were kept; begin another series")
    }
  }

  /// SHA-256 over what a stage reads: the plan and what the stages before it made.
  private func inputs(of stage: RoundStageName, _ state: RoundState, _ record: RoundRecord) throws -> String {
    let before = RoundStageName.allCases.prefix { $0 != stage }.map { state.reports[$0]?.output ?? "" }
    return Self.digest([record.plan] + before.map { Data($0.utf8) })
  }

  private static func digest(_ parts: [Data]) -> String {
    SHA256.hex(parts.reduce(into: Data()) { $0 += Data(SHA256.hex($1).utf8) })
  }
}

extension RoundPlan {
  /// What was planned of `record`; what an earlier version did not know is as by default. Throws `LabError` where it cannot be read.
  package init(of record: RoundRecord) throws {
    do {
      try self.init(kept: record.plan)
    } catch {
      throw LabError.failed("round \(record.id): its plan is damaged: \(error)")
    }
  }

  init(kept plan: Data) throws {
    /// The members of `new` over those of `old`, objects member by member.
    func over(_ old: Any?, _ new: Any) -> Any {
      guard let old = old as? [String: Any], let new = new as? [String: Any] else { return new }
      return old.merging(new) { over($0, $1) }
    }
    let whole = over(
      try JSONSerialization.jsonObject(with: CanonicalJSON.data(RoundPlan())),
      try JSONSerialization.jsonObject(with: plan))
    self = try CanonicalJSON.value(RoundPlan.self, from: JSONSerialization.data(withJSONObject: whole))
  }
}

extension Workspace {
  /// What happened in a round, the oldest first. Throws `WorkspaceError`, `LabError` where an event cannot be read.
  package func roundEvents(of record: RoundRecord) throws -> [RoundEvent] {
    try RoundItems.read(events(of: record), of: record, "journal")
  }

  /// Where a round stands.
  package func state(of record: RoundRecord) throws -> RoundState {
    RoundState(try RoundPlan(of: record), try roundEvents(of: record))
  }

  /// Keeps a person's word on a round.
  package func say(_ content: RoundEvent.Content, of record: RoundRecord, who: String? = nil) throws {
    try append(CanonicalJSON.data(RoundEvent(at: moment, who: who ?? author, content)), to: record)
  }
}
