import Critics
import Foundation
import Models
import Runs
import TreeInsight
import TreeSearch
import Vocabulary
import Workspace

/// Everything that runs of one configuration share: models and critics loaded once, parameters, the workspace.
struct RunSetup: Sendable {
  let workspace: Workspace?
  let models: ModelSet
  let parameters: SearchParameters
  let critics: [CriticWeight]
  let seed: UInt64
  /// What watchdogs do; nil where nobody said it, and each command has its own default.
  let watchdogs: WatchdogMode?

  /// Loads what `configuration` names. Arguments are checked before anything slow happens.
  ///
  /// - Parameters:
  ///   - keeps: false for commands that write nothing to the workspace.
  ///   - other: whose servers of GGUF files are used.
  ///   - models: the models, where they have been loaded already.
  ///   - connects: false where servers are to be spoken to later, when they are needed.
  init(
    _ configuration: Configuration, keeps: Bool = true, beside other: RunSetup? = nil, models: ModelSet? = nil,
    connects: Bool = true
  ) async throws {
    parameters = try configuration.parameters()
    seed = try configuration.seed()
    watchdogs = try configuration.watchdogs()
    critics = try configuration.critics()
    self.models = try models ?? ModelSet(configuration, beside: other?.models)
    if connects { try await self.models.connect(for: parameters) }
    workspace = keeps ? try Workspace(path: configuration.workspace, author: configuration.author) : nil
  }

  /// The header of a new run of `problem`.
  func header(_ problem: Problem, seed: UInt64? = nil) -> RunHeader {
    RunHeader(
      problem: problem, seed: seed ?? self.seed, parameters: parameters,
      critics: models.critics(of: critics, for: problem), models: models.names,
      version: Etascope.version)
  }

  /// Searches one problem to its limit, journaled in the workspace. Throws exit code 3 where a breakpoint fires or a
  /// watchdog pauses the run; watchdogs only speak unless they were told to.
  ///
  /// - Parameter resumes: true to go on with the newest run of the same header, where there is one.
  func search(
    _ problem: Problem, resumes: Bool = false, breakpoints: [Breakpoint] = [], interruption: Interruption
  ) async throws -> SearchResult {
    guard let workspace else { throw ExitError.failed("this command has no workspace") }
    let header = header(problem)
    let run = resumes ? try workspace.run(of: header) : nil
    return try await search(
      run ?? workspace.createRun(header), breakpoints: breakpoints, interruption: interruption)
  }

  /// The same with a run of the workspace; one that has reached its limit is left as it is.
  func search(
    _ record: RunRecord, breakpoints: [Breakpoint] = [], interruption: Interruption
  ) async throws -> SearchResult {
    guard let workspace else { throw ExitError.failed("this command has no workspace") }
    let problem = record.header.problem
    let live = try LiveRun(record, in: workspace, responder: models.responder, watchdogs: watchdogs ?? .warn)
    await live.runner.setBreakpoints(breakpoints)
    let isDone = if case .done = await live.runner.runState { true } else { false }
    var halt: WatchNotice?
    let before = await models.sampled
    let failure =
      isDone
      ? nil
      : await live.runner.runToLimit(interruption: interruption) { notices in
        for notice in notices { StandardError.line("\(problem.id): \(notice.sentence)") }
        halt = halt ?? notices.first { if case .alarm = $0 { watchdogs == .pause } else { true } }
      }
    let tree = await live.runner.tree
    let seconds = await live.runner.seconds
    await live.runner.close()
    try await live.summarise()
    if halt != nil, !interruption.wasRaised {
      throw ExitError.stopped("\(problem.id): paused; the run \(record.id) is saved up to here")
    }
    if let failure, tree.stopReason == nil, !interruption.wasRaised {
      throw ExitError.failed("\(problem.id): \(failure); the run \(record.id) is saved up to here")
    }
    var result = SearchResult(run: record.id, tree: tree, seconds: seconds)
    let after = await models.sampled
    result.prompts = PromptTokens(computed: after.prompted - before.prompted, reused: after.reused - before.reused)
    return result
  }
}
