import Critics
import Foundation
import Models
import SearchRun
import TreeSearch
import Workspace

/// Everything that runs of one configuration share: models and critics loaded once, parameters, the workspace.
struct RunSetup: Sendable {
  let workspace: Workspace?
  let models: ModelSet
  let parameters: SearchParameters
  let critics: [CriticWeight]
  let seed: UInt64

  /// Loads what `configuration` names. Arguments are checked before anything slow happens.
  ///
  /// - Parameter keeps: false for commands that write nothing to the workspace.
  init(_ configuration: Configuration, keeps: Bool = true) async throws {
    parameters = try configuration.parameters()
    seed = try configuration.seed()
    critics = try configuration.critics(available: ModelSet.criticWeights)
    models = try ModelSet(configuration)
    workspace = keeps ? try Workspace(path: configuration.workspace, author: configuration.author) : nil
  }

  /// The header of a new run of `problem`.
  func header(_ problem: Problem, seed: UInt64? = nil) -> RunHeader {
    RunHeader(
      problem: problem, seed: seed ?? self.seed, parameters: parameters, critics: critics, models: models.names,
      version: Etascope.version)
  }

  /// Searches one problem to its limit, journaled in the workspace.
  func search(_ problem: Problem, interruption: Interruption) async throws -> SearchResult {
    guard let workspace else { throw ExitError.failed("this command has no workspace") }
    return try await search(workspace.createRun(header(problem)), interruption: interruption)
  }

  /// Searches a run of the workspace to its limit; one that has reached it is left as it is.
  func search(_ record: RunRecord, interruption: Interruption) async throws -> SearchResult {
    guard let workspace else { throw ExitError.failed("this command has no workspace") }
    let live = try LiveRun(record, in: workspace, responder: models.responder)
    let isDone = if case .done = await live.runner.runState { true } else { false }
    let failure = isDone ? nil : await live.runner.runToLimit(interruption: interruption)
    let tree = await live.runner.tree
    let seconds = await live.runner.seconds
    await live.runner.close()
    if let failure, tree.stopReason == nil, !interruption.wasRaised {
      throw ExitError.failed("\(record.header.problem.id): \(failure); the run \(record.id) is saved up to here")
    }
    return SearchResult(run: record.id, tree: tree, seconds: seconds)
  }
}
