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
  package let models: ModelSet
  package let parameters: SearchParameters
  package let critics: [CriticWeight]
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
    seed = settings.seed
    watchdogs = settings.watchdogs
    critics = settings.critics
    self.models = try models ?? ModelSet(settings.models, beside: other?.models)
    if connects { try await self.models.connect(for: parameters) }
    workspace = keeps ? try Workspace(path: settings.workspace, author: settings.author) : nil
  }

  /// The header of a new run of `problem`; nil leaves what the settings say, without critics that have nothing to do.
  package func header(
    _ problem: Problem, seed: UInt64? = nil, parameters: SearchParameters? = nil, critics: [CriticWeight]? = nil
  ) -> RunHeader {
    RunHeader(
      problem: problem, seed: seed ?? self.seed, parameters: parameters ?? self.parameters,
      critics: critics ?? models.critics(of: self.critics, for: problem), models: models.names,
      version: EtascopeVersion.current)
  }

  /// Searches problems one after the other, each to its limit; every run is kept in the workspace.
  ///
  /// - Parameters:
  ///   - each: Called with every result as it comes.
  /// - Returns: The results in the order of the problems; fewer where the search was interrupted.
  /// - Throws: `LabError` where a run fails, a breakpoint fires or a watchdog pauses it; what was done is saved. What `each`
  ///   throws.
  @discardableResult
  public func search(
    _ problems: some Sequence<Problem>, control: SearchControl = SearchControl(),
    each: (SearchResult) async throws -> Void = { _ in }
  ) async throws -> [SearchResult] {
    var results: [SearchResult] = []
    for problem in problems {
      let result = try await search(problem, control: control)
      results.append(result)
      try await each(result)
      if control.isInterrupted() { break }
    }
    return results
  }

  /// Searches one problem to its limit, journaled in the workspace. Throws `LabError` where a breakpoint fires or a
  /// watchdog pauses the run; watchdogs only speak unless they were told to.
  package func search(_ problem: Problem, control: SearchControl = SearchControl()) async throws -> SearchResult {
    guard let workspace else { throw LabError.failed("this command has no workspace") }
    let header = header(problem)
    let run = control.resumes ? try workspace.run(of: header) : nil
    return try await search(run ?? workspace.createRun(header), control: control)
  }

  /// The same with a run of the workspace; one that has reached its limit is left as it is.
  package func search(_ record: RunRecord, control: SearchControl = SearchControl()) async throws -> SearchResult {
    guard let workspace else { throw LabError.failed("this command has no workspace") }
    let problem = record.header.problem
    let live = try LiveRun(record, in: workspace, responder: models.responder, watchdogs: watchdogs ?? .warn)
    await live.runner.setBreakpoints(control.breakpoints)
    let isDone = if case .done = await live.runner.runState { true } else { false }
    var halt: WatchNotice?
    let before = await models.sampled
    let failure =
      isDone
      ? nil
      : await live.runToLimit(isInterrupted: control.isInterrupted) { notices in
        for notice in notices { control.tell("\(problem.id): \(notice.sentence)") }
        halt = halt ?? notices.first { if case .alarm = $0 { watchdogs == .pause } else { true } }
      }
    let tree = await live.runner.tree
    let seconds = await live.runner.seconds
    await live.runner.close()
    try await live.summarise()
    if halt != nil, !control.isInterrupted() {
      throw LabError.stopped("\(problem.id): paused; the run \(record.id) is saved up to here")
    }
    if let failure, tree.stopReason == nil, !control.isInterrupted() {
      throw LabError.failed("\(problem.id): \(failure); the run \(record.id) is saved up to here")
    }
    var result = SearchResult(run: record.id, tree: tree, seconds: seconds)
    let after = await models.sampled
    result.prompts = PromptTokens(computed: after.prompted - before.prompted, reused: after.reused - before.reused)
    return result
  }
}

/// How searches are begun, watched and interrupted.
public struct SearchControl: Sendable {
  /// True to go on with the newest run of the same header, where there is one, instead of beginning another.
  public var resumes = false
  /// Where one of them fires, the search stops.
  public var breakpoints: [Breakpoint] = []
  /// Asked between two steps; once it says true, the run rests and what was done is saved.
  public var isInterrupted: @Sendable () -> Bool = { false }
  /// Told what breakpoints and watchdogs say, a line each.
  public var tell: @Sendable (String) -> Void = { _ in }

  /// A search from the beginning to its limit.
  public init() {}
}
