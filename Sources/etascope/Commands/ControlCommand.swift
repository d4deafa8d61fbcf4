import ArgumentParser
import Foundation
import Runs
import Vocabulary
import Workspace

/// `etascope control`: steers a run that an explorer or a search of this user has open.
struct ControlCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "control",
    abstract: "Pause, step or change a run that an explorer or a search has open, and say how it stands.",
    discussion: """
      The explorer's screen shows what happens. What is changed is an event of the run like what is done by keys. Scripts and notebooks \
      of the same user may call; with --json the answer is one object.
      """)

  /// What is to be done.
  enum Act: String, ExpressibleByArgument, CaseIterable { case pause, resume, step, status, set }

  @OptionGroup var options: CommonOptions
  @Argument(help: "The run's id or an unambiguous beginning of it.") var id: String
  @Argument(help: "pause, resume, step [SIMULATIONS], status, or set PARAMETER=VALUE.") var act: Act
  @Argument(help: "step: how many simulations (default: 1); set: PARAMETER=VALUE.") var what: String?

  func run() throws {
    let request = try request()
    let workspace = try WorkspaceAccess.reading(options)
    let run = try workspace.run(id).id
    let answer = try ControlSocket.ask(CanonicalJSON.data(request), workspace: workspace.path, run: run)
    let reply = try CanonicalJSON.value(ControlReply.self, from: answer)
    let out = StandardOutput()
    if options.json {
      try out.json(reply)
    } else if reply.ok {
      let stopped = reply.stopped.map { ", stopped: \($0)" } ?? ""
      try out.line(
        "\(reply.run.printable)\t\(reply.state.printable)\t\(reply.simulations) simulations\t\(reply.nodes) nodes\t"
          + "\(reply.tokens) tokens\(stopped.printable)")
    }
    if let error = reply.error { throw ExitError.failed("\(run): \(error.printable)") }
  }

  private func request() throws -> ControlRequest {
    switch act {
    case .step:
      guard let what else { return ControlRequest(.step) }
      guard let count = Int(what), count > 0 else {
        throw ExitError.usage("step: expected a number of simulations from 1, found '\(what.printable)'")
      }
      return ControlRequest(.step, count: count)
    case .set:
      let parts = (what ?? "").split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2 else {
        throw ExitError.usage("set: expected PARAMETER=VALUE, found '\((what ?? "").printable)'")
      }
      return ControlRequest(.set, parameter: parts[0], value: parts[1])
    case .pause, .resume, .status:
      if let what { throw ExitError.usage("\(act.rawValue): expected nothing behind it, found '\(what.printable)'") }
      return ControlRequest(ControlRequest.Act(rawValue: act.rawValue) ?? .status)
    }
  }
}
