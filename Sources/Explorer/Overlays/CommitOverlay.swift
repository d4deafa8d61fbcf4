import Canvas
import TreeInsight
import TreeSearch
import Vocabulary

/// A trajectory about to be committed: its lines, what it answers, its scores, and what a person says of it.
struct CommitOverlay: Overlay {
  /// A part of the form.
  private enum Part {
    case verdict, note
  }

  /// Last node of the trajectory.
  let node: NodeID
  /// What the person thinks of it; nil where they do not say.
  private var verdict: Judgement.Verdict?
  private var note = TextField()
  /// The part that has the keyboard.
  private var focus = Part.verdict

  /// The verdicts to choose from, with their letters.
  private static let choices: [(verdict: Judgement.Verdict?, word: String)] =
    Judgement.Verdict.allCases.map { ($0, $0.rawValue) } + [(nil, "none")]

  /// The form for the trajectory to `node`. It suggests that an answer known to be wrong is bad, and that others are good.
  init(node: NodeID, in tree: SearchTree) {
    self.node = node
    verdict = tree.isCorrect(tree.answer(at: node)) == false ? .bad : .good
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

  /// A letter chooses a verdict.
  func press(_ key: Key, in state: inout ExplorerState) -> [Effect]? {
    guard focus == .verdict, let letter = key.typed else { return nil }
    var pressed = self
    if let choice = Self.choices.first(where: { $0.word.first == letter }) { pressed.verdict = choice.verdict }
    state.overlay = pressed
    return []
  }

  func confirm(in state: inout ExplorerState) -> [Effect] {
    guard let run = state.run, run.tree.holds(node) else {
      state.message = .failure("node \(node) is no longer in the tree")
      return []
    }
    let path = Set(run.tree.path(to: node))
    let steps = run.labels.filter { path.contains($0.key) }.map { ($0.key.offset, $0.value) }
    let judgement = Judgement(
      verdict: verdict, note: note.text, steps: Dictionary(uniqueKeysWithValues: steps))
    return [.run(.commit(CommitRequest(node: node, judgement: judgement)))]
  }

  func draw(_ state: ExplorerState, _ look: Look, on frame: inout Frame) {
    guard let run = state.run, run.tree.holds(node) else { return }
    let steps = run.tree.path(to: node).dropFirst()
    let inside = frame.popup(
      title: "Commit the trajectory to node \(node)", width: 84, height: min(frame.height - 2, steps.count + 9),
      look: look)
    let (text, form) = inside.split(bottomRows: min(6, inside.height))
    for (index, id) in steps.suffix(max(0, text.height)).enumerated() {
      draw(step: id, in: text.row(index), run, look, on: &frame)
    }
    var answer = PathPanel.verdict(node, run.tree, look)
    if run.tree[node].terminal == nil {
      answer.append(Span("  unfinished: only these steps are committed", look("ui.error")))
    }
    frame.put(answer, x: form.x, y: form.y, maxWidth: form.width)
    frame.putTruncated(
      scores(run.tree, look), x: form.x, y: form.y + 1, style: look("ui.text.faint"), maxWidth: form.width,
      ellipsis: look.glyphs.ellipsis)
    guard form.height > 2 else { return }
    drawVerdicts(in: form.row(2), look, on: &frame)
    guard form.height > 3 else { return }
    let line = form.row(3)
    frame.put("note", x: line.x, y: line.y, style: look("node.label"))
    frame.field(note, x: line.x + 9, y: line.y, width: line.width - 9, hasFocus: focus == .note, look: look)
    let hint =
      focus == .verdict
      ? "Enter commits; g b u n: verdict; Tab: note; Esc cancels." : "Enter commits, Tab: verdict, Esc cancels."
    frame.putTruncated(
      hint, x: form.x, y: form.bottom - 1, style: look("ui.text.faint"), maxWidth: form.width,
      ellipsis: look.glyphs.ellipsis)
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

  private func draw(step id: NodeID, in line: Rect, _ run: OpenRun, _ look: Look, on frame: inout Frame) {
    let text = OptionText.line(run.tree.details[id.offset].option?.bytes ?? [], glyphs: look.glyphs)
    frame.put(run.labels[id]?.sign ?? look.glyphs.bullet, x: line.x, y: line.y, style: look("ui.key"))
    frame.putTruncated(
      text, x: line.x + 2, y: line.y, style: look("path.row"), maxWidth: line.width - 2, ellipsis: look.glyphs.ellipsis)
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
    [
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
