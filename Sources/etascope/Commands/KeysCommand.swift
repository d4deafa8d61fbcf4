import ArgumentParser
import Explorer
import Foundation

/// `etascope keys`: what every key does, from the command table.
struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "List the explorer's commands and their keys.")

  @Flag(help: "As Markdown tables.") var markdown = false
  @Flag(help: "As JSON Lines.") var json = false

  private struct Row: Encodable {
    let id, title, help, context: String
    let keys: [String]
  }

  func run() throws {
    let out = StandardOutput()
    for context in Context.allCases {
      let commands = CommandTable.all.filter { $0.context == context }
      guard !commands.isEmpty else { continue }
      if markdown {
        try out.line("\n## \(context.title) (\(context.rawValue))\n\n| keys | command | what it does |\n|---|---|---|")
      }
      for command in commands {
        let keys = command.keys.map(\.description)
        if json {
          try out.json(
            Row(id: command.id, title: command.title, help: command.help, context: context.rawValue, keys: keys))
        } else if markdown {
          let cell = keys.map { "`\($0 == "|" ? "\\|" : $0)`" }.joined(separator: " ")
          try out.line("| \(cell) | \(command.title) (`\(command.id)`) | \(command.help) |")
        } else {
          let column = keys.joined(separator: " ")
          try out.line(column.padding(toLength: max(18, column.count + 1), withPad: " ", startingAt: 0) + command.title)
        }
      }
    }
  }
}
