import ArgumentParser
import Foundation

/// The program: parses the command line and turns every failure into one line and the contract's exit code.
@main
enum Etascope {
  /// The version that runs are stamped with.
  static let version = "0.1.0"

  static func main() async {
    // A reader that closes the pipe is reported as a write error, not as death by signal.
    signal(SIGPIPE, SIG_IGN)
    exit(await run(Array(CommandLine.arguments.dropFirst())))
  }

  private static func run(_ arguments: [String]) async -> Int32 {
    do {
      var command = try RootCommand.parseAsRoot(arguments)
      if var asynchronous = command as? AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
      return 0
    } catch let error as ExitError {
      StandardError.line("etascope: \(error.description)")
      return error.code.rawValue
    } catch let code as ExitCode {
      return code.rawValue
    } catch where RootCommand.exitCode(for: error) == .success {
      print(RootCommand.fullMessage(for: error))  // help or version was asked for
      return 0
    } catch where RootCommand.exitCode(for: error) == .validationFailure {
      StandardError.line(RootCommand.fullMessage(for: error))
      return ExitError.Code.usage.rawValue
    } catch {
      StandardError.line("etascope: \(error)")
      return ExitError.Code.failed.rawValue
    }
  }
}

/// `etascope` itself: without a subcommand, the explorer.
struct RootCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "etascope",
    abstract: "Explore LLM tree search in the terminal: watch ηMCTS, stop it, ask why, change it, keep the best.",
    version: Etascope.version,
    subcommands: [
      ExploreCommand.self, SearchCommand.self, EvaluateCommand.self, RunCommand.self, DatasetCommand.self,
      BenchmarkCommand.self, DoctorCommand.self, ThemesCommand.self, KeysCommand.self, ParametersCommand.self,
    ],
    defaultSubcommand: ExploreCommand.self)
}
