import ArgumentParser
import Foundation
import Lab
import Terminal

/// The program: parses the command line and turns every failure into one line and the contract's exit code.
@main
enum Etascope {
  static func main() async {
    // A reader that closes the pipe makes a write fail; it is no death by signal.
    signal(SIGPIPE, SIG_IGN)
    Descriptor.fillClosedPlaces()
    exit(await run(Array(CommandLine.arguments.dropFirst())))
  }

  private static func run(_ arguments: [String]) async -> Int32 {
    // What takes long is asynchronous: a reader that leaves it stops it, as a signal would.
    var isWork = false
    do {
      do {
        if let explorer = explorer(arguments) {
          isWork = true
          try await logged(explorer.options) { try await explorer.run() }
        } else {
          var command = try RootCommand.parseAsRoot(arguments)
          isWork = command is AsyncParsableCommand
          try await logged((command as? any LoggedCommand)?.options) {
            if var asynchronous = command as? AsyncParsableCommand {
              try await asynchronous.run()
            } else {
              try command.run()
            }
          }
        }
      } catch  where RootCommand.exitCode(for: error) == .success {
        try StandardOutput().line(RootCommand.fullMessage(for: error))  // help or version was asked for
      }
      return 0
    } catch is ReaderGone {
      return isWork ? ExitError.Code.stopped.rawValue : 0
    } catch let error as LabError {
      StandardError.line("etascope: \(error.description)")
      return ExitError.Code(error.kind).rawValue
    } catch let error as ExitError {
      StandardError.line("etascope: \(error.description)")
      return error.code.rawValue
    } catch let code as ExitCode {
      return code.rawValue
    } catch  where RootCommand.exitCode(for: error) == .validationFailure {
      StandardError.line("etascope: \(RootCommand.message(for: error)); \(advice(for: error))")
      return ExitError.Code.usage.rawValue
    } catch {
      StandardError.line("etascope: \(error)")
      return ExitError.Code.failed.rawValue
    }
  }

  /// The explorer where it is to be opened. Its own arguments are read without those of all other commands, which takes half the
  /// time; what is wrong with them, and what is asked of them, is for the parser of all: nil.
  private static func explorer(_ arguments: [String]) -> ExploreCommand? {
    guard arguments.isEmpty || arguments[0] == ExploreCommand.configuration.commandName else { return nil }
    Terminal.takesMemoryInLargeSteps()
    return try? ExploreCommand.parseAsRoot(Array(arguments.dropFirst())) as? ExploreCommand
  }

  /// Does `work` with a log of the level that `options` ask for.
  private static func logged(_ options: CommonOptions?, _ work: () async throws -> Void) async throws {
    let log = try FileLog.start(level: options.flatMap { try $0.configuration().logLevel })
    // Before anything that may have followed from it.
    defer { if let problem = log.problem { StandardError.line("etascope: \(problem)") } }
    try await work()
  }

  /// Where the arguments that were expected are explained, from the last line of the parser's usage text.
  private static func advice(for error: any Error) -> String {
    let lines = RootCommand.fullMessage(for: error).split(whereSeparator: \.isNewline)
    let help = lines.last.flatMap { $0.firstMatch(of: /'([^']+)'/)?.1 } ?? "etascope --help"
    return "see '\(help)'"
  }
}

/// A command with the common options, among them the log level.
protocol LoggedCommand { var options: CommonOptions { get } }

/// `etascope` itself: without a subcommand, the explorer.
struct RootCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "etascope",
    abstract: "Explore LLM tree search in the terminal: watch ηMCTS, stop it, ask why, change it, keep the best.",
    version: EtascopeVersion.current,
    subcommands: [
      ExploreCommand.self, FollowCommand.self, SearchCommand.self, EvaluateCommand.self, RunCommand.self,
      DatasetCommand.self, ImportCommand.self, ControlCommand.self, ImagineCommand.self, ImproveCommand.self,
      RoundCommand.self,
      TrainCommand.self,
      RecordCommand.self, BenchmarkCommand.self, DoctorCommand.self, ThemesCommand.self, KeysCommand.self,
      ParametersCommand.self, ManualCommand.self,
    ],
    defaultSubcommand: ExploreCommand.self)
}
