import Foundation
import TreeInsight
import TreeSearch

extension RunExport {
  /// The tree for Graphviz: a box an option with N and Q; terminals double, pruned ones dashed, the best path bold.
  func dot() -> String {
    let best = Set(tree.bestPath())
    var lines = [
      "digraph \(Self.quoted(run)) {", "  node [shape=box, fontname=\"monospace\"];",
    ]
    for id in shown {
      let node = tree[id]
      let text = tree.details[id.offset].option?.text ?? tree.header.problem.question
      let label = ["\(id)", Self.clipped(text), "N \(node.visits)  Q \(Self.short(node.meanValue))"]
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

  /// The first 60 characters of the text, trimmed.
  static func clipped(_ text: String) -> String {
    let line = text.trimmingCharacters(in: .whitespacesAndNewlines)
    return line.count > 60 ? line.prefix(59) + "…" : line
  }

  /// Three decimals; a dash where there is no number. The rounding does not depend on the locale.
  static func short(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "–" }
    let thousandths = Int((abs(value) * 1000).rounded())
    let digits = String(thousandths % 1000)
    let sign = value < 0 && thousandths > 0 ? "-" : ""
    return "\(sign)\(thousandths / 1000).\(String(repeating: "0", count: 3 - digits.count))\(digits)"
  }
}
