import Canvas
import TreeInsight
import TreeSearch

/// Two trees of one problem as one list of steps; it opens where the chosen trajectories part, and typing narrows it.
struct TreesOverlay: ListOverlay {
  let trees: LaidTrees
  var list: PickList

  /// Rows that are drawn; the command line has all.
  private static let most = 2_000

  init(_ trees: LaidTrees) {
    self.trees = trees
    list = PickList(cursor: min(trees.parting ?? 0, Self.most - 1))
  }

  private var shown: [LaidTrees.Row] {
    Array(trees.rows.lazy.filter { $0.matches(list.query.text) }.prefix(Self.most))
  }

  func count(in state: ExplorerState) -> Int { shown.count }

  /// Goes to the chosen step in the tree on the screen.
  func confirm(in state: inout ExplorerState) -> [Effect] {
    guard let row = list.chosen(of: shown) else { return [] }
    guard let node = row.a, state.run?.tree.holds(node) == true else {
      state.message = .failure("the run on the screen has no such step; \(trees.b) has")
      return []
    }
    return state.withRun { $0.select(node) }
  }

  func sentences(matching query: String, in state: ExplorerState) -> [String] { trees.sentences(matching: query) }

  func draw(_ state: ExplorerState, _ look: Look, on frame: inout Frame) {
    let shown = shown
    let width = min(160, frame.width)
    let heads = trees.head.flatMap { words in
      wrap([Span(OptionText.line(words, glyphs: look.glyphs), look("ui.text"))], width: max(1, width - 4))
    }
    let inside = frame.popup(
      title:
        "Two trees: a \(OptionText.line(trees.a, glyphs: look.glyphs)), b \(OptionText.line(trees.b, glyphs: look.glyphs))",
      width: width, height: min(frame.height - 2, heads.count + shown.count + 6), look: look)
    let (top, rest) = inside.split(rows: min(heads.count, max(0, inside.height - 5)))
    frame.lines(heads, in: top)
    let names = PickList.Row(
      spans: [Span(Self.names, look("ui.text.faint"))], isHeading: true)
    list.draw([names] + shown.map { PickList.Row(spans: spans($0, look)) }, in: rest, look, on: &frame)
  }

  private static let names = "   Q a   Q b   N a   N b"

  private func spans(_ row: LaidTrees.Row, _ look: Look) -> [Span] {
    func cell(_ text: String) -> String { TextWidth.padded("", to: max(0, 6 - TextWidth.columns(text))) + text }
    let dash = look.glyphs.abstained
    let numbers = [
      Number.score(row.qA, none: dash), Number.score(row.qB, none: dash), row.visitsA.map { Number.short($0) } ?? dash,
      row.visitsB.map { Number.short($0) } ?? dash,
    ]
    let moved = abs((row.qB ?? 0) - (row.qA ?? 0)) > TreeDifference.threshold && row.qA != nil && row.qB != nil
    let events = row.events.map { OptionText.line($0, glyphs: look.glyphs) + "  " }.joined()
    return [
      Span(numbers.map(cell).joined(), look(moved ? "node.value" : "ui.text.faint")),
      Span(" \(TextWidth.padded(sign(row, look), to: 2))", look("ui.key")),
      Span(String(repeating: "  ", count: min(row.depth, 10))), Span(events, look("node.value")),
      Span(
        row.text.isEmpty ? "the root" : OptionText.line(row.text, glyphs: look.glyphs),
        look(row.likeness == nil ? "ui.text" : "ui.text.faint")),
    ]
  }

  /// Which tree has the step: `=` both, `≈` both in other words, `a` or `b` alone.
  private func sign(_ row: LaidTrees.Row, _ look: Look) -> String {
    switch (row.likeness, row.a) {
    case (.text?, _): "="
    case (_?, _): look.glyphs.merged
    case (nil, nil): "b"
    case (nil, _?): "a"
    }
  }
}
