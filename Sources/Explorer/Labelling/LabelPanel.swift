import Canvas
import Vocabulary

/// A task: the question, the steps with what is said of them, and the alternatives of the step at the cursor.
struct LabelPanel {
  let screen: LabelScreen
  let look: Look

  /// A row below the question.
  private struct Row {
    let spans: [Span]
    let isSelected: Bool
  }

  func draw(in rect: Rect, on frame: inout Frame) {
    let task = screen.task
    let title = OptionText.line(task.problem, glyphs: look.glyphs) + (task.decides ? ": decide" : ": label, blind")
    let inside = frame.panel(rect, title: [Span(title, look("ui.title"))], isFocused: true, look: look)
    let area = inside.inset(horizontal: 1, vertical: 0)
    let question = wrap([Span(OptionText.block(task.question), look("ui.text"))], width: max(1, area.width))
    let (head, rest) = area.split(rows: min(question.count, area.height / 3))
    frame.lines(question, in: head)
    let (body, foot) = rest.split(bottomRows: 1)
    let rows = rows(width: body.width)
    let at = rows.firstIndex(where: \.isSelected) ?? 0
    let top = max(0, min(at - body.height / 2, rows.count - (body.height - 1)))
    for (index, row) in rows.dropFirst(top).prefix(max(0, body.height - 1)).enumerated() {
      let line = body.row(index + 1)
      if row.isSelected {
        frame.fill(line, style: look("list.row.selected").over(look("ui.background")))
        frame.cursor = Frame.Cursor(x: line.x, y: line.y)
      }
      frame.put(
        row.isSelected ? row.spans.map { Span($0.text) } : row.spans, x: line.x, y: line.y, maxWidth: line.width)
    }
    frame.put(whole(task), x: foot.x, y: foot.y, maxWidth: foot.width)
  }

  private func rows(width: Int) -> [Row] {
    var rows: [Row] = []
    for (index, step) in screen.task.steps.enumerated() {
      let isHere = index == screen.step
      for (at, line) in step.lines.enumerated() where at == 0 || isHere {
        let isSelected = isHere && at == screen.line
        rows += self.rows(line, number: at == 0 ? index + 1 : nil, isSelected: isSelected, width: width)
      }
      if let completion = step.completion {
        let text = OptionText.line(completion, glyphs: look.glyphs)
        rows.append(
          Row(spans: [Span("        yours: ", look("node.label")), Span(text, look("ui.text"))], isSelected: false))
      }
    }
    return rows
  }

  /// A line, whole: a long one goes on below.
  private func rows(_ line: LabelTask.Line, number: Int?, isSelected: Bool, width: Int) -> [Row] {
    let sign = line.label?.sign ?? " "
    let style = line.label.map {
      look($0 == .bad ? "critic.contradict" : $0 == .good ? "critic.agree" : "ui.text.faint")
    }
    let name = number.map { TextWidth.padded("\($0)", to: 3) } ?? "  \(look.glyphs.bullet)"
    let flag = line.isFlagged ? "!" : " "
    let text = wrap(OptionText.line(line.text, glyphs: look.glyphs), width: max(1, width - 9))
    var rows = text.enumerated().map { index, part in
      let head =
        index == 0
        ? [Span("\(name) ", look("ui.text.faint")), Span("\(sign)\(flag) ", style ?? look("ui.key"))]
        : [Span("       ", look("ui.text"))]
      return Row(
        spans: head + [Span(part, look(number == nil ? "ui.text.faint" : "path.row"))],
        isSelected: isSelected && index == 0)
    }
    if !line.sides.isEmpty {
      let sides = OptionText.line(line.sides.joined(separator: "   "), glyphs: look.glyphs)
      rows.append(Row(spans: [Span("        \(sides)", look("ui.notice"))], isSelected: false))
    }
    return rows
  }

  /// What is said of the whole, and how far it is.
  private func whole(_ task: LabelTask) -> [Span] {
    var words = ["\(task.labelled) of \(task.steps.count) steps labelled"]
    if let verdict = task.verdict { words.append("the whole is \(verdict.rawValue)") }
    if let finish = task.finish { words.append("ended: \(finish.words)") }
    let sides = task.sides.isEmpty ? "" : "   the whole: \(task.sides.joined(separator: "   "))"
    return [
      Span(words.joined(separator: ", "), look("ui.text.faint")),
      Span(OptionText.line(sides, glyphs: look.glyphs), look("ui.notice")),
    ]
  }
}
