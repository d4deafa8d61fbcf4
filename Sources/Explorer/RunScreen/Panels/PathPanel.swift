import Canvas
import TreeInsight
import TreeSearch

/// A trajectory, a row a step, and what it answers.
struct PathPanel {
  let run: OpenRun
  let look: Look
  /// What stands in the panel's rule.
  var title: [Span] = []

  /// Columns from which on the trajectory that is not chosen stands beside the one that is.
  private static let twoColumns = 90

  func draw(in rect: Rect, on frame: inout Frame) {
    let isFocused = run.focus == .path
    let inside = frame.panel(rect, title: title, isFocused: isFocused, look: look)
    let path = run.shownPath
    let other = inside.width >= Self.twoColumns ? otherPath : nil
    let own = other == nil ? inside : inside.split(columns: inside.width / 2).left
    let shown = PathPanel.shownSteps(path, run, height: inside.height)
    let parting = other.map { other in zip(path, other).prefix { $0 == $1 }.count }
    for (row, step) in shown.enumerated() {
      draw(path[step], in: own.row(row), isFocused, parts: step == parting, on: &frame)
    }
    let rolled = Array(run.rolledLines(behind: path).prefix(max(0, inside.height - 1 - shown.count)))
    for (row, line) in rolled.enumerated() { draw(line, in: own.row(shown.count + row), on: &frame) }
    if path.count < 2, rolled.isEmpty {
      frame.put("No step yet.", x: inside.x + 1, y: inside.y, style: look("ui.text.faint"), maxWidth: inside.width - 1)
    } else if let end = path.last {
      drawAnswer(end, in: own.row(min(shown.count + rolled.count, inside.height - 1)), on: &frame)
    }
    if let other, let parting {
      draw(other, shown, parting, in: inside.split(columns: inside.width / 2).right, on: &frame)
      let name = run.pathChoice == .best ? " Path through \(run.pathNode) " : " Best path "
      frame.put(name, x: inside.x + inside.width / 2 + 1, y: rect.y, style: look("ui.title"))
    }
  }

  private func draw(_ rolled: String, in line: Rect, on frame: inout Frame) {
    let style = look("ui.text.faint")
    frame.putRight(look.glyphs.bullet, right: line.x + 6, y: line.y, style: style)
    frame.putTruncated(
      OptionText.line(rolled, glyphs: look.glyphs), x: line.x + 9, y: line.y, style: style,
      maxWidth: max(0, line.width - 10), ellipsis: look.glyphs.ellipsis)
  }

  /// The trajectory that is not chosen, where it is another one: the best one, or the one through the selected node.
  private var otherPath: [NodeID]? {
    let other = run.pathChoice == .best ? run.tree.trajectory(through: run.pathNode) : run.bestPath
    return other == run.shownPath || other.count < 2 ? nil : other
  }

  /// The other trajectory, step beside step; what both share is faint.
  private func draw(_ other: [NodeID], _ shown: Range<Int>, _ parting: Int, in rect: Rect, on frame: inout Frame) {
    frame.verticalLine(x: rect.x, y: rect.y, length: rect.height, glyphs: look.glyphs, style: look("ui.border"))
    let inside = rect.split(columns: 1).right
    // The chosen one may be shorter: what is left of this one follows in the rows below.
    let steps = shown.lowerBound..<max(shown.lowerBound, min(other.count, shown.lowerBound + max(0, rect.height - 1)))
    for (row, step) in steps.enumerated() {
      draw(other[step], in: inside.row(row), parts: step == parting, isShared: step < parting, on: &frame)
    }
    if let end = other.last { drawAnswer(end, in: inside.row(min(steps.count, inside.height - 1)), on: &frame) }
  }

  /// The node whose step is drawn in row `row` below the title.
  static func node(atRow row: Int, _ run: OpenRun, in rect: Rect) -> NodeID? {
    let path = run.shownPath
    let shown = shownSteps(path, run, height: rect.height - 1)
    return shown.indices.contains(shown.lowerBound + row) ? path[shown.lowerBound + row] : nil
  }

  /// The steps that fit above the answer, around the selected one; the root is none.
  private static func shownSteps(_ path: [NodeID], _ run: OpenRun, height: Int) -> Range<Int> {
    let room = max(0, height - 1)
    guard path.count - 1 > room else { return 1..<max(1, path.count) }
    let at = path.dropFirst().firstIndex(of: run.cursor) ?? path.count - 1
    let start = max(1, min(at - room / 2, path.count - room))
    return start..<start + room
  }

  private func draw(
    _ id: NodeID, in line: Rect, _ isFocused: Bool = false, parts: Bool, isShared: Bool = false,
    on frame: inout Frame
  ) {
    let isSelected = id == run.cursor && !isShared
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
    // Where two trajectories part is said by a sign, too.
    if parts { frame.put(look.glyphs.right, x: line.x + 8, y: line.y, style: isPlain ? .plain : look("ui.key")) }
    let read = RichText.line(of: run.tree.details[id.offset].option, look: look, isRaw: run.showsRaw)
    // In few columns a beginning says more than two ends.
    let room = max(0, line.width - 10)
    let text = room < 36 ? read : StepText.middle(read, to: room, look.glyphs.ellipsis)
    let style = parts ? "node.value" : isShared ? "ui.text.faint" : "path.row"
    frame.putTruncated(
      text, x: line.x + 9, y: line.y, style: isPlain ? .plain : look(style), maxWidth: max(0, line.width - 10),
      ellipsis: look.glyphs.ellipsis)
  }

  private func drawAnswer(_ end: NodeID, in line: Rect, on frame: inout Frame) {
    frame.put(PathPanel.verdict(end, run, look), x: line.x + 2, y: line.y, maxWidth: max(0, line.width - 3))
  }

  /// What a trajectory's end answers, and whether that is right where a reference is known.
  static func verdict(_ end: NodeID, _ run: OpenRun, _ look: Look) -> [Span] {
    verdict(run.answer(at: end), isRolledOut: run.tree.details[end.offset].answer == nil, end, run.tree, look)
  }

  /// What `answer`, which the trajectory to `end` states by itself or by a rollout, is.
  static func verdict(
    _ answer: String?, isRolledOut: Bool, _ end: NodeID, _ tree: SearchTree, _ look: Look
  ) -> [Span] {
    let faint = look("ui.text.faint")
    guard let answer else {
      let why = tree[end].terminal == nil ? "not finished yet" : "ended without an answer"
      return [Span(why, faint)]
    }
    let isCorrect = tree.isCorrect(answer)
    // The number has the colour of what is known of it.
    let scope = isCorrect.map { $0 ? "critic.agree" : "critic.contradict" }
    var spans = [Span("answer ", faint)]
    spans.append(
      Span(OptionText.line(answer, glyphs: look.glyphs), look(scope ?? "path.answer").over(look("path.answer"))))
    if isRolledOut { spans.append(Span(" by rollout", faint)) }
    guard let isCorrect, let scope else { return spans }
    let sign = isCorrect ? "\(look.glyphs.answerOK) correct" : "\(look.glyphs.contradicted) wrong"
    return spans + [Span("  \(sign)", look(scope))]
  }
}
