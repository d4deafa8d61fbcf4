import ArgumentParser
import Canvas
import Explorer
import Foundation
import Hosts
import Lab
import Models
import Terminal
import TreeInsight
import TreeSearch
import Workspace

/// `etascope explore`: the explorer.
struct ExploreCommand: AsyncParsableCommand, LoggedCommand {
  static let configuration = CommandConfiguration(
    commandName: "explore", abstract: "Open the explorer (also without any command).")

  @OptionGroup var options: CommonOptions
  @OptionGroup var reading: ProblemOptions
  @Option(help: ArgumentHelp("Open this problem of the file at once.", valueName: "id")) var problem: String?
  @Option(help: ArgumentHelp("Open this run of the workspace at once.", valueName: "id")) var run: String?
  @Flag(help: "Explain every phase: the path, the formula with its numbers, what comes next.") var teach = false
  @Option(help: ArgumentHelp("Begin with the guided tour in this file.", valueName: "file")) var tour: String?
  @Flag(help: "Lines in place of the screen, commands by words: for screen readers, dumb terminals and scripts.")
  var plain = false
  @Flag(
    help:
      "Label without scores, visits, references or others' labels; the problems are those given to you, or to nobody.")
  var blind = false
  @Flag(help: "Decide where people who labelled differ, without their names.") var adjudicate = false
  @Flag(help: "For a screen that is read from afar: the tree across it with N and Q only, more contrast.")
  var projector = false
  @Flag(help: "Let every user of this machine who follows the run vote.") var votes = false
  @Argument(help: "A file of problems (\(ProblemOptions.forms); default: the samples that come with etascope).")
  var problems: String?

  @MainActor
  func run() async throws {
    if problems == ProblemFile.standardInput {
      throw ExitError.usage("PROBLEMS: expected a file, the explorer reads keys from standard input")
    }
    if plain { return try await runPlain() }
    let configuration = try options.configuration()
    // On another core, while models and themes are loaded.
    let catalog = Task.detached { [problems, reading] in try Self.catalog(problems, reading) }
    let workspace = configuration.workspace
    async let _ = Workspace.prepare(for: workspace)
    let terminal: Terminal
    do {
      terminal = try Terminal(allowsColor: nil)
    } catch {
      throw ExitError.usage("\(error)")
    }
    let themes = try ThemeStore.located()
    let preferences = PreferencesFile()
    let theme = try configuration.theme(among: themes, chosen: preferences.kept?.theme)
    // Everything that may be refused comes before a workspace is made. Of the samples nothing is, and they are read meanwhile;
    // a run that is opened does not wait for them either.
    let settings = try configuration.settings()
    let models = try ModelSet(settings.models)
    try checkFlags()
    if problems != nil || problem != nil { try check(try await catalog.value) }
    // The workspace on the other core, theme and keys here meanwhile: a millisecond less to the first frame.
    async let made = RunSetup(settings, keeps: true, models: models, connects: false)
    let colors = try themes.load(theme, hasColor: terminal.colorDepth != .mono)
    _ = KeyMap.standard
    let setup = try await made
    let asked = try asked(setup)
    let known = run != nil && problems == nil ? nil : try await catalog.value
    let commitGuard = try commitGuard(configuration, setup)
    let state = ExplorerState(
      size: Size(columns: 80, rows: 24), problems: isLabelling ? [] : known?.entries ?? [], theme: theme,
      themes: themes.names,
      usesMouse: configuration.usesMouse, teaches: teach, projects: projector, program: program,
      critics: settings.models.available.map(\.name))
    let session = ExplorerSession(
      terminal: terminal, theme: colors, themes: themes, isASCII: configuration.isASCII(on: terminal),
      state: state,
      presence: Presence(workspace: configuration.workspace, who: settings.author, isOpen: votes),
      preferences: preferences,
      rounds: isLabelling ? { NoRounds(inputs: $0) } : Self.rounds(setup, settings)
    ) { host(setup, catalog, known, commitGuard, $0) }
    let ending = try await session.run(opening: asked ?? known.flatMap(first))
    ProblemOptions.tell(try await catalog.value.bad)
    try setup.workspace?.finish()
    try check(ending)
  }

  @MainActor
  private func runPlain() async throws {
    try checkFlags()
    let catalog = try Self.catalog(problems, reading)
    try check(catalog)
    ProblemOptions.tell(catalog.bad)
    let configuration = try options.configuration()
    let settings = try configuration.settings()
    let setup = try await RunSetup(settings, keeps: true, connects: false)
    let commitGuard = try commitGuard(configuration, setup)
    let state = ExplorerState(
      size: .least, problems: isLabelling ? [] : catalog.entries, teaches: teach, program: program,
      critics: settings.models.available.map(\.name))
    let session = PlainSession(
      state: state, rounds: isLabelling ? { NoRounds(inputs: $0) } : Self.rounds(setup, settings)
    ) {
      host(setup, Task { catalog }, catalog, commitGuard, $0)
    }
    let ending = try await session.run(opening: try asked(setup) ?? first(catalog))
    try setup.workspace?.finish()
    try check(ending)
  }

  /// True where the person labels, and sees nothing of what searches came to.
  private var isLabelling: Bool { blind || adjudicate }

  /// What stands behind the explorer: runs, or tasks to label, which are those of problems that have been read.
  private func host(
    _ setup: RunSetup, _ catalog: Task<ProblemCatalog, any Error>, _ known: ProblemCatalog?,
    _ commitGuard: CommitGuard?, _ inputs: HostInputs
  ) -> any RunHost {
    guard isLabelling, let known, let workspace = setup.workspace else {
      return LiveRuns(setup: setup, catalog: catalog, commitGuard: commitGuard, inputs: inputs)
    }
    return LabelTasks(workspace, known, decides: adjudicate, inputs: inputs)
  }

  /// Looks for leaks from the held-out problems that the configuration names; nil where it names none.
  private func commitGuard(_ configuration: Configuration, _ setup: RunSetup) throws -> CommitGuard? {
    guard let workspace = setup.workspace, !configuration.heldOut.isEmpty else { return nil }
    return try CommitGuard(heldOut: configuration.heldOut, of: workspace, knowsCommits: false)
  }

  /// The rounds of the workspace.
  private static func rounds(_ setup: RunSetup, _ settings: Settings) -> (HostInputs) -> any RoundsHost {
    { inputs in
      guard let workspace = setup.workspace else { return NoRounds(inputs: inputs) }
      return LiveRounds(workspace: workspace, settings: settings, inputs: inputs)
    }
  }

  /// The problems of a file, or (nil) the samples.
  private nonisolated static func catalog(_ path: String?, _ reading: ProblemOptions) throws -> ProblemCatalog {
    guard let path else { return try .samples() }
    let (read, bad) = try reading.read(path)
    return ProblemCatalog(read, passedOver: bad)
  }

  private func checkFlags() throws {
    if blind, adjudicate { throw ExitError.usage("--blind and --adjudicate: expected one of them") }
    if isLabelling, run != nil || tour != nil || teach {
      throw ExitError.usage("--\(blind ? "blind" : "adjudicate"): expected without --run, --tour and --teach")
    }
    if let tour { _ = try TourFile.read(tour) }
  }

  private func check(_ catalog: ProblemCatalog) throws {
    if let problem, catalog.problem(problem) == nil {
      throw ExitError.usage("--problem: the problem file has no problem '\(problem)'")
    }
  }

  private func check(_ ending: ExplorerSession.Ending) throws {
    if case .signal = ending { throw ExitError.stopped("stopped by a signal; everything is saved in the workspace") }
    if case .failure(let message) = ending { throw ExitError.failed(message) }
  }

  /// The command line that opens these problems with these models, for whoever wants to see a run again.
  private var program: [String] {
    let models = options.model.flatMap { ["--model", ServerModel.shown($0)] }
    let rollouts = options.rolloutModel.flatMap { ["--rollout-model", ServerModel.shown($0)] }
    return ["etascope", "explore"] + (problems.map { [$0] } ?? []) + models + rollouts
      + options.criticModel.flatMap { ["--critic-model", ServerModel.shown($0)] }
  }

  /// What the command line names to be on the screen first: a run, a tour or a problem; nil where it names none.
  private func asked(_ setup: RunSetup) throws -> RunOpening? {
    if let run { return try setup.workspace.map { .run(try $0.run(run)) } }
    if let tour { return .tour(tour, problem: problem) }
    return problem.map { .problem($0) }
  }

  /// What is on the screen first where nothing is named: the only problem, or (nil) the list.
  private func first(_ catalog: ProblemCatalog) -> RunOpening? {
    catalog.entries.count == 1 && !isLabelling ? .problem(catalog.entries[0].id) : nil
  }
}
