import Canvas
import TreeInsight
import TreeSearch
import Vocabulary
import Workspace

/// What pictures of trees and trajectories are made of. Colours are black, gray, blue and orange: they stay apart in print
/// and for eyes that confuse red and green.
package enum PictureText {
  package static let (ink, faint, line, good, bad) = ("#1a1a1a", "#595959", "#a0a0a0", "#00508f", "#a84600")

  /// A whole picture on white.
  package static func document(width: Double, height: Double, title: String, _ parts: [SVGElement]) -> String {
    let back = SVGElement("rect", ["width": "100%", "height": "100%", "fill": "#ffffff"])
    let group = SVGElement(
      "g", ["font-family": "DejaVu Sans Mono, Menlo, Consolas, monospace", "font-size": "10", "xml:space": "preserve"],
      parts)
    return SVGElement(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "width": SVGElement.number(width), "height": SVGElement.number(height),
        "viewBox": "0 0 \(SVGElement.number(width)) \(SVGElement.number(height))",
      ], [SVGElement("title", text: title), back, group]
    ).xml()
  }

  package static func line(_ text: String, x: Double, y: Double, color: String) -> SVGElement {
    SVGElement("text", ["x": SVGElement.number(x), "y": SVGElement.number(y), "fill": color], text: text)
  }

  /// A score in [0, 1] as a bar in a frame.
  package static func bar(_ score: Double, x: Double, y: Double, width: Double) -> SVGElement {
    let filled = max(0, min(score, 1)) * width
    return SVGElement(
      "g", [:],
      [
        SVGElement(
          "rect",
          [
            "x": SVGElement.number(x), "y": SVGElement.number(y), "width": SVGElement.number(width), "height": "4",
            "fill": "#e6e6e6",
          ]),
        SVGElement(
          "rect",
          [
            "x": SVGElement.number(x), "y": SVGElement.number(y), "width": SVGElement.number(filled), "height": "4",
            "fill": score >= 2.0 / 3 ? good : score >= 1.0 / 3 ? faint : bad,
          ]),
      ])
  }

  /// Text of a model in lines of so many columns; what does not fit into `most` of them ends in an ellipsis.
  package static func lines(_ bytes: [UInt8], width: Int, most: Int) -> [String] {
    let text = safe(String(decoding: bytes.prefix(8192), as: UTF8.self))
    let all = wrap(text, width: width)
    guard all.count > most else { return all }
    return all.prefix(most - 1) + [TextWidth.truncated(all[most - 1] + " " + all[most], to: width)]
  }

  /// One line without anything that a terminal or XML would obey.
  package static func safe(_ text: String) -> String {
    let line = Sanitizer(lineEnd: .space, limit: 4096).text(text)
    return String(line[..<(line.lastIndex { $0 != " " }.map { line.index(after: $0) } ?? line.startIndex)])
  }

  /// Whether the answer that a node states is right; nil where it states none or nobody knows.
  package static func verdict(_ node: NodeID, _ tree: SearchTree) -> (text: String, word: String, color: String)? {
    guard let answer = tree.details[node.offset].answer,
      let isCorrect = tree.header.problem.accepts(answer)
    else { return nil }
    return isCorrect ? ("✓", "correct", good) : ("✗", "wrong", bad)
  }

  package static func caption(_ tree: SearchTree) -> String {
    let header = tree.header
    return safe(
      "\(header.problem.id): \(tree.simulations) simulations, \(tree.nodeCount) nodes, seed \(header.seed), etascope \(header.version)"
    )
  }

  /// Two decimals; a dash where there is no number.
  package static func score(_ value: Double?) -> String { FixedNumber.text(value, decimals: 2, none: "–") }
}
