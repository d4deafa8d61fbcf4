import Canvas
import TreeInsight
import TreeSearch

/// What each of the final selections chooses, which of them is the run's own, and a right answer that none of them chose;
/// Enter goes to where it stands.
struct FinalsOverlay: Overlay {
  /// A row: who chose, and what.
  private struct Row {
    let name: String
    let candidate: Candidate?
    let isOwn: Bool
    /// Whether its answer is right; nil where nobody knows.
    let isCorrect: Bool?
  }

  private let rows: [Row]
  /// What was picked after the first answers, in words.
  private let pick: String?
  private var cursor: Int

  /// The choices in the tree of `run` as it is shown. Complexity: O(nodes), once.
  init(_ run: OpenRun) {
    let tree = run.tree
    let finals = tree.finalAnswers()
    func row(_ name: String, _ candidate: Candidate?, isOwn: Bool) -> Row {
      Row(name: name, candidate: candidate, isOwn: isOwn, isCorrect: tree.isCorrect(candidate?.answer))
    }
    var rows = FinalSelection.allCases.map { row($0.rawValue, finals[$0], isOwn: $0 == tree.finalSelection) }
    if let missed = tree.rightAndNotChosen(finals) { rows.append(row("right, not chosen", missed, isOwn: false)) }
    self.rows = rows
    pick = tree.pick.map { "Picked: \($0.words)." }
    cursor = rows.firstIndex(where: \.isOwn) ?? 0
  }

  mutating func move(by count: Int, in state: ExplorerState) { cursor = max(0, min(cursor + count, rows.count - 1)) }

  func confirm(in state: inout ExplorerState) -> [Effect] {
    guard let candidate = rows[cursor].candidate else {
      state.message = .failure("no trajectory states an answer yet")
      return []
    }
    return state.withRun { run in
      if run.tree.holds(candidate.node) { run.select(candidate.node) }
    }
  }

  func draw(_ state: ExplorerState, _ look: Look, on frame: inout Frame) {
    let inside = frame.popup(
      title: "Final selections", width: 84, height: min(frame.height - 2, rows.count + (pick == nil ? 4 : 5)),
      look: look)
    for (index, row) in rows.enumerated() where index < inside.height - (pick == nil ? 1 : 2) {
      let line = inside.row(index)
      let isSelected = index == cursor
      if isSelected { frame.fill(line, style: look("list.row.selected").over(look("ui.popup"))) }
      let spans = spans(row, width: inside.width, look)
      frame.put(isSelected ? spans.map { Span($0.text) } : spans, x: line.x, y: line.y, maxWidth: line.width)
    }
    if let pick {
      frame.putTruncated(
        OptionText.line(pick, glyphs: look.glyphs), x: inside.x, y: inside.bottom - 2, style: look("ui.text"),
        maxWidth: inside.width, ellipsis: look.glyphs.ellipsis)
    }
    frame.putTruncated(
      "Enter goes there; \(look.glyphs.best) is this run's own: the setting final.selection.", x: inside.x,
      y: inside.bottom - 1, style: look("ui.text.faint"), maxWidth: inside.width, ellipsis: look.glyphs.ellipsis)
  }

  /// Whether an answer is right is read on the narrowest screen, too; where there is no room for it all, the place goes first.
  private func spans(_ row: Row, width: Int, _ look: Look) -> [Span] {
    let isNarrow = width < 60
    let (nameWidth, answerWidth) = isNarrow ? (13, 8) : (18, 17)
    let name = Span(
      "\(row.isOwn ? look.glyphs.best : " ") "
        + TextWidth.padded(row.name, to: nameWidth, ellipsis: look.glyphs.ellipsis),
      look(row.isOwn ? "ui.key" : "node.label"))
    guard let candidate = row.candidate else { return [name, Span("no answer", look("ui.text.faint"))] }
    let answer = OptionText.line(candidate.answer, glyphs: look.glyphs)
    let place = "node \(candidate.node)" + (candidate.rollout.map { ", rollout \($0 + 1)" } ?? "")
    var spans = [
      name,
      Span(
        TextWidth.padded(
          TextWidth.truncated(answer, to: answerWidth - 1, ellipsis: look.glyphs.ellipsis), to: answerWidth),
        look("ui.text")),
    ]
    if let isCorrect = row.isCorrect {
      let sign = isCorrect ? "\(look.glyphs.answerOK) right  " : "\(look.glyphs.contradicted) wrong  "
      spans.append(Span(sign, look(isCorrect ? "critic.agree" : "critic.contradict")))
    }
    let score = "\(isNarrow ? "" : "score ")\(Number.score(candidate.score))"
    let left = width - spans.reduce(0) { $0 + TextWidth.columns($1.text) }
    let whole = "\(score)  \(place)"
    return spans + [Span(TextWidth.columns(whole) <= left ? whole : score, look("ui.text.faint"))]
  }

  func sentences(matching query: String, in state: ExplorerState) -> [String] {
    rows.map { row in
      guard let candidate = row.candidate else { return "\(row.name): no answer." }
      let verdict = row.isCorrect.map { $0 ? ", right" : ", wrong" } ?? ""
      return
        "\(row.name)\(row.isOwn ? ", this run's own" : ""): \(OptionText.line(candidate.answer, glyphs: .ascii))\(verdict), "
        + "score \(Number.score(candidate.score)), node \(candidate.node)."
    } + [pick].compactMap(\.self)
  }
}
