import ArgumentParser
import Canvas
import Explorer
import Foundation
import Hosts
import Lab
import Terminal
import Workspace

/// `etascope follow`: another's run or rounds, live and read-only.
struct FollowCommand: AsyncParsableCommand, LoggedCommand {
  static let configuration = CommandConfiguration(
    commandName: "follow", abstract: "Watch a run or a round that is somebody else's, live and read-only.",
    discussion: """
      The right to read the workspace is enough. In a run the cursor goes where the presenter's goes until you move it; L \
      follows again, V votes for the selected node where the presenter has opened the vote (explore --votes). P shows the \
      rounds of the workspace; a round's stages, trajectories and trees open as in the explorer.
      """)

  @OptionGroup var options: CommonOptions
  @Flag(help: "For a screen that is read from afar: the tree across it with N and Q only, more contrast.")
  var projector = false
  @Flag(help: "Lines in place of the screen, commands by words.") var plain = false
  @Argument(
    help: """
      A run's id, the name of a round or a series, or an unambiguous beginning of one (default: the run that was changed \
      last; the newest round where there are no runs).
      """)
  var id: String?

  @MainActor
  func run() async throws {
    let workspace = try WorkspaceAccess.reading(options)
    let configuration = try options.configuration()
    if plain {
      let subject = try Subject(id, in: workspace)
      let session = PlainSession(
        state: ExplorerState(size: .least, following: Following()), rounds: { WatchedRounds(workspace, inputs: $0) }
      ) { FollowedRuns(workspace, inputs: $0) }
      return try check(try await session.run(opening: subject.opening, round: subject.round))
    }
    let terminal: Terminal
    do {
      terminal = try Terminal(allowsColor: nil)
    } catch {
      throw ExitError.usage("\(error)")
    }
    let subject = try Subject(id, in: workspace)
    let themes = try ThemeStore.located()
    let preferences = PreferencesFile()
    let state = ExplorerState(
      size: Size(columns: 80, rows: 24),
      theme: try configuration.theme(among: themes, chosen: preferences.kept?.theme), themes: themes.names,
      usesMouse: configuration.usesMouse, projects: projector, following: Following(),
      program: ["etascope", "explore"],
      critics: ModelSet.criticWeights.map(\.name))
    let session = ExplorerSession(
      terminal: terminal, theme: try themes.load(state.theme, hasColor: terminal.colorDepth != .mono), themes: themes,
      isASCII: configuration.isASCII(on: terminal), state: state,
      preferences: preferences, rounds: { WatchedRounds(workspace, inputs: $0) }
    ) { FollowedRuns(workspace, inputs: $0) }
    try check(try await session.run(opening: subject.opening, round: subject.round))
  }

  /// What is followed.
  private enum Subject {
    case run(RunRecord)
    case round(RoundRecord)

    /// What `name` is the name of, the whole of it before its beginning; nil for what was changed last.
    init(_ name: String?, in workspace: Workspace) throws {
      let rounds = try workspace.roundList().rounds
      guard let name else {
        let runs = try workspace.runList().runs.sorted { $0.updated > $1.updated }
        for run in runs {
          guard let record = try workspace.readableRun(run.id) else { continue }
          self = .run(record)
          return
        }
        if let round = rounds.last {
          self = .round(round)
        } else {
          throw ExitError.failed("\(workspace.path): there is no run to follow yet")
        }
        return
      }
      if let round = rounds.first(where: { $0.id == name }) ?? rounds.last(where: { $0.series == name }) {
        self = .round(round)
        return
      }
      do {
        self = .run(try workspace.run(name))
      } catch let error as WorkspaceError where error.kind == .missing {
        guard rounds.contains(where: { $0.id.hasPrefix(name) }) else {
          throw ExitError.failed("\(workspace.path): there is no run and no round '\(name)'")
        }
        self = .round(try workspace.round(name))
      }
    }

    var opening: RunOpening? { if case .run(let record) = self { .run(record) } else { nil } }
    var round: String? { if case .round(let record) = self { record.id } else { nil } }
  }

  private func check(_ ending: ExplorerSession.Ending) throws {
    if case .signal = ending { throw ExitError.stopped("stopped by a signal") }
    if case .failure(let message) = ending { throw ExitError.failed(message) }
  }
}
