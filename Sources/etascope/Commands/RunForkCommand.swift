import ArgumentParser
import Lab
import Runs
import TreeInsight
import TreeSearch
import Vocabulary
import Workspace

extension RunCommand {
  /// `run fork`.
  struct Fork: AsyncParsableCommand, LoggedCommand {
    static let configuration = CommandConfiguration(
      commandName: "fork",
      abstract: "A new run that begins with another's events and goes on with other parameters.",
      discussion: """
        Of the common options, those that say how to search count where they are given here; everything else is as in the
        run that is forked; a fork of an imported tree has all of them, models and critics included. The fork is searched to its
        limit like a problem by `etascope search`.
        """)
    @OptionGroup var options: CommonOptions
    @Option(help: ArgumentHelp("How many events the fork begins with (default: all).", valueName: "event"))
    var at: Int?
    @Flag(help: "Make the fork and leave the searching to the explorer.") var noSearch = false
    @Argument(help: "The run's id or an unambiguous beginning of it.") var id: String

    private struct Made: Encodable {
      let run, forkedFrom: String
      let event: Int
    }

    func run() async throws {
      var settings = try settings()
      let searching = try options.configuration().settings()
      // The fork comes first: a run or an event that is not there is refused before models are loaded.
      let workspace = try WorkspaceAccess.writing(options)
      var setup: RunSetup?
      let parent = try workspace.run(id)
      if try workspace.tree(of: parent.id).isHistory {
        // An imported tree has no models or critics of its own: those of this call go on from it.
        setup = try await RunSetup(searching)
        settings.live = setup?.header(parent.header.problem)
      }
      let event = at ?? parent.summary.eventCount
      let fork = try workspace.fork(run: parent.id, at: event, settings: settings)
      let out = StandardOutput()
      if noSearch {
        let made = Made(run: fork.id, forkedFrom: fork.header.forkedFrom?.run ?? id, event: event)
        if options.json { try out.json(made) } else { try out.line(fork.id.printable) }
        return
      }
      let interruption = Interruption()
      let ready = if let setup { setup } else { try await RunSetup(searching) }
      let result = try await ready.search(fork, control: interruption.control)
      if options.json { try out.json(result) } else { try out.line(SearchCommand.line(result)) }
      if interruption.wasRaised { throw ExitError.stopped("stopped by a signal; the run \(fork.id) is saved") }
    }

    /// What the options change. Throws exit code 2 for what cannot be a setting.
    private func settings() throws -> ForkSettings {
      var settings = ForkSettings()
      let named = [
        ("seed", options.seed), ("limit.simulations", options.simulations), ("limit.tokens", options.tokens),
        ("limit.seconds", options.seconds), ("option.temperature", options.temperature),
      ]
      do {
        for (id, text) in named { if let text { try settings.set(id, to: text) } }
        for assignment in options.set { try settings.set(assignment) }
      } catch let error as ParameterError {
        throw ExitError.usage(error.description)
      }
      return settings
    }
  }
}
