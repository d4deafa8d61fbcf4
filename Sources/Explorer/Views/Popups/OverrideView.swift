import Canvas
import TreeInsight
import TreeSearch

/// Which critic is overruled at a node, and by what.
enum OverrideView {
  static func draw(_ form: OverrideForm, _ run: OpenRun, _ look: Look, on frame: inout Frame) {
    let inside = frame.popup(
      title: "Override a critic at node \(form.node)", width: 64, height: form.critics.count + 6, look: look)
    for (index, critic) in form.critics.enumerated() {
      let line = inside.row(index)
      let isChosen = critic == form.critic
      if isChosen { frame.fill(line, style: look("list.row.selected").over(look("ui.popup"))) }
      let name = TextWidth.padded(OptionText.line(critic, glyphs: look.glyphs), to: 14, ellipsis: look.glyphs.ellipsis)
      let score = run.tree.score(critic, of: form.node)
      let isMine = run.tree.holds(form.node) && run.tree.details[form.node.offset].overrides[critic] != nil
      let sign = isChosen ? look.glyphs.selection : " "
      frame.put(
        "\(sign) \(name) \(Number.score(score, none: look.glyphs.abstained))\(isMine ? " (yours)" : "")", x: line.x,
        y: line.y, style: isChosen ? .plain : look("ui.text"), maxWidth: line.width)
    }
    let y = inside.y + form.critics.count + 1
    guard y < inside.bottom else { return }
    frame.put("score ", x: inside.x, y: y, style: look("ui.text.faint"))
    frame.field(form.field, x: inside.x + 6, y: y, width: min(20, inside.width - 6), hasFocus: true, look: look)
    let text = form.problem ?? "0 to 1, or nothing for the critic's own; Tab: next critic"
    if y + 2 < inside.bottom + 1 {
      frame.putTruncated(
        text, x: inside.x, y: min(y + 1, inside.bottom - 1),
        style: look(form.problem == nil ? "ui.text.faint" : "ui.error"), maxWidth: inside.width,
        ellipsis: look.glyphs.ellipsis)
    }
  }
}
