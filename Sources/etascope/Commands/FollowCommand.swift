import ArgumentParser
import Canvas
import Explorer
import Foundation
import Hosts
import Lab
import Terminal
import Workspace

/// `etascope follow`: another's run, live and read-only.
struct FollowCommand: AsyncParsableCommand, LoggedCommand {
  static let configuration = CommandConfiguration(
    commandName: "follow", abstract: "Watch a run that somebody explores elsewhere, live and read-only.",
    discussion: """
      The right to read the workspace is enough. The cursor goes where the presenter's goes until you move it; L follows \
      again, V votes for the selected node where the presenter has opened the vote (explore --votes).
      """)

  @OptionGroup var options: CommonOptions
  @Flag(help: "Lines in place of the screen, commands by words.") var plain = false
  @Argument(help: "The run's id or an unambiguous beginning of it (default: the run that was changed last).") var id:
    String?

  @MainActor
  func run() async throws {
    let workspace = try WorkspaceAccess.reading(options)
    let configuration = try options.configuration()
    if plain {
      let record = try record(in: workspace)
      let state = ExplorerState(size: .least, following: Following())
      let session = PlainSession(state: state) { FollowedRun(record, in: workspace, inputs: $0) }
      return try check(try await session.run(opening: .run(record)))
    }
    let terminal: Terminal
    do {
      terminal = try Terminal(allowsColor: nil)
    } catch {
      throw ExitError.usage("\(error)")
    }
    let record = try record(in: workspace)
    let themes = try ThemeStore.located()
    let state = ExplorerState(
      size: Size(columns: 80, rows: 24), theme: try configuration.theme(among: themes), themes: themes.names,
      usesMouse: configuration.usesMouse, following: Following(), program: ["etascope", "explore"],
      critics: ModelSet.criticWeights.map(\.name))
    let session = try ExplorerSession(
      terminal: terminal, themes: themes, isASCII: configuration.isASCII(on: terminal), state: state
    ) { FollowedRun(record, in: workspace, inputs: $0) }
    try check(try await session.run(opening: .run(record)))
  }

  private func record(in workspace: Workspace) throws -> RunRecord {
    guard let name = try id ?? workspace.runs().max(by: { $0.updated < $1.updated })?.id else {
      throw ExitError.failed("\(workspace.path): there is no run to follow yet")
    }
    return try workspace.run(name)
  }

  private func check(_ ending: ExplorerSession.Ending) throws {
    if case .signal = ending { throw ExitError.stopped("stopped by a signal") }
    if case .failure(let message) = ending { throw ExitError.failed(message) }
  }
}
