import Canvas
import TreeInsight
import TreeSearch

/// One trajectory as a picture: the question, a row a step with what the critics said, and what it answers.
package struct TrajectoryPicture {
  private static let (leastWidth, margin, textWidth, lineHeight) = (760.0, 16.0, 68, 14.0)
  /// A character of the picture's face takes so much; a column is a bar wide at least.
  private static let (characterWidth, barWidth, gap) = (6.0, 34.0, 14.0)

  package let tree: SearchTree
  /// Its nodes, root first.
  package let path: [NodeID]

  package init(_ tree: SearchTree, through node: NodeID? = nil) {
    self.tree = tree
    path = node.map { tree.path(to: $0) } ?? tree.chosenPath()
  }

  /// The critics that count and had something to say of a step, as columns.
  private var critics: [String] {
    tree.header.critics.filter { critic in
      critic.weight > 0 && path.contains { tree.score(critic.name, of: $0) != nil }
    }.map(\.name).prefix(16).map { $0 }
  }

  /// Columns of numbers with their left edges, the last one ending at `right`.
  private struct Columns {
    let names: [String]
    let edges: [Double]
    let width: Double

    init(_ critics: [String]) {
      names = (["Q"] + critics).map { TextWidth.truncated(PictureText.safe($0), to: 24) }
      let (least, margin) = (TrajectoryPicture.leastWidth, TrajectoryPicture.margin)
      let (character, gap) = (TrajectoryPicture.characterWidth, TrajectoryPicture.gap)
      let widths = names.map { max(TrajectoryPicture.barWidth, Double(TextWidth.columns($0)) * character) + gap }
      let numbers = widths.reduce(0, +)
      width = max(least, 2 * margin + 24 + Double(TrajectoryPicture.textWidth) * character + numbers)
      var edge = width - margin - numbers + gap
      edges = widths.map { column in
        defer { edge += column }
        return edge
      }
    }
  }

  /// The document; the same tree always gives the same bytes.
  package var svg: String {
    let critics = critics
    let columns = Columns(critics)
    var y = Self.margin + 4
    var parts: [SVGElement] = []
    let question = Array(tree.header.problem.question.utf8)
    for line in PictureText.lines(question, width: 118, most: 6) {
      parts.append(PictureText.line(line, x: Self.margin, y: y, color: PictureText.faint))
      y += Self.lineHeight
    }
    y += 12
    parts += zip(columns.names, columns.edges).map { name, x in
      PictureText.line(name, x: x, y: y, color: PictureText.faint)
    }
    y += 8
    for (number, id) in path.dropFirst().enumerated() {
      parts.append(rule(y, columns.width))
      y += Self.lineHeight + 2
      parts += numbers(id, critics, columns, y: y)
      parts.append(PictureText.line("\(number + 1)", x: Self.margin, y: y, color: PictureText.faint))
      let bytes = tree.details[id.offset].option?.bytes ?? []
      for (index, line) in PictureText.lines(bytes, width: Self.textWidth, most: 8).enumerated() {
        if index > 0 { y += Self.lineHeight }
        parts.append(PictureText.line(line, x: Self.margin + 24, y: y, color: PictureText.ink))
      }
      y += 12
    }
    parts.append(rule(y, columns.width))
    y += Self.lineHeight + 4
    if let end = path.last { parts += answer(end, y: y) }
    y += Self.lineHeight + 8
    let caption = PictureText.caption(tree)
    parts.append(PictureText.line(caption, x: Self.margin, y: y, color: PictureText.faint))
    return PictureText.document(width: columns.width, height: y + Self.margin, title: caption, parts)
  }

  private func rule(_ y: Double, _ width: Double) -> SVGElement {
    SVGElement(
      "line",
      [
        "x1": SVGElement.number(Self.margin), "x2": SVGElement.number(width - Self.margin),
        "y1": SVGElement.number(y), "y2": SVGElement.number(y), "stroke": PictureText.line, "stroke-width": "1",
      ])
  }

  private func numbers(_ id: NodeID, _ critics: [String], _ columns: Columns, y: Double) -> [SVGElement] {
    let scores = [tree[id].meanValue] + critics.map { tree.score($0, of: id) }
    return zip(scores, columns.edges).flatMap { score, x -> [SVGElement] in
      let text = PictureText.line(PictureText.score(score), x: x, y: y, color: PictureText.ink)
      return [text] + (score.map { [PictureText.bar($0, x: x, y: y + 3, width: Self.barWidth)] } ?? [])
    }
  }

  private func answer(_ end: NodeID, y: Double) -> [SVGElement] {
    guard let answer = tree.details[end.offset].answer else {
      return [PictureText.line("no answer yet", x: Self.margin, y: y, color: PictureText.faint)]
    }
    let text = PictureText.line("answer \(PictureText.safe(answer))", x: Self.margin, y: y, color: PictureText.ink)
    guard let verdict = PictureText.verdict(end, tree) else { return [text] }
    return [
      text, PictureText.line("\(verdict.text) \(verdict.word)", x: Self.margin + 160, y: y, color: verdict.color),
    ]
  }
}
