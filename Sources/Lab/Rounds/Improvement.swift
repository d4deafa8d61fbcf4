import Foundation
import Training
import TreeInsight
import Vocabulary
import Workspace

/// A series of rounds: each searches with the policy that the one before left behind.
package struct Improvement: Sendable {
  private let workspace: Workspace
  private let control: RoundControl
  private let runner: RoundRunner

  /// - Parameters:
  ///   - settings: how servers are spoken to, and whatever a plan does not say.
  ///   - stages: in order; others than ``RoundRunner/stages`` for who replaces one.
  package init(
    _ workspace: Workspace, settings: Settings, control: RoundControl = RoundControl(),
    stages: [any RoundStage] = RoundRunner.stages
  ) {
    (self.workspace, self.control) = (workspace, control)
    runner = RoundRunner(workspace, settings: settings, control: control, stages: stages)
  }

  /// Begins a series: its problems and those it is measured on are kept with its first round.
  ///
  /// - Parameters:
  ///   - given: what is searched, and imagined from.
  ///   - heldOut: what policies are measured on, each with a reference answer; none of it is searched or imagined from.
  ///   - series: its name, of letters, digits and `-`; nil for one that follows from the moment.
  /// - Throws: `LabError` for a plan that cannot be carried out, `WorkspaceError`.
  package func begin(
    _ plan: RoundPlan, given: [LoadedProblem], heldOut: [Problem], series: String? = nil
  ) throws -> RoundRecord {
    try Self.check(plan, given: given, heldOut: heldOut)
    let rows = (try given.map { try CanonicalJSON.data($0.problem) }, try heldOut.map { try CanonicalJSON.data($0) })
    var plan = try plan.withoutSecrets()
    plan.problemsDigest = Self.digest(rows.0, rows.1)
    let name = series ?? "round-" + plan.problemsDigest.prefix(4) + "-" + Self.stamp(workspace.moment)
    if try workspace.rounds().contains(where: { $0.series == name }) {
      throw LabError.settings("--name: there is a series '\(name)' already; `round resume` goes on with it")
    }
    let record = try workspace.createRound(series: name, plan: CanonicalJSON.data(plan))
    let writer = try workspace.drive(record)
    try writer.append(rows.0, stage: RoundItems.given, first: 0)
    try writer.append(rows.1, stage: RoundItems.heldOut, first: 0)
    if plan.arms.contains(RoundArm.gold.rawValue) {
      let solutions = try given.map { try CanonicalJSON.data($0.text("solution")) }
      try writer.append(solutions, stage: RoundItems.solutions, first: 0)
    }
    return record
  }

  /// Drives `record`, and then up to `rounds` rounds of its series in all, each when the one before it has come to its end.
  ///
  /// - Returns: Where the last one stands.
  /// - Throws: `WorkspaceError`, `LabError` where nothing can be kept or a round's own records cannot be read.
  package func run(_ record: RoundRecord, rounds: Int) async throws -> (record: RoundRecord, state: RoundState) {
    var record = record
    while true {
      let state = try await runner.run(record)
      guard [.promoted, .kept].contains(state.whole), record.number < rounds, !control.isInterrupted() else {
        return (record, state)
      }
      record = try next(after: record, state)
    }
  }

  /// The round behind `record`: the one that is there already, or a new one.
  private func next(after record: RoundRecord, _ state: RoundState) throws -> RoundRecord {
    if let known = try workspace.rounds().first(where: {
      $0.series == record.series && $0.number == record.number + 1
    }) {
      return known
    }
    var plan = try RoundPlan(of: record)
    if state.whole == .promoted { plan.models.policy = plan.trainedPolicy(of: record, in: workspace) }
    return try workspace.createRound(series: record.series, plan: CanonicalJSON.data(plan.withoutSecrets()))
  }

  /// Whether `plan` can be carried out at all: said before anything is kept.
  ///
  /// - Throws: `LabError` with the flag that is to blame, and what was expected.
  package static func check(_ plan: RoundPlan, given: [LoadedProblem], heldOut: [Problem]) throws {
    do {
      _ = try TrajectoryRule(plan.rule)
    } catch {
      throw LabError.settings("--rule '\(plan.rule)': \(error)")
    }
    for stage in plan.commands.keys where !CommandStage.replaceable.contains(stage) {
      let known = CommandStage.replaceable.map(\.rawValue).joined(separator: ", ")
      throw LabError.settings("--stage: expected one of \(known), found \(stage.rawValue)")
    }
    _ = try plan.withoutSecrets()
    for arm in plan.arms { _ = try RoundArm.named(arm) }
    if plan.arms.contains(RoundArm.gold.rawValue), !given.contains(where: { $0.text("solution") != nil }) {
      throw LabError.settings("--arms gold: expected problems with a field 'solution'")
    }
    let measures = !plan.skips.contains(.evaluate)
    if measures, heldOut.isEmpty {
      throw LabError.settings("--held-out: expected problems to measure the policies on; --skip evaluate does without")
    }
    if measures, let bad = heldOut.first(where: { $0.answer == nil }) {
      throw LabError.settings("--held-out: problem \(bad.id): answer: expected a reference answer to compare with")
    }
    if plan.skips.contains(.evaluate), !plan.skips.contains(.promote) {
      throw LabError.settings("--skip evaluate: expected promote to be skipped as well, which asks for a measured gain")
    }
    let questions = Dictionary(given.map { ($0.problem.question, $0.problem.id) }) { first, _ in first }
    if let leak = heldOut.first(where: { questions[$0.question] != nil }) {
      throw LabError.settings(
        "--held-out: problem \(leak.id): expected none that is searched: problem \(questions[leak.question] ?? "") asks the same"
      )
    }
    if given.isEmpty, plan.imagined == 0 {
      throw LabError.settings("expected problems to search, or --imagine N for questions that the policy writes")
    }
    if !plan.skips.contains(.train) {
      _ = try plan.base(in: DataFolder.locate())
      do {
        try plan.recipe.validate()
        try Trainers.named(plan.trainer).requirePrograms()
      } catch let error as TrainingError {
        throw LabError.settings("--trainer: \(error)")
      }
    }
  }

  /// SHA-256 over the problems of a series.
  static func digest(_ given: [Data], _ heldOut: [Data]) -> String {
    SHA256.hex(
      [given, heldOut].reduce(into: Data()) { sum, rows in
        for row in rows { sum += Data(SHA256.hex(row).utf8) }
        sum += Data("|".utf8)
      })
  }

  /// A moment as part of a name: its digits from the month to the second.
  private static func stamp(_ moment: String) -> String { String(moment.filter(\.isNumber).dropFirst(4).prefix(10)) }
}

extension RoundPlan {
  /// The policy that a round of this plan leaves behind, as `--model` takes it.
  package func trainedPolicy(of record: RoundRecord, in workspace: Workspace) -> [String] {
    models.served ?? [workspace.folder(of: record).appending(path: "model").path(percentEncoded: false)]
  }

  /// The folder that its training begins from. Throws `LabError` where that is no folder.
  func base(in data: DataFolder) throws -> String {
    let spec = base == .first ? models.first : models.policy
    if spec.isEmpty { return data.models.appending(path: "policy").path(percentEncoded: false) }
    guard case .folder(let path) = try ModelSpec(spec, flag: "--model") else {
      throw LabError.settings(
        "--base-model: expected the folder that training begins from, for a policy that is served")
    }
    return path
  }
}

extension Workspace {
  /// The folder for what is too large for the workspace: exports and models of a round.
  package func folder(of round: RoundRecord) -> URL { URL(filePath: path + ".rounds").appending(path: round.id) }
}
