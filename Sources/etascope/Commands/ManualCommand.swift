import ArgumentParser

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
