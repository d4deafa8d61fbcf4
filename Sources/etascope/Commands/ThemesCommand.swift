import ArgumentParser
import Canvas
import Foundation

/// `etascope themes`: list the themes, or check them.
struct ThemesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "themes", abstract: "List the colour themes, check them, or print the scopes they may set.",
    discussion: "Your own themes are files in $XDG_CONFIG_HOME/etascope/themes.")

  enum Action: String, ExpressibleByArgument, CaseIterable { case list, check, scopes }

  @Argument(help: "list, check or scopes.") var action = Action.list
  @Argument(help: "check: only these themes, by name or file.") var themes: [String] = []
  @Flag(help: "Themes or scopes as a Markdown table.") var markdown = false

  func run() throws {
    let out = StandardOutput()
    let store = try ThemeStore.located()
    switch action {
    case .list:
      if markdown { try out.line("| theme | look |\n|---|---|") }
      for name in store.names { try out.line(markdown ? "| `\(name)` | \(store.remark(name) ?? "") |" : name) }
    case .scopes:
      if markdown { try out.line("| scope | where |\n|---|---|") }
      for scope in Scope.all {
        try out.line(markdown ? "| `\(scope.id)` | \(scope.help) |" : "\(scope.id): \(scope.help)")
      }
    case .check:
      let chosen = themes.isEmpty ? store.names : themes
      let problems = chosen.flatMap { check($0, in: store) }
      for problem in problems { StandardError.line(problem) }
      guard problems.isEmpty else { throw ExitError.failed("\(problems.count) problems in the themes") }
      try out.line(chosen.count == 1 ? "1 theme, no problems" : "\(chosen.count) themes, no problems")
    }
  }

  /// The problems of a theme by name, or of a theme file by path; what the file inherits may be any theme.
  private func check(_ theme: String, in store: ThemeStore) -> [String] {
    guard theme.hasSuffix(".toml") else { return store.check(theme) }
    let file = URL(filePath: theme)
    let folder = file.deletingLastPathComponent().path(percentEncoded: false)
    return ThemeStore(folders: [folder] + store.folders).check(file.deletingPathExtension().lastPathComponent)
  }
}
