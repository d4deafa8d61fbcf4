import Critics
import Foundation
import Models
import Runs
import TreeInsight
import TreeSearch
import Vocabulary
import Workspace

/// Everything that runs of the same settings share: models and critics loaded once, parameters, the workspace.
public struct RunSetup: Sendable {
  /// Where runs are kept; nil for those who keep none.
  public let workspace: Workspace?
  package private(set) var models: ModelSet
  package private(set) var parameters: SearchParameters
  package let critics: [CriticWeight]
  private let selection: ModelSelection
  private let seed: UInt64
  /// What watchdogs do; nil where nobody said it, and each command has its own default.
  package let watchdogs: WatchdogMode?

  /// Loads the models that `settings` name and opens the workspace.
  ///
  /// - Throws: `LabError` for settings that cannot be used; errors of models, servers and the workspace as they are.
  public init(_ settings: Settings) async throws { try await self.init(settings, keeps: true) }

  /// Loads what `settings` name. Arguments are checked before anything slow happens.
  ///
  /// - Parameters:
  ///   - keeps: false for commands that write nothing to the workspace.
  ///   - other: whose servers of GGUF files are used.
  ///   - models: the models, where they have been loaded already.
  ///   - connects: false where servers are to be spoken to later, when they are needed.
  package init(
    _ settings: Settings, keeps: Bool, beside other: RunSetup? = nil, models: ModelSet? = nil,
    connects: Bool = true
  ) async throws {
    parameters = settings.parameters
    selection = settings.models
    seed = settings.seed
    watchdogs = settings.watchdogs
    critics = settings.critics
    if let objection = parameters.calibrations.objection(to: critics) { throw LabError.settings(objection) }
    self.models = try models ?? ModelSet(settings.models, beside: other?.models)
    if connects { try await self.models.connect(for: parameters) }
    workspace = keeps ? try Workspace(path: settings.workspace, author: settings.author) : nil
  }

  /// The same with models of its own, on a thread of its own, where they compute in this process.
  private func lane(_ number: Int) throws -> RunSetup {
    var lane = self
    let thread = models.areServed ? nil : LaneThread(label: "lane \(number)")
    lane.models = try ModelSet(selection, beside: models, on: thread)
    return lane
  }

  /// As many sets of models as can work at once: servers are shared, what computes in this process is not.
  package func lanes(for jobs: Int) throws -> [RunSetup] {
    let most = models.areServed ? min(jobs, ProcessInfo.processInfo.activeProcessorCount) : jobs
    if most <= 1 { return [self] }
    return try models.areServed ? [self] + (1..<most).map(lane) : (0..<most).map(lane)
  }

  /// The same with so many simulations a problem, ≥ 1. Throws ``ParameterError``.
  func simulating(_ simulations: Int) throws -> RunSetup {
    var setup = self
    try setup.parameters.set(SearchParameters.simulationLimit, to: simulations)
    return setup
  }

  /// Changes the parameters of runs that begin from now on.
  mutating func changeParameters(_ change: (inout SearchParameters) throws -> Void) throws { try change(&parameters) }

  /// The header of a new run of `problem`; nil leaves what the settings say, without critics that have nothing to do.
  package func header(
    _ problem: Problem, seed: UInt64? = nil, parameters: SearchParameters? = nil, critics: [CriticWeight]? = nil
  ) -> RunHeader {
    var problem = problem
    // What the policy is asked for decides where its answers stand; a run's own record says so to whoever reads it.
    if !models.policy.answerMarkers.isEmpty { problem.answerMarkers = models.policy.answerMarkers }
    return RunHeader(
      problem: problem, seed: seed ?? self.seed, parameters: parameters ?? self.parameters,
      critics: critics ?? models.critics(of: self.critics, for: problem), models: models.names,
      version: EtascopeVersion.current)
  }

  /// Searches one problem to its limit, journaled in the workspace. A search that cannot go on ends there, and its result has
  /// the error. Throws `LabError` where a breakpoint fires or a watchdog pauses the run, and where nothing can be kept;
  /// watchdogs only speak unless they were told to.
  package func search(_ problem: Problem, control: SearchControl = SearchControl()) async throws -> SearchResult {
    guard let workspace else { throw LabError.failed("this command has no workspace") }
    let header = header(problem)
    var run = control.resumes ? try workspace.run(of: header) : nil
    // What failed before anything was drawn has nothing to go on from.
    if control.retriesFailed, let old = run {
      let tree = try workspace.tree(of: old.id)
      if tree.stopReason == .failed, tree.nodes.count == 1 { run = nil }
    }
    return try await search(run ?? workspace.createRun(header), control: control)
  }

  /// The same with a run of the workspace; one that has reached its limit is left as it is.
  package func search(_ record: RunRecord, control: SearchControl = SearchControl()) async throws -> SearchResult {
    guard let workspace else { throw LabError.failed("this command has no workspace") }
    let problem = record.header.problem
    let meter = PromptMeter()
    control.pulse?.follow(meter)
    let live = try LiveRun(
      record, in: workspace, responder: models.responder(meter: meter), watchdogs: watchdogs ?? .warn,
      on: models.thread)
    await live.runner.setBreakpoints(control.breakpoints)
    let steering = RunControl(live.runner, run: record.id, in: workspace)
    defer { steering.close() }
    var halt: WatchNotice?
    var rest = LiveRun.Rest.done
    if await !isDone(live, control) {
      rest = await live.runToLimit(within: control.tokens, isInterrupted: control.isInterrupted, steering: steering) {
        notices in
        for notice in notices { control.tell("\(problem.id): \(notice.sentence)") }
        halt = halt ?? notices.first { if case .alarm = $0 { watchdogs == .pause } else { true } }
      }
    }
    if case .paused(.some) = rest, halt == nil, !control.isInterrupted() { await live.runner.giveUp() }
    let tree = await live.runner.tree
    let seconds = await live.runner.seconds
    await live.runner.close()
    if case .closed(let reason) = rest { throw LabError.failed("\(problem.id): \(reason)") }
    try await live.summarise()
    if halt != nil, !control.isInterrupted() {
      throw LabError.stopped("\(problem.id): paused; the run \(record.id) is saved up to here")
    }
    var result = SearchResult(run: record.id, tree: tree, seconds: seconds)
    if case .paused(let failure?) = rest, result.error != nil { result.error = failure }
    let spent = meter.reading
    result.prompts = PromptTokens(
      computed: spent.prompted, reused: spent.reused, generated: spent.generated, discarded: spent.discarded)
    return result
  }

  private func isDone(_ live: LiveRun, _ control: SearchControl) async -> Bool {
    guard case .done(let reason) = await live.runner.runState else { return false }
    return !(control.retriesFailed && reason == .failed)
  }
}

/// How searches are begun, watched and interrupted.
public struct SearchControl: Sendable {
  /// True to go on with the newest run of the same header, where there is one, instead of beginning another.
  public var resumes = false
  /// Where it resumes: true to try again what failed, false to leave it failed.
  public var retriesFailed = false
  /// Problems in flight at once, 1 to 64; nil for what the models can take.
  public var jobs: Int?
  /// Tokens that a run may have generated before it rests, beside its own limits; nil for no such number.
  package var tokens: Int?
  /// Told what is going on, for progress lines; nil where nobody asks.
  public var pulse: SearchPulse?
  /// Where one of them fires, the search stops.
  public var breakpoints: [Breakpoint] = []
  /// Asked between two steps; once it says true, the run rests and what was done is saved.
  public var isInterrupted: @Sendable () -> Bool = { false }
  /// Told what breakpoints and watchdogs say, a line each.
  public var tell: @Sendable (String) -> Void = { _ in }

  /// A search from the beginning to its limit.
  public init() {}

  /// A search that goes on with the newest run of the same header.
  static var resuming: SearchControl {
    var control = SearchControl()
    control.resumes = true
    return control
  }
}
