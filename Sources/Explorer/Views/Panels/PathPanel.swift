import Canvas
import TreeSearch

/// A trajectory, a row a step, and what it answers.
struct PathPanel {
  let run: OpenRun
  let look: Look
  /// What stands in the panel's rule.
  var title: [Span] = []

  func draw(in rect: Rect, on frame: inout Frame) {
    let isFocused = run.focus == .path
    let inside = frame.panel(rect, title: title, isFocused: isFocused, look: look)
    let path = run.shownPath
    let steps = PathPanel.steps(path, run, height: inside.height)
    for (index, id) in steps.enumerated() { draw(id, in: inside.row(index), isFocused, on: &frame) }
    if path.count < 2 {
      frame.put("No step yet.", x: inside.x + 1, y: inside.y, style: look("ui.text.faint"), maxWidth: inside.width - 1)
    } else if let end = path.last {
      drawAnswer(end, in: inside.row(min(steps.count, inside.height - 1)), on: &frame)
    }
  }

  /// The node whose step is drawn in row `row` below the title.
  static func node(atRow row: Int, _ run: OpenRun, in rect: Rect) -> NodeID? {
    let shown = steps(run.shownPath, run, height: rect.height - 1)
    return shown.indices.contains(row) ? shown[row] : nil
  }

  /// The steps that fit above the answer, around the selected one.
  private static func steps(_ path: [NodeID], _ run: OpenRun, height: Int) -> ArraySlice<NodeID> {
    let steps = path.dropFirst()
    let room = max(0, height - 1)
    guard steps.count > room else { return ArraySlice(Array(steps)) }
    let at = steps.firstIndex(of: run.cursor) ?? steps.endIndex - 1
    let start = max(steps.startIndex, min(at - room / 2, steps.endIndex - room))
    return ArraySlice(Array(steps[start..<start + room]))
  }

  private func draw(_ id: NodeID, in line: Rect, _ isFocused: Bool, on frame: inout Frame) {
    let isSelected = id == run.cursor
    let node = run.tree[id]
    if isSelected {
      if isFocused {
        frame.fill(line, style: look("list.row.selected").over(look("ui.background")))
        frame.cursor = Frame.Cursor(x: line.x, y: line.y)
      }
      frame.put(look.glyphs.selection, x: line.x, y: line.y, style: isFocused ? .plain : look("ui.key"))
    }
    let isPlain = isSelected && isFocused
    let q = node.meanValue.map { isPlain ? Style.plain : look.quality($0) } ?? look("ui.text.faint")
    frame.putRight(Number.score(node.meanValue, none: look.glyphs.abstained), right: line.x + 6, y: line.y, style: q)
    if let label = run.labels[id] { frame.put(label.sign, x: line.x + 7, y: line.y) }
    let text = OptionText.line(run.tree.details[id.offset].option?.bytes ?? [], glyphs: look.glyphs)
    frame.putTruncated(
      text, x: line.x + 9, y: line.y, style: isPlain ? .plain : look("path.row"), maxWidth: max(0, line.width - 10),
      ellipsis: look.glyphs.ellipsis)
  }

  private func drawAnswer(_ end: NodeID, in line: Rect, on frame: inout Frame) {
    frame.put(PathPanel.verdict(end, run.tree, look), x: line.x + 2, y: line.y, maxWidth: max(0, line.width - 3))
  }

  /// What a trajectory's end answers, and whether that is right where a reference is known.
  static func verdict(_ end: NodeID, _ tree: SearchTree, _ look: Look) -> [Span] {
    let faint = look("ui.text.faint")
    guard let answer = tree.answer(at: end) else {
      let why = tree[end].terminal == nil ? "not finished yet" : "ended without an answer"
      return [Span(why, faint)]
    }
    var spans = [Span("answer ", faint), Span(OptionText.line(answer, glyphs: look.glyphs), look("path.answer"))]
    if tree.details[end.offset].answer == nil { spans.append(Span(" by rollout", faint)) }
    guard let isCorrect = tree.isCorrect(answer) else { return spans }
    let sign = isCorrect ? "\(look.glyphs.answerOK) correct" : "\(look.glyphs.contradicted) wrong"
    return spans + [Span("  \(sign)", look(isCorrect ? "critic.agree" : "critic.contradict"))]
  }
}
