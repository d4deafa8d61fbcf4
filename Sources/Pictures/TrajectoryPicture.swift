import Canvas
import TreeInsight
import TreeSearch

/// One trajectory as a picture: the question, a row a step with what the critics said, and what it answers.
package struct TrajectoryPicture {
  private static let (width, margin, textWidth, lineHeight) = (760.0, 16.0, 68, 14.0)

  package let tree: SearchTree
  /// Its nodes, root first.
  package let path: [NodeID]

  package init(_ tree: SearchTree, through node: NodeID? = nil) {
    self.tree = tree
    path = node.map { tree.path(to: $0) } ?? tree.chosenPath()
  }

  /// The document; the same tree always gives the same bytes.
  package var svg: String {
    var y = Self.margin + 4
    var parts: [SVGElement] = []
    let question = Array(tree.header.problem.question.utf8)
    for line in PictureText.lines(question, width: 118, most: 6) {
      parts.append(PictureText.line(line, x: Self.margin, y: y, color: PictureText.faint))
      y += Self.lineHeight
    }
    y += 12
    let critics = tree.header.critics.filter { $0.weight > 0 }.map(\.name).prefix(4)
    parts += heading(critics: Array(critics), y: y)
    y += 8
    for (number, id) in path.dropFirst().enumerated() {
      parts.append(rule(y))
      y += Self.lineHeight + 2
      parts += numbers(id, critics: Array(critics), y: y)
      parts.append(PictureText.line("\(number + 1)", x: Self.margin, y: y, color: PictureText.faint))
      let bytes = tree.details[id.offset].option?.bytes ?? []
      for (index, line) in PictureText.lines(bytes, width: Self.textWidth, most: 8).enumerated() {
        if index > 0 { y += Self.lineHeight }
        parts.append(PictureText.line(line, x: Self.margin + 24, y: y, color: PictureText.ink))
      }
      y += 12
    }
    parts.append(rule(y))
    y += Self.lineHeight + 4
    if let end = path.last { parts += answer(end, y: y) }
    y += Self.lineHeight + 8
    let caption = PictureText.caption(tree)
    parts.append(PictureText.line(caption, x: Self.margin, y: y, color: PictureText.faint))
    return PictureText.document(width: Self.width, height: y + Self.margin, title: caption, parts)
  }

  private func rule(_ y: Double) -> SVGElement {
    SVGElement(
      "line",
      [
        "x1": SVGElement.number(Self.margin), "x2": SVGElement.number(Self.width - Self.margin),
        "y1": SVGElement.number(y), "y2": SVGElement.number(y), "stroke": PictureText.line, "stroke-width": "1",
      ])
  }

  private func column(_ index: Int) -> Double { Self.width - Self.margin - 38 - Double(4 - index) * 52 }

  private func heading(critics: [String], y: Double) -> [SVGElement] {
    (["Q"] + critics).enumerated().map { index, name in
      let short = TextWidth.truncated(name, to: 6)
      return PictureText.line(short, x: column(index), y: y, color: PictureText.faint)
    }
  }

  private func numbers(_ id: NodeID, critics: [String], y: Double) -> [SVGElement] {
    let scores = [tree[id].meanValue] + critics.map { tree.score($0, of: id) }
    return scores.enumerated().flatMap { index, score -> [SVGElement] in
      let text = PictureText.line(PictureText.score(score), x: column(index), y: y, color: PictureText.ink)
      return [text] + (score.map { [PictureText.bar($0, x: column(index), y: y + 3, width: 34)] } ?? [])
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
