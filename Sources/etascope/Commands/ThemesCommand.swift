import ArgumentParser
import Canvas

/// `etascope themes`: list the themes, or check them.
struct ThemesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "themes", abstract: "List the colour themes, check them, or print the scopes they may set.")

  enum Action: String, ExpressibleByArgument, CaseIterable { case list, check, scopes }

  @Argument(help: "list, check or scopes.") var action = Action.list
  @Flag(help: "The scopes as a Markdown table.") var markdown = false

  func run() throws {
    let out = StandardOutput()
    let store = try ThemeStore(folder: DataFolder.locate().themes.path())
    switch action {
    case .list: for name in store.names { try out.line(name) }
    case .scopes:
      if markdown { try out.line("| scope | where |\n|---|---|") }
      for scope in Scope.all {
        try out.line(markdown ? "| `\(scope.id)` | \(scope.help) |" : "\(scope.id): \(scope.help)")
      }
    case .check:
      let problems = store.names.flatMap { store.check($0) }
      for problem in problems { StandardError.line(problem) }
      guard problems.isEmpty else { throw ExitError.failed("\(problems.count) problems in the themes") }
      try out.line("\(store.names.count) themes, no problems")
    }
  }
}
