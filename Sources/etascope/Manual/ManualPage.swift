import Lab

/// The program's page for `man`, and the reference of its commands.
struct ManualPage {
  let program: CommandDescription

  /// The page in the macros of man(7).
  var roff: String {
    var lines = [
      ".TH ETASCOPE 1 \"\" \"etascope \(EtascopeVersion.current)\" \"User Commands\"", ".SH NAME",
      "etascope \\- \(Self.escaped(program.abstract ?? ""))", ".SH SYNOPSIS", ".B etascope",
      "[\\fIcommand\\fR] [\\fIoptions\\fR]",
      ".SH COMMANDS", "Without a command, \\fBexplore\\fR is meant.",
    ]
    let common = commonNames
    for (path, command) in commands where command.children.isEmpty {
      lines += [".SS \(Self.escaped(path))", Self.escaped(command.abstract ?? "")]
      if let discussion = command.discussion, !discussion.isEmpty { lines += [".PP", Self.escaped(discussion)] }
      for argument in command.shown where !common.contains(argument.usage) { lines += Self.entry(argument) }
      if command.shown.contains(where: { common.contains($0.usage) }) {
        lines += [".PP", "Takes the common options."]
      }
    }
    lines += [".SH COMMON OPTIONS"] + commonOptions.flatMap(Self.entry)
    lines += [
      ".SH FILES", ".TP", "\\fIetascope.toml\\fR, \\fI$XDG_CONFIG_HOME/etascope/config.toml\\fR", "Configuration.",
      ".TP",
      "\\fI$XDG_CONFIG_HOME/etascope/themes/\\fR", "Your own themes.", ".TP",
      "\\fI$XDG_DATA_HOME/etascope/etascope.sqlite\\fR", "The workspace: runs and committed trajectories.", ".TP",
      "\\fI$XDG_STATE_HOME/etascope/log\\fR", "The log.", ".SH EXIT STATUS",
      "0 done; 1 the work failed; 2 unusable arguments, or no terminal where one is needed; 3 stopped by a limit or a signal, what was done is saved.",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  /// The reference as Markdown, a heading a command.
  var markdown: String {
    var lines: [String] = []
    let common = commonNames
    for (path, command) in commands where command.children.isEmpty {
      lines += ["", "## \(path)", "", command.abstract ?? ""]
      if let discussion = command.discussion, !discussion.isEmpty { lines += ["", discussion] }
      let own = command.shown.filter { !common.contains($0.usage) }
      if !own.isEmpty {
        lines += ["", "| argument | meaning |", "|---|---|"] + own.map(Self.row)
      }
      if own.count < command.shown.count { lines += ["", "Takes the common options."] }
    }
    lines += ["", "## Common options", "", "| option | meaning |", "|---|---|"] + commonOptions.map(Self.row)
    return lines.dropFirst().joined(separator: "\n") + "\n"
  }

  /// Every command with the names that lead to it, the order of the help kept.
  private var commands: [(path: String, command: CommandDescription)] {
    func all(_ command: CommandDescription, _ path: String) -> [(String, CommandDescription)] {
      [(path, command)] + command.children.flatMap { all($0, "\(path) \($0.commandName)") }
    }
    return all(program, "etascope")
  }

  /// The options that `run list` takes are those that all commands share: it has none of its own.
  private var commonOptions: [CommandDescription.Argument] {
    commands.first { $0.path == "etascope run list" }?.command.shown ?? []
  }

  private var commonNames: Set<String> { Set(commonOptions.map(\.usage)) }

  private static func entry(_ argument: CommandDescription.Argument) -> [String] {
    [".TP", "\\fB\(escaped(argument.usage))\\fR", escaped(argument.meaning)]
  }

  private static func row(_ argument: CommandDescription.Argument) -> String {
    "| `\(argument.usage)` | \(argument.meaning.replacing("|", with: "\\|")) |"
  }

  /// Text that roff prints as it is.
  private static func escaped(_ text: String) -> String {
    let lines = text.replacing("\\", with: "\\e").replacing("-", with: "\\-").split(separator: "\n")
    return lines.map { $0.first == "." || $0.first == "'" ? "\\&\($0)" : String($0) }.joined(separator: "\n")
  }
}
