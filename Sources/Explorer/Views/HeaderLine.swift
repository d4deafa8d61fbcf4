import Canvas
import TreeInsight
import TreeSearch

/// The first row: what is searched, and by which model; in the past, at which moment.
enum HeaderLine {
  static func draw(_ state: ExplorerState, in rect: Rect, _ look: Look, on frame: inout Frame) {
    var spans = [Span(" etascope", look("ui.title"))]
    var right = ""
    let moment = state.run?.pastMoment
    if let votes = votes(state, in: rect.width) { spans.append(Span(votes, look("ui.notice"))) }
    if let words = state.stageWords { spans.append(Span(words, look("ui.notice"))) }
    if let run = state.run {
      let header = run.tree.header
      func safe(_ text: String) -> String { OptionText.line(text, glyphs: look.glyphs) }
      spans.append(Span(safe(header.problem.id), look("ui.text")))
      if let answer = header.problem.reference { spans.append(Span("answer \(safe(answer))", look("ui.text"))) }
      if let model = header.models["policy"] { spans.append(Span(safe(model), look("ui.text.faint"))) }
      if let origin = header.forkedFrom { spans.append(Span("forked at \(origin.event)", look("ui.text.faint"))) }
      if let pick = run.tree.pick { spans.append(Span("picked \(safe(pick.short))", look("ui.text.faint"))) }
      right = moment.map { "moment \($0)/\(run.timeline.count) " } ?? "seed \(header.seed) "
    } else if let task = state.labelling?.task {
      spans.append(Span(task.decides ? "deciding between others" : "labelling, blind", look("ui.text")))
      spans.append(Span(OptionText.line(task.problem, glyphs: look.glyphs), look("ui.text")))
    } else if let rounds = state.rounds {
      spans.append(Span("rounds", look("ui.text")))
      if let round = rounds.round {
        spans.append(Span(OptionText.line(round.id, glyphs: look.glyphs), look("ui.text")))
        spans.append(Span(round.standing.word, look(round.standing.scope)))
      }
    } else {
      spans.append(Span("problems", look("ui.text")))
    }
    let isPast = moment != nil
    // The moment is always to be read; the seed gives way to what is searched.
    let room = rect.width - (isPast ? right.count + 2 : 0)
    var used = 0
    for (index, span) in spans.enumerated() {
      // A fact that does not fit as a whole is left out, and so is what follows.
      let separator = index == 0 ? "" : "  \(look.glyphs.separator)  "
      if used > 0, used + separator.count + TextWidth.columns(span.text) > room { break }
      used += frame.put(separator, x: rect.x + used, y: rect.y, style: look("ui.text.faint"))
      used += frame.put(span.text, x: rect.x + used, y: rect.y, style: span.style)
    }
    if used + right.count + 2 <= rect.width {
      frame.putRight(right, right: rect.right, y: rect.y, style: look(isPast ? "ui.notice" : "ui.text.faint"))
    }
  }

  /// The options with the most votes, as many as there is room for.
  private static func votes(_ state: ExplorerState, in width: Int) -> String? {
    let room = width - 14
    return [3, 2, 1].lazy.compactMap { state.company.tallyWords(in: state.run?.tree, most: $0) }
      .first { TextWidth.columns($0) <= room }
  }
}
