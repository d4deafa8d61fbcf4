import Canvas
import TreeInsight
import TreeSearch

/// What is about to be committed: the trajectory line by line, what it answers, its scores, and a person's words.
enum CommitView {
  static func draw(_ form: CommitForm, _ run: OpenRun, _ look: Look, on frame: inout Frame) {
    guard run.tree.holds(form.node) else { return }
    let steps = run.tree.path(to: form.node).dropFirst()
    let inside = frame.popup(
      title: "Commit the trajectory to node \(form.node)", width: 84, height: min(frame.height - 2, steps.count + 9),
      look: look)
    let (text, fields) = inside.split(bottomRows: min(6, inside.height))
    for (index, id) in steps.suffix(max(0, text.height)).enumerated() {
      drawStep(id, in: text.row(index), run, look, on: &frame)
    }
    var verdict = PathPanel.verdict(form.node, run.tree, look)
    if run.tree[form.node].terminal == nil {
      verdict.append(Span("  unfinished: only these steps are committed", look("ui.error")))
    }
    frame.put(verdict, x: fields.x, y: fields.y, maxWidth: fields.width)
    frame.putTruncated(
      scores(form.node, run.tree, look), x: fields.x, y: fields.y + 1, style: look("ui.text.faint"),
      maxWidth: fields.width, ellipsis: look.glyphs.ellipsis)
    for (index, field) in [CommitForm.Field.label, .note].enumerated() {
      let y = fields.y + 2 + index
      guard y < fields.bottom else { return }
      frame.put(field == .label ? "label" : "note", x: fields.x, y: y, style: look("node.label"))
      frame.field(
        form[field], x: fields.x + 7, y: y, width: fields.width - 7, hasFocus: form.focus == field, look: look)
    }
    frame.putTruncated(
      "Enter commits, Tab changes the field, Esc cancels.", x: fields.x, y: fields.bottom - 1,
      style: look("ui.text.faint"), maxWidth: fields.width, ellipsis: look.glyphs.ellipsis)
  }

  private static func drawStep(_ id: NodeID, in line: Rect, _ run: OpenRun, _ look: Look, on frame: inout Frame) {
    let text = OptionText.line(run.tree.details[id.offset].option?.bytes ?? [], glyphs: look.glyphs)
    frame.put(run.labels[id]?.sign ?? look.glyphs.bullet, x: line.x, y: line.y, style: look("ui.key"))
    frame.putTruncated(
      text, x: line.x + 2, y: line.y, style: look("path.row"), maxWidth: line.width - 2, ellipsis: look.glyphs.ellipsis)
  }

  private static func scores(_ id: NodeID, _ tree: SearchTree, _ look: Look) -> String {
    var text = "Q \(Number.score(tree[id].meanValue, none: look.glyphs.abstained))"
    for critic in tree.header.critics {
      guard let score = tree.score(critic.name, of: id) else { continue }
      text += "  \(OptionText.line(critic.name, glyphs: look.glyphs)) \(Number.score(score))"
    }
    return text
  }
}
