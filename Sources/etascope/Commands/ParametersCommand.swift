import ArgumentParser
import TreeSearch

/// `etascope parameters`: the engine's parameters as a table, Markdown or JSON Lines.
struct ParametersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "parameters", abstract: "List the engine's parameters: range, default, meaning and source.")

  @Flag(help: "As a Markdown table.") var markdown = false
  @Flag(help: "As JSON Lines.") var json = false

  private struct Row: Encodable {
    let id, range, fallback, help, citation: String
  }

  func run() throws {
    let out = StandardOutput()
    let rows = SearchParameters.declared.map {
      Row(id: $0.id, range: $0.range, fallback: $0.fallback.description, help: $0.help, citation: $0.citation)
    }
    if json {
      for row in rows { try out.json(row) }
    } else if markdown {
      try out.line("| parameter | values | default | meaning | source |\n|---|---|---|---|---|")
      for row in rows {
        try out.line("| `\(row.id)` | \(row.range) | \(row.fallback) | \(row.help) | \(row.citation) |")
      }
    } else {
      for row in rows { try out.line("\(row.id) = \(row.fallback)\n    \(row.help) \(row.range). [\(row.citation)]") }
    }
  }
}
