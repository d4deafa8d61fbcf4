import Foundation
import TreeSearch
import Vocabulary

extension RunFormat {
  /// A flowchart for Markdown pages.
  public static let mermaid = RunFormat(name: "mermaid", help: "a flowchart for Markdown pages and wikis") {
    export, stream in try export.mermaid(&stream)
  }
}

extension RunExport {
  /// A box an option with N and Q; ends are rounded, pruned ones dashed, the best path bold.
  fileprivate func mermaid(_ stream: inout ExportStream) throws {
    let best = Set(tree.chosenPath())
    try stream.put("flowchart TD\n  classDef best stroke-width:3px\n  classDef pruned stroke-dasharray:4\n")
    for id in shown {
      let row = NodeRow(id, in: tree)
      let label =
        "\(id)  N \(row.visits.map { "\($0)" } ?? "–")  Q \(Self.short(row.q))<br/>\(Self.mermaid(Self.clipped(row.text)))"
      let (open, close) = row.terminal == nil ? ("[\"", "\"]") : ("([\"", "\"])")
      let kind = row.isPruned ? ":::pruned" : best.contains(id) ? ":::best" : ""
      try stream.put("  n\(id)\(open)\(label)\(close)\(kind)\n")
      if let parent = row.parent { try stream.put("  n\(parent) --> n\(id)\n") }
    }
  }

  /// Whatever is no letter, digit or space, as Mermaid's codes: nothing of a text is taken as markup.
  private static func mermaid(_ text: String) -> String {
    text.printable.unicodeScalars.reduce(into: "") { safe, scalar in
      if scalar == " " || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) {
        safe.unicodeScalars.append(scalar)
      } else {
        safe += "#\(scalar.value);"
      }
    }
  }
}
