import Foundation
import Runs
import Testing
import TreeSearch
import Vocabulary

@testable import Workspace

/// A run that is steered from beside, by its user's socket.
@Suite struct ControlTests {
  /// Seconds: beside all other tests a call may wait for minutes until the runner's turn comes.
  private static let patience = 1200
  private let folder = NSTemporaryDirectory() + "control-" + UUID().uuidString

  private func ask(_ request: ControlRequest, _ workspace: Workspace, _ run: String) async throws -> ControlReply {
    let line = try CanonicalJSON.data(request)
    // The call blocks its thread.
    return try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(
          with: Result {
            try CanonicalJSON.value(
              ControlReply.self,
              from: ControlSocket.ask(line, workspace: workspace.path, run: run, within: Self.patience))
          })
      }
    }
  }

  private func workspace() throws -> Workspace {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return try Workspace(path: folder + "/w.sqlite")
  }

  @Test func aRunIsSteppedAndChangedAndSaysHowItStands() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (bench, workspace) = (try Bench(), try workspace())
    let control = RunControl(bench.runner, run: "r", in: workspace)
    var reply = try await ask(ControlRequest(.status), workspace, "r")
    #expect(reply.ok && reply.run == "r" && reply.state == "idle" && reply.simulations == 0)
    reply = try await ask(ControlRequest(.step, count: 3), workspace, "r")
    #expect(reply.ok)
    await bench.runner.untilIdle()
    reply = try await ask(ControlRequest(.set, parameter: "selection.exploration", value: "0.5"), workspace, "r")
    #expect(reply.ok)
    reply = try await ask(ControlRequest(.set, parameter: "no.such", value: "1"), workspace, "r")
    #expect(!reply.ok && reply.error?.contains("no.such") == true)
    reply = try await ask(ControlRequest(.step, count: 0), workspace, "r")
    #expect(!reply.ok && reply.error == "expected 1 to 1000000 simulations, found 0")
    let tree = await bench.runner.tree
    #expect(reply.simulations == 3 && reply.nodes == tree.nodeCount && reply.events == tree.eventCount)
    #expect(tree.interventions.count == 1)
    control.close()
    await #expect(throws: WorkspaceError.self) { try await ask(ControlRequest(.status), workspace, "r") }
  }

  @Test func aPauseStandsUntilSomebodyResumes() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (bench, workspace) = (try Bench(["limit.simulations": "50"]), try workspace())
    let control = RunControl(bench.runner, run: "r", in: workspace)
    await bench.responder.hold()
    await bench.runner.run()
    await bench.responder.untilHolding()
    #expect(try await ask(ControlRequest(.pause), workspace, "r").ok && control.isHeld)
    await bench.responder.release()
    await bench.runner.untilIdle()
    let reply = try await ask(ControlRequest(.status), workspace, "r")
    #expect(reply.state == "paused" && reply.simulations < 50)
    _ = try await ask(ControlRequest(.resume), workspace, "r")
    #expect(!control.isHeld)
    await bench.runner.untilIdle()
    #expect(await bench.runner.tree.simulations == 50)
    control.close()
  }

  @Test func nonsenseAndStrangersAreAnswered() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (bench, workspace) = (try Bench(), try workspace())
    let control = RunControl(bench.runner, run: "r", in: workspace)
    let path = workspace.path
    let answer: Data = try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(
          with: Result {
            try ControlSocket.ask(
              Data(#"{"act": "explode"}"#.utf8), workspace: path, run: "r", within: Self.patience)
          })
      }
    }
    let reply = try CanonicalJSON.value(ControlReply.self, from: answer)
    #expect(!reply.ok && reply.error?.hasPrefix("expected {\"act\"") == true)
    let address = try ControlSocket.address(workspace: path, run: "r")
    var info = stat()
    #expect(lstat(address, &info) == 0 && info.st_mode & 0o777 == 0o600 && info.st_uid == geteuid())
    control.close()
    #expect(lstat(address, &info) != 0, "nothing is left behind")
  }
}
