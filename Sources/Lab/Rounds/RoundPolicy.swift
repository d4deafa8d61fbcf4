import Foundation
import Models
import Vocabulary

/// A policy for as long as a stage needs it: as it is, or behind a server that is started for it.
struct RoundPolicy: Sendable {
  /// As `--model` takes it; empty for the embedded one.
  let spec: [String]
  /// Gone with this value.
  private let server: FolderServer?

  /// Reaches `spec` as the plan says: a folder that a round of the plan's trained is served where there is a command for that, and
  /// loaded as an adapter where there is a server for those.
  ///
  /// - Throws: `ModelError` where it cannot be served; `CancellationError`.
  init(_ spec: [String], in round: RoundContext) async throws {
    let isTrained = spec.count == 1 && spec[0].hasPrefix(round.workspace.path + ".rounds/")
    if isTrained, let command = round.plan.serve {
      let server = try FolderServer(command, serving: spec[0], logs: round.folder)
      try await server.ready()
      (self.spec, self.server) = ([server.url], server)
    } else if isTrained, let url = round.plan.adapters {
      // One name for each folder: caches of servers and the log stay unambiguous.
      let name = spec[0].dropFirst(round.workspace.path.count + ".rounds/".count).replacing("/", with: "-")
      let reached = try await RuntimeAdapter.load(
        String(name), from: spec[0], on: round.plan.whole(url, by: round.settings.models),
        key: round.settings.models.serverKey,
        authorities: round.settings.models.server.authorities)
      (self.spec, server) = ([try ServerModel.kept(reached)], nil)
    } else {
      (self.spec, server) = (spec, nil)
    }
  }
}

extension RoundContext {
  /// Models with `policy` as the policy, and what keeps it reachable for as long as they are used.
  func setup(policy: [String]) async throws -> (setup: RunSetup, policy: RoundPolicy) {
    let reached = try await RoundPolicy(policy, in: self)
    return (try await RunSetup(settings(policy: reached.spec)), reached)
  }
}
