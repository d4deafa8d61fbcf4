import ArgumentParser
import Foundation

/// `etascope manual`: every command, for `man` or as a reference.
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Print the manual page, or with --markdown the reference of all commands.",
    discussion: """
      To read it: etascope manual | man -l - . Completions of a shell: etascope --generate-completion-script bash (or zsh, fish).
      """)

  @Flag(help: "As Markdown tables.") var markdown = false

  func run() throws {
    let page = ManualPage(program: try CommandDescription.program())
    try StandardOutput().line(String((markdown ? page.markdown : page.roff).dropLast()))
  }
}

extension CommandDescription {
  /// The whole program. Throws where the parser describes itself otherwise than expected.
  static func program() throws -> CommandDescription {
    struct Document: Decodable { let command: CommandDescription }
    return try JSONDecoder().decode(Document.self, from: Data(RootCommand._dumpHelp().utf8)).command
  }
}
