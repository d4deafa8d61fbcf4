import Foundation
import TreeInsight
import TreeSearch
import Vocabulary

extension RunFormat {
  /// A graph for Graphviz.
  public static let dot = RunFormat(name: "dot", help: "a graph for Graphviz") { Data($0.dot().utf8) }
}

extension RunExport {
  /// The tree for Graphviz: a box an option with N and Q; terminals double, pruned ones dashed, the best path bold.
  fileprivate func dot() -> String {
    let best = Set(tree.chosenPath())
    var lines = [
      "digraph \(Self.quoted(run)) {", "  node [shape=box, fontname=\"monospace\"];",
    ]
    for id in shown {
      let node = tree[id]
      let text = tree.details[id.offset].option?.text ?? tree.header.problem.question
      let label = [
        "\(id)", Self.clipped(text), "N \(node.knownVisits.map { "\($0)" } ?? "–")  Q \(Self.short(node.meanValue))",
      ]
      var styles: [String] = []
      if node.marks.contains(.pruned) { styles.append("dashed") }
      if best.contains(id) { styles.append("bold") }
      lines.append(
        "  n\(id) [label=\(Self.quoted(lines: label)), peripheries=\(node.terminal == nil ? 1 : 2)"
          + (styles.isEmpty ? "" : ", style=\"\(styles.joined(separator: ","))\"") + "];")
      if node.parent.exists { lines.append("  n\(node.parent) -> n\(id);") }
    }
    return (lines + ["}", ""]).joined(separator: "\n")
  }

  /// A string of the DOT language whose content is one line each of `lines`.
  private static func quoted(lines: [String]) -> String {
    "\"" + lines.map { escaped($0) }.joined(separator: "\\n") + "\""
  }

  private static func quoted(_ text: String) -> String { quoted(lines: [text]) }

  private static func escaped(_ text: String) -> String {
    text.printable.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"")
  }
}
