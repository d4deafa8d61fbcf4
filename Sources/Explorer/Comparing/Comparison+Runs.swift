import TreeInsight
import TreeSearch

/// A run that another can be compared with.
public struct RunChoice: Hashable, Sendable, Identifiable {
  /// Its name in the workspace.
  public let id: String
  /// How far it is, in words.
  public let words: String

  /// The run called `id`, described by `words`.
  public init(id: String, words: String) {
    self.id = id
    self.words = words
  }
}

extension Comparison {
  /// Nodes listed; the command line lists all.
  private static let mostNodes = 200

  /// Where two runs part, and what became of it.
  init(_ difference: RunDifference, a: String, b: String) {
    var rows: [Row] = []
    if difference.isEmpty { rows.append(.words("the runs are the same, event by event")) }
    if !difference.settings.isEmpty { rows.append(.words("settings that differ")) }
    rows += difference.settings.map { .pair($0.at, a: $0.a, b: $0.b) }
    if let parting = difference.parting {
      let same =
        parting.at == 0 ? "the first event differs" : "the first \(Number.things(parting.at, "event")) are the same"
      rows.append(.words(same))
      let ends = "the journal ends"
      rows.append(.pair("event \(parting.at + 1)", a: parting.a ?? ends, b: parting.b ?? ends))
    }
    if !difference.finals.isEmpty { rows.append(.words("final answers that differ")) }
    rows += difference.finals.map { .pair($0.at, a: $0.a, b: $0.b) }
    if !difference.nodes.isEmpty {
      rows.append(.words("\(Number.things(difference.nodes.count, "node")) differ, parents before children"))
    }
    for node in difference.nodes.prefix(Self.mostNodes) {
      if let option = node.at.last {
        rows.append(.words(String(repeating: "  ", count: min(node.at.count - 1, 10)) + option))
      }
      rows.append(
        .pair(node.at.isEmpty ? "whole tree" : "depth \(node.at.count)", a: node.a?.words, b: node.b?.words))
    }
    let left = difference.nodes.count - Self.mostNodes
    if left > 0 { rows.append(.words("and \(Number.count(left)) more: etascope run diff \(a) \(b) --json")) }
    self.init(title: "Compare runs", a: a, b: b, rows: rows)
  }
}

extension NodeTotals {
  fileprivate var words: String {
    "node \(id)  N \(Number.count(visits))  Q \(q.map { Number.fixed($0, decimals: 3) } ?? "none")  "
      + Number.things(nodes, "node")
  }
}
