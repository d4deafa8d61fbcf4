import ArgumentParser
import Critics
import TreeSearch
import Vocabulary

/// `etascope parameters`: the engine's parameters, and the critics, as a list or Markdown; parameters alone as JSON Lines.
struct ParametersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "parameters",
    abstract: "List the engine's parameters: range, default, meaning and source; and the critics.")

  @Flag(help: "As Markdown tables.") var markdown = false
  @Flag(help: "The parameters as JSON Lines.") var json = false

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
      try out.line("\n## Critics\n\n| critic | judges | weight | looks at |\n|---|---|---|---|")
      for critic in critics {
        try out.line("| `\(critic.name)` | \(words(critic.scope)) | \(weight(critic)) | \(critic.summary) |")
      }
    } else {
      for row in rows { try out.line("\(row.id) = \(row.fallback)\n    \(row.help) \(row.range). [\(row.citation)]") }
      for critic in critics {
        try out.line("critic \(critic.name) = \(weight(critic))\n    \(critic.summary); \(words(critic.scope)).")
      }
    }
  }

  private var critics: [CriticRegistry.Entry] { CriticRegistry.standard.entries }

  private func weight(_ critic: CriticRegistry.Entry) -> String {
    FixedNumber.text(critic.weight, decimals: critic.weight == critic.weight.rounded() ? 0 : 2, none: "–")
  }

  private func words(_ scope: CriticScope) -> String {
    switch scope {
    case .everyNode: "every node"
    case .outcome: "whole solutions"
    }
  }
}
