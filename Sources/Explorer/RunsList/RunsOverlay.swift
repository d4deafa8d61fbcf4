import Canvas
import TreeInsight

/// Every run of the workspace, those of one problem together or in another order, narrowed by what is typed; it goes on while others
/// work. Tab completes what is typed, and takes the next order where nothing is; Enter opens a run.
struct RunsOverlay: QueriedOverlay {
  var list = PickList()
  var rows = RowList<RunOrder>()
  /// False until somebody has told of them.
  private var isKnown = false

  /// Takes what there is now; the cursor stays on its run.
  mutating func take(_ new: [RunEntry]) {
    isKnown = true
    changeRows { $0.replace(new.sorted { $0.updated > $1.updated }) }
  }

  mutating func switchField(by count: Int, in state: ExplorerState) {
    if count > 0, !list.query.characters.isEmpty { return complete() }
    let at = chosen?.id
    changeRows { rows in
      rows.sort(by: rows.order.next(count), isReversed: false)
      if let at { rows.select(at) }
    }
  }

  func confirm(in state: inout ExplorerState) -> [Effect] {
    guard let run = chosen else {
      state.overlay = self
      return []
    }
    return [.run(.openRun(run.id))]
  }

  func sentences(matching query: String, in state: ExplorerState) -> [String] {
    shown.map { run in
      let answer = run.answer.map { ", answers \($0)" + (run.verdict.map { ", \($0)" } ?? "") } ?? ""
      return "\(run.id), \(run.problem): \(Number.things(run.simulations, "simulation"))\(answer); \(run.state)"
    }.filter { query.isEmpty || SoughtText(query).isFound(in: $0) }
  }

  func draw(_ state: ExplorerState, _ look: Look, on frame: inout Frame) {
    let width = min(132, frame.width)
    let inside = frame.popup(
      title: "Runs, \(rows.order.sentence)", width: width, height: min(frame.height - 2, 40), look: look)
    guard isKnown else {
      frame.put(
        "The runs are being read.", x: inside.x, y: inside.y, style: look("ui.text.faint"), maxWidth: inside.width)
      return
    }
    let (area, feet) = inside.split(bottomRows: 1)
    var drawn: [PickList.Row] = []
    for (index, run) in shown.enumerated() {
      if rows.order == .problem, index == 0 || rows[index - 1].problem != run.problem {
        let sum = RunSum(shown.dropFirst(index).prefix { $0.problem == run.problem })
        drawn.append(heading("\(run.problem)  \(sum.words)", look))
      }
      drawn.append(PickList.Row(spans: spans(run, inside.width, look)))
    }
    list.draw(drawn, hint: continuations ?? heads(inside.width, look), in: area, look, on: &frame)
    let all = rows.rows.count
    let words = "\(RunSum(shown).words)\(rows.shown.count < all ? " of \(Number.things(all, "run"))" : "")"
    let isTyping = !list.query.characters.isEmpty
    let key = isTyping ? "Shift-Tab" : "Tab"
    let order = "\(words).  \(key): \(rows.order.next(isTyping ? -1 : 1).sentence)"
    // Half a hint is none.
    frame.putTruncated(
      TextWidth.columns(order) <= feet.width ? order : "\(words).", x: feet.x, y: feet.y, style: look("ui.text.faint"),
      maxWidth: feet.width, ellipsis: look.glyphs.ellipsis)
  }

  private func heading(_ text: String, _ look: Look) -> PickList.Row {
    PickList.Row(spans: [Span(OptionText.line(text, glyphs: look.glyphs), look("ui.popup.title"))], isHeading: true)
  }

  /// The cells of a row, as wide as their columns; narrow lists have neither nodes nor tokens, the narrowest no last column.
  private func cells(_ texts: [String], _ width: Int, _ look: Look) -> [String] {
    let widths =
      switch width {
      case ..<75: [20, 7, 0, 0, 8, 6, 9, 0]
      case ..<96: [20, 7, 0, 0, 8, 6, 10, 16]
      case ..<112: [22, 7, 7, 8, 12, 6, 10, 16]
      default: [30, 7, 7, 8, 16, 6, 14, 16]
      }
    return zip(texts, widths).enumerated().map { index, cell in
      guard cell.1 > 0 else { return "" }
      let text = OptionText.line(cell.0, glyphs: look.glyphs)
      let isNumber = (1...3).contains(index)
      return isNumber
        ? TextWidth.rightAligned(text, to: cell.1, ellipsis: look.glyphs.ellipsis)
        : (index > 3 ? "  " : "") + TextWidth.padded(text, to: cell.1, ellipsis: look.glyphs.ellipsis)
    }
  }

  /// What stands in which column.
  private func heads(_ width: Int, _ look: Look) -> String {
    let last = rows.order == .problem ? "updated" : "problem"
    return cells(["run", "sims", "nodes", "tokens", "  answer", "finals", "state", last], width, look).joined()
  }

  private func spans(_ run: RunEntry, _ width: Int, _ look: Look) -> [Span] {
    let sign = run.isCorrect.map { $0 ? look.glyphs.answerOK : look.glyphs.contradicted } ?? " "
    let state = run.openWith != nil ? "running" : run.stopped == nil ? "paused" : "done"
    let answer = run.isCorrect.map { $0 ? "tree.glyph.right" : "tree.glyph.wrong" } ?? "ui.text"
    let texts = [
      run.id, Number.short(run.simulations), Number.short(run.nodes), Number.short(run.tokens),
      "\(sign) \(run.answer ?? "")", run.agreement.map { "\($0)/5" } ?? "", run.state,
      rows.order == .problem ? run.updated : run.problem,
    ]
    let scopes = ["ui.text"] + Array(repeating: "ui.text.faint", count: 3) + [answer, "ui.text.faint"]
    return zip(cells(texts, width, look), scopes + ["ui.status.state.\(state)", "ui.text.faint"]).map {
      Span($0, look($1))
    }
  }
}
