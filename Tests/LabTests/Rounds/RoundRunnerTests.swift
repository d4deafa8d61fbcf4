import Foundation
import Synchronization
import Testing
import Vocabulary
import Workspace

@testable import Lab

/// Rounds are driven stage by stage; wherever they are stopped, they go on there, and nothing is done twice.
struct RoundRunnerTests {
  /// Four items a stage, one by one.
  private struct FourItems: RoundStage {
    let name: RoundStageName
    var failsOnce: Mutable<Bool>?

    func run(_ round: RoundContext) async throws -> RoundStageReport {
      let kept: [String] = try round.items(name)
      for index in kept.count..<4 {
        try round.check()
        if index == 2, let fuse = failsOnce, fuse.value {
          fuse.value = false
          throw LabError.failed("the disk is \u{1B}[31mfull")
        }
        try round.append(["\(name.rawValue) \(index)"], to: name, first: index)
        round.tell(name, index + 1, of: 4)
      }
      var report = RoundStageReport()
      report.figures = [.init("items", 4)]
      return report
    }
  }

  private final class Mutable<Value: Sendable>: Sendable {
    private let state: Mutex<Value>
    init(_ value: Value) { state = Mutex(value) }
    var value: Value {
      get { state.withLock { $0 } }
      set { state.withLock { $0 = newValue } }
    }
  }

  private let folder: URL
  private let workspace: Workspace
  private let settings: Settings

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "rounds-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    workspace = try Workspace(path: folder.appending(path: "w.sqlite").path(percentEncoded: false), author: "ada")
    settings = Settings(workspace: workspace.path)
  }

  private static let stages = RoundStageName.allCases.map { FourItems(name: $0) }

  private func record(_ change: (inout RoundPlan) -> Void = { _ in }) throws -> RoundRecord {
    var plan = RoundPlan()
    change(&plan)
    return try workspace.createRound(series: "s", plan: CanonicalJSON.data(plan))
  }

  private func items(_ record: RoundRecord) throws -> [String] {
    try RoundStageName.allCases.flatMap { stage -> [String] in
      try workspace.items(of: record, stage: stage.rawValue).map { try CanonicalJSON.value(String.self, from: $0) }
    }
  }

  private func ends(_ record: RoundRecord) throws -> [RoundStageName] {
    try workspace.roundEvents(of: record).compactMap {
      if case .ended(let stage, _) = $0.content { stage } else { nil }
    }
  }

  private static let allItems = RoundStageName.allCases.flatMap { stage in (0..<4).map { "\(stage.rawValue) \($0)" } }

  @Test func everyStageIsDoneOnceInOrder() async throws {
    let record = try record()
    let state = try await RoundRunner(workspace, settings: settings, stages: Self.stages).run(record)
    #expect(state.whole == .kept)
    #expect(try items(record) == Self.allItems)
    #expect(try ends(record) == RoundStageName.allCases)
    #expect(try workspace.state(of: record) == state, "what is returned is what the journal says")
    // A finished round is not begun again.
    let again = try await RoundRunner(workspace, settings: settings, stages: Self.stages).run(record)
    #expect(again == state)
  }

  /// Stopped in the middle of each stage, and gone on with: the same items, no stage twice.
  @Test(arguments: RoundStageName.allCases)
  func aStoppedRoundGoesOnWhereItWas(_ stage: RoundStageName) async throws {
    let record = try record()
    let stop = Mutable(false)
    var control = RoundControl()
    control.isInterrupted = { stop.value }
    control.progress = { if $0.stage == stage, $0.done == 2 { stop.value = true } }
    let rested = try await RoundRunner(workspace, settings: settings, control: control, stages: Self.stages).run(record)
    #expect(rested.next == stage && rested.whole == .running)
    #expect(try workspace.itemCount(of: record, stage: stage.rawValue) == 2)
    let state = try await RoundRunner(workspace, settings: settings, stages: Self.stages).run(record)
    #expect(state.whole == .kept)
    #expect(try items(record) == Self.allItems)
    #expect(try ends(record) == RoundStageName.allCases)
  }

  @Test func aFailureIsKeptAndTriedAgain() async throws {
    let record = try record()
    var stages = Self.stages
    stages[4].failsOnce = Mutable(true)
    let failed = try await RoundRunner(workspace, settings: settings, stages: stages).run(record)
    #expect(failed.whole == .failed && failed.next == .commit)
    #expect(failed.failures[.commit] == "the disk is \u{1B}[31mfull".printable)
    #expect(failed.failures[.commit]?.contains("\u{1B}") == false)
    let state = try await RoundRunner(workspace, settings: settings, stages: stages).run(record)
    #expect(state.whole == .kept)
    #expect(try items(record) == Self.allItems)
  }

  @Test func whatItReadsMayNotChange() async throws {
    let record = try record()
    let stop = Mutable(false)
    var control = RoundControl()
    control.isInterrupted = { stop.value }
    control.progress = { if $0.stage == .filter, $0.done == 1 { stop.value = true } }
    _ = try await RoundRunner(workspace, settings: settings, control: control, stages: Self.stages).run(record)
    // Somebody writes another end of the search into the journal.
    var report = RoundStageReport()
    report.output = "another"
    try workspace.say(.ended(.search, report), of: record)
    let error = await #expect(throws: LabError.self) {
      try await RoundRunner(workspace, settings: settings, stages: Self.stages).run(record)
    }
    #expect(error?.description.contains("filter: what it reads has changed") == true)
  }

  @Test func onlyOneDrives() async throws {
    let record = try record()
    let writer = try workspace.drive(record)
    await #expect(throws: WorkspaceError.self) {
      try await RoundRunner(workspace, settings: settings, stages: Self.stages).run(record)
    }
    withExtendedLifetime(writer) {}
  }

  @Test func aSeriesGoesOnUntilItsLastRound() async throws {
    let problems = [LoadedProblem(problem: Problem(id: "p", question: "What is 2 + 3?", answer: "5"))]
    let heldOut = [Problem(id: "h", question: "What is 4 + 4?", answer: "8")]
    let improvement = Improvement(workspace, settings: settings, stages: Self.stages)
    let first = try improvement.begin(RoundPlan(), given: problems, heldOut: heldOut, series: "carrot")
    let (last, state) = try await improvement.run(first, rounds: 3)
    #expect(last.id == "carrot-3" && state.whole == .kept)
    #expect(try workspace.rounds().map(\.id) == ["carrot-1", "carrot-2", "carrot-3"])
    // A resumed series finds its rounds again instead of beginning others.
    let (again, _) = try await improvement.run(first, rounds: 3)
    #expect(again == last)
    #expect(try workspace.rounds().count == 3)
  }

  @Test func plansThatCannotBeCarriedOutAreRefused() throws {
    let improvement = Improvement(workspace, settings: settings, stages: Self.stages)
    let problem = LoadedProblem(problem: Problem(id: "p", question: "What is 2 + 3?", answer: "5"))
    let other = Problem(id: "h", question: "What is 4 + 4?", answer: "8")
    func refusal(
      _ heldOut: [Problem] = [other], given: [LoadedProblem] = [problem], _ change: (inout RoundPlan) -> Void = { _ in }
    ) -> String {
      var plan = RoundPlan()
      change(&plan)
      let error = #expect(throws: LabError.self) { try improvement.begin(plan, given: given, heldOut: heldOut) }
      return error?.description ?? ""
    }
    #expect(refusal([]).hasPrefix("--held-out: expected problems"))
    #expect(refusal([problem.problem]).contains("asks the same"))
    #expect(refusal([Problem(id: "h", question: "Why?")]).contains("problem h: answer: expected a reference answer"))
    #expect(refusal { $0.rule = "scor>1" }.hasPrefix("--rule 'scor>1': "))
    #expect(refusal { $0.arms = ["silver"] }.contains("--arms: expected some of gold"))
    #expect(refusal { $0.arms = ["gold"] }.contains("field 'solution'"))
    #expect(refusal { $0.skips = [.evaluate] }.contains("promote"))
    #expect(refusal(given: []).contains("--imagine"))
    #expect(try workspace.rounds().isEmpty, "nothing was kept")
  }
}
