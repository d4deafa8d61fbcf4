import Canvas
import TreeInsight

/// Every run of the workspace, those of one problem together or in another order, narrowed by what is typed; it goes on while others
/// work. Tab takes the next order, Enter opens a run.
struct RunsOverlay: ListOverlay {
  var list = PickList() {
    didSet { if list.query.text != oldValue.query.text { narrow() } }
  }
  private var rows = RowList<RunOrder>()
  /// False until somebody has told of them.
  private var isKnown = false

  func count(in state: ExplorerState) -> Int { rows.shown.count }

  /// The runs that are shown, in order.
  private var shown: some RandomAccessCollection<RunEntry> { rows.shown.lazy.map { rows.rows[$0] } }

  /// Takes what there is now; the cursor stays on its run.
  mutating func take(_ new: [RunEntry]) {
    isKnown = true
    change { $0.replace(new.sorted { $0.updated > $1.updated }) }
  }

  mutating func switchField(by count: Int, in state: ExplorerState) {
    let at = chosen?.id
    change { rows in
      rows.sort(by: rows.order.next(count), isReversed: false)
      if let at { rows.select(at) }
    }
  }

  /// Shows what is asked for. What cannot be read yet changes nothing.
  private mutating func narrow() {
    let text = list.query.text
    change { try? $0.filter(text) }
  }

  /// Changes the rows; the cursor is theirs.
  private mutating func change(_ change: (inout RowList<RunOrder>) -> Void) {
    rows.place(at: list.cursor)
    change(&rows)
    list.place(at: rows.cursor)
  }

  private var chosen: RunEntry? { list.cursor < rows.shown.count ? rows[list.cursor] : nil }

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
    list.draw(drawn, in: area, look, on: &frame)
    let all = rows.rows.count
    let words = "\(RunSum(shown).words)\(rows.shown.count < all ? " of \(Number.things(all, "run"))" : "")"
    frame.putTruncated(
      "\(words).  Tab: \(rows.order.next(1).sentence)", x: feet.x, y: feet.y, style: look("ui.text.faint"),
      maxWidth: feet.width,
      ellipsis: look.glyphs.ellipsis)
  }

  private func heading(_ text: String, _ look: Look) -> PickList.Row {
    PickList.Row(spans: [Span(OptionText.line(text, glyphs: look.glyphs), look("ui.popup.title"))], isHeading: true)
  }

  private func spans(_ run: RunEntry, _ width: Int, _ look: Look) -> [Span] {
    func cell(_ text: String, _ width: Int) -> String {
      TextWidth.padded(OptionText.line(text, glyphs: look.glyphs), to: width, ellipsis: look.glyphs.ellipsis)
    }
    func number(_ value: Int, _ width: Int) -> String {
      let text = Number.short(value)
      return String(repeating: " ", count: max(0, width - text.count)) + text
    }
    let sign = run.isCorrect.map { $0 ? look.glyphs.answerOK : look.glyphs.contradicted } ?? " "
    let isNarrow = width < 90
    let state = run.openWith != nil ? "running" : run.stopped == nil ? "paused" : "done"
    let scope = run.isCorrect.map { $0 ? "tree.glyph.right" : "tree.glyph.wrong" } ?? "ui.text"
    return [
      Span(cell(run.id, isNarrow ? 22 : 30) + " ", look("ui.text")),
      Span(
        number(run.simulations, 6) + (isNarrow ? "" : number(run.nodes, 7) + number(run.tokens, 8)),
        look("ui.text.faint")),
      Span("  \(sign) " + cell(run.answer ?? "", isNarrow ? 8 : 14), look(scope)),
      Span(run.agreement.map { " \($0)/5 " } ?? "     ", look("ui.text.faint")),
      Span(cell(run.state, isNarrow ? 10 : 14) + " ", look("ui.status.state.\(state)")),
      Span(rows.order == .problem ? run.updated : cell(run.problem, 16), look("ui.text.faint")),
    ]
  }
}
