import Canvas
import TreeInsight
import TreeSearch

/// A critic's score is overruled at a node: which critic, and by what.
struct OverrideOverlay: Overlay {
  /// The node judged.
  let node: NodeID
  /// The critics of the run, in order.
  let critics: [String]
  /// Which of them.
  private var chosen = 0
  /// The score in [0, 1]; empty gives the critic's own back.
  private var score = TextField()
  /// Why the last confirmation was refused.
  private var problem: String?

  init(node: NodeID, in tree: SearchTree) {
    self.node = node
    critics = tree.header.critics.map(\.name)
    suggest(from: tree)
  }

  var field: TextField? {
    get { score }
    set {
      score = newValue ?? TextField()
      problem = nil
    }
  }

  /// The critic chosen.
  private var critic: String { critics.indices.contains(chosen) ? critics[chosen] : "" }

  /// Chooses the next critic, or the one before, going round, and suggests its present score.
  mutating func move(by rows: Int, in state: ExplorerState) {
    guard let tree = state.run?.tree, !critics.isEmpty else { return }
    chosen = (chosen + rows.signum() + critics.count) % critics.count
    suggest(from: tree)
  }

  mutating func switchField(by count: Int, in state: ExplorerState) { move(by: count, in: state) }

  private mutating func suggest(from tree: SearchTree) {
    score = TextField(tree.score(critic, of: node).map { Number.score($0) } ?? "", isSuggestion: true)
    problem = nil
  }

  func confirm(in state: inout ExplorerState) -> [Effect] {
    let text = score.text.filter { $0 != " " }
    let value = Double(text)
    guard text.isEmpty || value.map({ (0...1).contains($0) }) == true else {
      var refused = self
      refused.problem = "expected a score from 0 to 1, or nothing to give the critic's own back"
      state.overlay = refused
      return []
    }
    return [.run(.intervene(.override(node: node, critic: critic, score: value)))]
  }

  func draw(_ state: ExplorerState, _ look: Look, on frame: inout Frame) {
    guard let run = state.run else { return }
    let inside = frame.popup(
      title: "Override a critic at node \(node)", width: 64, height: critics.count + 6, look: look)
    for (index, critic) in critics.enumerated() {
      let line = inside.row(index)
      let isChosen = index == chosen
      if isChosen { frame.fill(line, style: look("list.row.selected").over(look("ui.popup"))) }
      let name = TextWidth.padded(OptionText.line(critic, glyphs: look.glyphs), to: 14, ellipsis: look.glyphs.ellipsis)
      let given = run.tree.score(critic, of: node)
      let isMine = run.tree.holds(node) && run.tree.details[node.offset].overrides[critic] != nil
      let sign = isChosen ? look.glyphs.selection : " "
      frame.put(
        "\(sign) \(name) \(Number.score(given, none: look.glyphs.abstained))\(isMine ? " (yours)" : "")", x: line.x,
        y: line.y, style: isChosen ? .plain : look("ui.text"), maxWidth: line.width)
    }
    let y = inside.y + critics.count + 1
    guard y < inside.bottom else { return }
    frame.put("score ", x: inside.x, y: y, style: look("ui.text.faint"))
    frame.field(score, x: inside.x + 6, y: y, width: min(20, inside.width - 6), hasFocus: true, look: look)
    let text = problem ?? "0 to 1, or nothing for the critic's own; Tab: next critic"
    if y + 2 < inside.bottom + 1 {
      frame.putTruncated(
        text, x: inside.x, y: min(y + 1, inside.bottom - 1),
        style: look(problem == nil ? "ui.text.faint" : "ui.error"), maxWidth: inside.width,
        ellipsis: look.glyphs.ellipsis)
    }
  }

  func question(in state: ExplorerState) -> [String] {
    (problem.map { [$0] } ?? [])
      + ["Type a critic and a score from 0 to 1, or cancel. Critics: \(critics.joined(separator: ", "))."]
  }

  mutating func fill(_ line: String, in state: ExplorerState) -> Bool {
    let words = line.split(separator: " ").map(String.init)
    guard words.count == 2, let at = critics.firstIndex(of: words[0]) else { return false }
    chosen = at
    field = TextField(words[1])
    return true
  }
}
