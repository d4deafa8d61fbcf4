import Canvas

/// The list of problems, a row each: what has been done with it, what came of it, what it asks.
enum ProblemsPanel {
  static func draw(_ list: ProblemList, in rect: Rect, _ look: Look, on frame: inout Frame) {
    let title = [Span("Problems", look("ui.title"))]
    let inside = frame.panel(rect, title: title, isFocused: true, look: look)
    if list.shown.isEmpty {
      let text = list.entries.isEmpty ? "No problems were given." : "No problem holds these words; Esc shows all."
      frame.put(text, x: inside.x + 2, y: inside.y + 1, style: look("ui.text.faint"), maxWidth: inside.width - 2)
    }
    Table(columns: columns(list, width: inside.width, look), rest: { $0.question }, look: look).draw(
      list.shown.lazy.map { list.entries[$0] }, cursor: list.cursor, top: list.top, rule: rect.row(0), in: inside,
      on: &frame)
  }

  /// Wide panels show more columns.
  private static func columns(_ list: ProblemList, width: Int, _ look: Look) -> [Table<ProblemEntry>.Column] {
    func state(_ entry: ProblemEntry) -> String { (list.audited.contains(entry.id) ? "audit " : "") + entry.state }
    func name(_ entry: ProblemEntry) -> String { (list.marked.contains(entry.id) ? "* " : "") + entry.id }
    var columns = [Table<ProblemEntry>.Column("", max(8, width / 3), name)]
    if width >= 60 {
      columns.append(.init("", 12) { $0.tier ?? $0.split ?? "" })
      // As wide as what is in it: who has it open and how far it is are both read where there is room.
      columns.append(.init("state", width >= 110 ? 28 : 16, scope: scope, state))
    }
    if width >= 76 { columns.append(.init("answer", 14, scope: answerScope) { answer($0.result, look.glyphs) }) }
    if width >= 96 {
      columns.append(.init("finals", 6, isNumber: true) { $0.result?.finals ?? "" })
      columns.append(.init("tokens", 7, isNumber: true) { $0.result.map { Number.short($0.tokens) } ?? "" })
    }
    return columns
  }

  /// What is going on with a problem, by colour, too: open elsewhere, decided, searched to the end, or not yet.
  private static func scope(_ entry: ProblemEntry) -> String {
    if entry.openWith != nil { return "ui.status.state.running" }
    if let decision = entry.decision { return decision.verdict == .bad ? "critic.contradict" : "critic.agree" }
    return entry.progress?.hasPrefix("done") == true ? "ui.text" : "ui.text.faint"
  }

  private static func answerScope(_ entry: ProblemEntry) -> String {
    entry.result?.isCorrect.map { $0 ? "tree.glyph.right" : "tree.glyph.wrong" } ?? "ui.text.faint"
  }

  /// What the run answers, with a sign for whether that is right.
  private static func answer(_ result: ProblemResult?, _ glyphs: GlyphSet) -> String {
    guard let answer = result?.answer else { return "" }
    let sign = result?.isCorrect.map { $0 ? glyphs.answerOK : glyphs.contradicted }
    // A right answer that the search found and did not choose is worth a look.
    let missed = result?.missesRight == true ? glyphs.bookmark : nil
    return [sign, answer, missed].compactMap { $0 }.joined(separator: " ")
  }
}

/// The selected problem in full, below the list.
enum ProblemPreview {
  static func draw(_ entry: ProblemEntry, in rect: Rect, _ look: Look, on frame: inout Frame) {
    func safe(_ text: String) -> String { OptionText.line(text, glyphs: look.glyphs) }
    let inside = frame.panel(rect, title: [Span(safe(entry.id), look("ui.title"))], isFocused: false, look: look)
    let area = inside.inset(horizontal: 2, vertical: 0)
    let known = [
      entry.answer.map { "answer \($0)" }, entry.tier.map { "tier \($0)" }, entry.split.map { "split \($0)" },
      entry.state.isEmpty ? nil : entry.state, entry.result?.answer.map { "answered \($0)" },
      entry.result?.agreement.map { "\($0) of 5 final selections agree" },
      entry.result?.missesRight == true ? "the right answer was found and not chosen" : nil,
      entry.result.map { Number.things($0.tokens, "token") },
    ]
    let facts = wrap(
      [Span(safe(known.compactMap { $0 }.joined(separator: ", ")), look("ui.text.faint"))], width: area.width)
    // What is known of it stands below the question and is read whole; a long question gives way.
    let room = max(1, area.height - facts.count)
    let style = look("node.option")
    var question = wrap(OptionText.block(entry.question), width: area.width)
    if question.count > room {
      let last = question[room - 1] + " " + question[room]
      let cut = TextWidth.truncated(last, to: area.width, ellipsis: look.glyphs.ellipsis)
      question = question.prefix(room - 1) + [cut]
    }
    let gap: [[Span]] = question.count < room ? [[]] : []
    frame.lines(question.map { [Span($0, style)] } + gap + facts, in: area)
  }
}
