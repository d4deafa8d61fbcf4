import Canvas
import TreeInsight
import TreeSearch
import Vocabulary

/// A trajectory about to be committed: its lines, what it answers, its scores, what a person says of it, and what would come of it.
struct CommitOverlay: Overlay {
  /// A part of the form.
  private enum Part {
    case verdict, note
  }

  /// Last node of the trajectory that stands in the tree.
  let node: NodeID
  /// The rollout that finishes it; nil where it ends in the node, or the person wants only what stands in the tree.
  private(set) var rollout: Int?
  /// What the person thinks of it; nil where they do not say.
  private var verdict: Judgement.Verdict?
  private var note = TextField()
  /// The part that has the keyboard.
  private var focus = Part.verdict
  /// What would come of it; nil until the workspace has said so.
  private var preview: CommitPreview?

  /// The verdicts to choose from, with their letters.
  private static let choices: [(verdict: Judgement.Verdict?, word: String)] =
    Judgement.Verdict.allCases.map { ($0, $0.rawValue) } + [(nil, "none")]

  /// The form for the trajectory to `node`, or to what its rollout leads to. It suggests that an answer known to be wrong is bad,
  /// and that others are good.
  init(node: NodeID, rollout: Int?, in run: OpenRun) {
    (self.node, self.rollout) = (node, rollout)
    verdict = run.tree.isCorrect(Self.answer(node, rollout, run.tree)) == false ? .bad : .good
  }

  private static func answer(_ node: NodeID, _ rollout: Int?, _ tree: SearchTree) -> String? {
    rollout.map { tree.rollouts(of: node)[$0].answer } ?? tree.details[node.offset].answer
  }

  private func request(_ run: OpenRun) -> CommitRequest { run.request(node, rollout, verdict, note: note.text) }

  /// Takes up what the trajectory would lead to, if the form still says the same of it.
  mutating func take(_ preview: CommitPreview, of request: CommitRequest, in state: ExplorerState) {
    guard let run = state.run, request.judgement.verdict == verdict, request.rollout == rollout, request.node == node,
      run.tree.holds(node)
    else { return }
    self.preview = preview
  }

  /// Puts the form on the screen, where what it says has changed, and asks what would come of it.
  private func show(in state: inout ExplorerState) -> [Effect] {
    state.overlay = self
    return state.run.map { [.run(.examine(request($0)))] } ?? []
  }

  /// Opens the form.
  static func open(in state: inout ExplorerState) -> [Effect] {
    guard let run = state.run else { return [] }
    let target = run.commitTarget
    return CommitOverlay(node: target.node, rollout: target.rollout, in: run).show(in: &state)
  }

  var field: TextField? {
    get { focus == .note ? note : nil }
    set { if let newValue { note = newValue } }
  }

  mutating func move(by rows: Int, in state: ExplorerState) {
    guard focus == .verdict else { return focus = .verdict }
    let at = Self.choices.firstIndex { $0.verdict == verdict } ?? 0
    verdict = Self.choices[max(0, min(at + rows, Self.choices.count - 1))].verdict
  }

  mutating func switchField(by count: Int, in state: ExplorerState) { focus = focus == .note ? .verdict : .note }

  func changed(in state: inout ExplorerState) -> [Effect] {
    // What is noted changes nothing of what follows.
    focus == .note ? [] : show(in: &state)
  }

  /// A letter chooses a verdict, or whether a rollout finishes the trajectory.
  func press(_ key: Key, in state: inout ExplorerState) -> [Effect]? {
    guard focus == .verdict, let letter = key.typed else { return nil }
    var pressed = self
    if letter == "r", let run = state.run {
      pressed.rollout = rollout == nil ? run.tree.bestRollout(at: node) : nil
    } else if let choice = Self.choices.first(where: { $0.word.first == letter }) {
      pressed.verdict = choice.verdict
    }
    // Asking what would come of the same would read the same journals again.
    if (pressed.verdict, pressed.rollout) == (verdict, rollout) { return [] }
    return pressed.show(in: &state)
  }

  func confirm(in state: inout ExplorerState) -> [Effect] {
    guard let run = state.run, run.tree.holds(node) else {
      state.message = .failure("node \(node) is no longer in the tree")
      return []
    }
    state.curation.goesOn = false
    // What speaks against it has been read here, where it had arrived.
    return [.run(.commit(.trajectory(request(run)), insists: preview != nil))]
  }

  func draw(_ state: ExplorerState, _ look: Look, on frame: inout Frame) {
    guard let run = state.run, run.tree.holds(node) else { return }
    let steps = run.tree.path(to: node).dropFirst()
    let rolled = rollout.map { lines(of: run.tree.rollouts(of: node)[$0].text) } ?? []
    let width = max(1, min(84, frame.width) - 4)
    let outlook = outlook(width: width, look)
    let scores = wrap([Span(scores(run.tree, look), look("ui.text.faint"))], width: width)
    let hint = wrap([Span(hint, look("ui.text.faint"))], width: width)
    // The answer, verdict and note, and what is said of them: all of it is read.
    let said = scores.count + outlook.count + hint.count + 3
    let inside = frame.popup(
      title: "Commit the trajectory to node \(node)\(rollout == nil ? "" : " and a rollout")", width: 84,
      height: min(frame.height - 2, steps.count + rolled.count + said + 3), look: look)
    let (text, form) = inside.split(bottomRows: min(said, inside.height))
    var rows = steps.suffix(max(0, text.height)).map { Row(id: $0, text: nil) } + rolled.map { Row(id: nil, text: $0) }
    rows = rows.suffix(max(0, text.height))
    for (index, row) in rows.enumerated() { draw(row, in: text.row(index), run, look, on: &frame) }
    frame.put(answer(run, look), x: form.x, y: form.y, maxWidth: form.width)
    // What is chosen and typed is seen on the smallest screen, too.
    let numbers = min(scores.count, max(0, form.height - 3))
    let (above, fields) = form.split(rows: 1).bottom.split(rows: numbers)
    frame.lines(scores, in: above)
    guard fields.height > 0 else { return }
    drawVerdicts(in: fields.row(0), look, on: &frame)
    guard fields.height > 1 else { return }
    let line = fields.row(1)
    frame.put("note", x: line.x, y: line.y, style: look("node.label"))
    frame.field(note, x: line.x + 9, y: line.y, width: line.width - 9, hasFocus: focus == .note, look: look)
    frame.lines(outlook + hint, in: fields.split(rows: 2).bottom)
  }

  /// What can be pressed.
  private var hint: String {
    focus == .verdict
      ? "Enter commits; g b u n: verdict; r: with or without the rollout; Tab: note; Esc cancels."
      : "Enter commits, Tab: verdict, Esc cancels."
  }

  /// A line of the trajectory: a node's, or one of the rollout that finishes it.
  private struct Row {
    let id: NodeID?
    let text: String?
  }

  private func lines(of text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).map(String.init)
  }

  /// What it answers, and whether it is finished.
  private func answer(_ run: OpenRun, _ look: Look) -> [Span] {
    var spans = PathPanel.verdict(
      Self.answer(node, rollout, run.tree), isRolledOut: rollout != nil, node, run.tree, look)
    if run.tree[node].terminal == nil, rollout == nil {
      spans.append(Span("  unfinished: only these steps are committed", look("ui.error")))
    }
    return spans
  }

  /// What speaks against the commit, and what each format makes of it.
  private func outlook(width: Int, _ look: Look) -> [[Span]] {
    guard let preview else { return [[Span("looking at what would come of it", look("ui.text.faint"))]] }
    let warnings = preview.warnings.map { Span(OptionText.line($0, glyphs: look.glyphs), look("ui.error")) }
    let yields = preview.yields.map { "\($0.format) \($0.rows)" }.joined(separator: ", ")
    let rows = Span(yields.isEmpty ? "no format makes a row of it" : "rows: \(yields)", look("ui.text.faint"))
    return (warnings + [rows]).flatMap { wrap([$0], width: max(1, width)) }
  }

  /// The verdicts side by side, the chosen one in brackets.
  private func drawVerdicts(in line: Rect, _ look: Look, on frame: inout Frame) {
    frame.put("verdict", x: line.x, y: line.y, style: look("node.label"), maxWidth: line.width)
    var x = line.x + 9
    for choice in Self.choices where x < line.right {
      let isChosen = choice.verdict == verdict
      let style = !isChosen ? look("ui.text.faint") : look(focus == .verdict ? "list.row.selected" : "node.value")
      if isChosen, focus == .verdict { frame.cursor = Frame.Cursor(x: x, y: line.y) }
      x += frame.put(
        isChosen ? "[\(choice.word)]" : " \(choice.word) ", x: x, y: line.y, style: style, maxWidth: line.right - x)
    }
  }

  private func draw(_ row: Row, in line: Rect, _ run: OpenRun, _ look: Look, on frame: inout Frame) {
    let bytes = row.id.map { run.tree.details[$0.offset].option?.bytes ?? [] } ?? Array((row.text ?? "").utf8)
    let label = row.id.flatMap { run.labels[$0] }
    frame.put(label?.sign ?? look.glyphs.bullet, x: line.x, y: line.y, style: look("ui.key"))
    frame.putTruncated(
      OptionText.line(bytes, glyphs: look.glyphs), x: line.x + 2, y: line.y,
      style: look(row.id == nil ? "ui.text.faint" : "path.row"), maxWidth: line.width - 2,
      ellipsis: look.glyphs.ellipsis)
  }

  private func scores(_ tree: SearchTree, _ look: Look) -> String {
    var text = "Q \(Number.score(tree[node].meanValue, none: look.glyphs.abstained))"
    for critic in tree.header.critics {
      guard let score = tree.score(critic.name, of: node) else { continue }
      text += "  \(OptionText.line(critic.name, glyphs: look.glyphs)) \(Number.score(score))"
    }
    return text
  }

  func question(in state: ExplorerState) -> [String] {
    (preview?.warnings ?? []) + [
      "Commits the trajectory to node \(node) as \(verdict?.rawValue ?? "none"). Type good, bad, unsure or none and a note, "
        + "a note, an empty line for none, or cancel."
    ]
  }

  mutating func fill(_ line: String, in state: ExplorerState) -> Bool {
    let word = line.prefix { $0 != " " }
    let choice = Self.choices.first { $0.word == word }
    if let choice { verdict = choice.verdict }
    note = TextField(choice == nil ? line : String(line.dropFirst(word.count).drop { $0 == " " }))
    return true
  }
}
