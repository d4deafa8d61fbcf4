import Canvas
import TreeInsight
import TreeSearch

/// What stands in the rows that a small tree leaves: which answers there are and the chosen solution in full; before the first
/// simulation, what can be done and what the signs mean.
///
/// It stands at the panel's end, so that a tree that grows moves nothing. Its cost is that of its rows.
struct BelowTree {
  /// Rows of the tree panel from which on there is room for it.
  static let leastPanel = 16
  /// Rows that it has at least, one of them empty.
  private static let leastRows = 5

  let state: ExplorerState
  let run: OpenRun
  let look: Look

  /// A rule with its title, and what stands below it.
  private struct Block {
    let title: [Span]
    let lines: [[Span]]
    var rows: Int { lines.count + 1 }
  }

  private var tree: SearchTree { run.tree }

  func draw(in rest: Rect, on frame: inout Frame) {
    guard rest.height >= Self.leastRows else { return }
    let room = rest.height - 1
    // A part that does not fit is left out: half of a list says less than none.
    var blocks: [Block] = []
    var used = 0
    for block in parts(width: rest.width - 3) where !block.lines.isEmpty && used + block.rows <= room {
      blocks.append(block)
      used += block.rows
    }
    var area = rest.split(bottomRows: used).bottom
    for block in blocks {
      let (place, next) = area.split(rows: block.rows)
      let inside = frame.panel(place, title: block.title, isFocused: false, look: look)
      frame.lines(block.lines, in: inside.inset(horizontal: 1, vertical: 0))
      area = next
    }
  }

  private func parts(width: Int) -> [Block] {
    if tree.nodeCount > 1 { return [answers, solution(width)].compactMap { $0 } }
    // A tour says itself what can be done.
    guard state.classroom.isEmpty else { return [] }
    let signs = Block(title: title("Signs"), lines: look.legend(TreeSigns.legend(look.glyphs), width: width))
    return run.readOnlyReason == nil && state.following == nil ? [beginning(width), signs] : [signs]
  }

  private func title(_ words: String, _ more: String = "") -> [Span] {
    [Span(words, look("ui.title"))] + (more.isEmpty ? [] : [Span("  " + more, look("ui.text.faint"))])
  }

  /// The keys with which a search begins.
  private func beginning(_ width: Int) -> Block {
    let acts = [
      ("search.toggle", "lets it search, and pauses it"), ("search.step", "does one simulation"),
      ("search.phase", "does one phase of it: select, widen, evaluate, back up"),
      ("search.insert", "adds a line of yours, which every critic scores"), ("tour.start", "is a tour of ten minutes"),
    ]
    let known = acts.compactMap { id, words in state.keys.keys(of: id).first.map { ($0.description, words) } }
    let column = (known.map { TextWidth.columns($0.0) }.max() ?? 0) + 2
    return Block(
      title: title("What you can do"),
      lines: known.map { key, words in
        [
          Span(TextWidth.padded(key, to: column), look("ui.key")),
          Span(TextWidth.truncated(words, to: width - column, ellipsis: look.glyphs.ellipsis), look("ui.text")),
        ]
      })
  }

  /// The answers that paths state, as they were last counted: the chosen one, then those that the most paths state.
  private var answers: Block? {
    let (tally, foremost) = (run.outlook.tally, run.outlook.foremost)
    // Of a past moment nobody has counted them.
    guard run.pastMoment == nil, !foremost.isEmpty else { return nil }
    let paths = foremost.map { Number.things(tally.groups[$0].votes, "path") }
    let names = foremost.map { place in
      let answer = OptionText.line(tally.groups[place].answer, glyphs: look.glyphs)
      return TextWidth.truncated(answer, to: 20, ellipsis: look.glyphs.ellipsis)
    }
    let (nameWidth, pathWidth) = (names.map(TextWidth.columns).max() ?? 0, paths.map(\.count).max() ?? 0)
    var lines = foremost.enumerated().map { row, place -> [Span] in
      let group = tally.groups[place]
      let (sign, scope) = verdict(tree.isCorrect(group.answer))
      let share = Double(group.votes) / Double(tally.trajectories)
      return [
        Span(place == tally.leader ? look.glyphs.best : " ", look("tree.glyph.answer")), Span(" \(sign) ", look(scope)),
        Span(TextWidth.padded(names[row], to: nameWidth), look(scope)),
        Span(String(repeating: " ", count: 2 + pathWidth - paths[row].count) + paths[row] + "  ", look("ui.text")),
        Span(Bar.text(share, columns: 10, glyphs: look.glyphs), look("tree.bar")),
        Span("  best score \(Number.score(group.best))", look("ui.text.faint")),
      ]
    }
    let left = tally.groups.count - foremost.count
    if left > 0 { lines.append([Span("    and \(Number.things(left, "other answer"))", look("ui.text.faint"))]) }
    return Block(
      title: title(
        "Answers",
        "of \(Number.things(tally.trajectories, "path")), after \(Number.things(tally.simulations, "simulation"))"),
      lines: lines)
  }

  private func verdict(_ isCorrect: Bool?) -> (sign: String, scope: String) {
    switch isCorrect {
    case true?: (look.glyphs.answerOK, "critic.agree")
    case false?: (look.glyphs.contradicted, "critic.contradict")
    case nil: (look.glyphs.answered, "path.answer")
    }
  }

  /// The chosen solution, or what is the best path so far, with every word of it.
  private func solution(_ width: Int) -> Block? {
    let path = run.bestPath
    let rich = RichText(look: look, isRaw: run.showsRaw)
    // A path of more steps than any screen has rows is left to its own panel.
    guard path.count > 1, path.count <= 64, width > 0 else { return nil }
    var lines = path.dropFirst().flatMap { id -> [[Span]] in
      let text = OptionText.line(tree.details[id.offset].option?.bytes ?? [], glyphs: look.glyphs)
      return wrap(rich.spans(text, look("path.row")), width: width)
    }
    lines += run.rolledLines(behind: path).prefix(64).flatMap { line in
      wrap(rich.spans(OptionText.line(line, glyphs: look.glyphs), look("ui.text.faint")), width: width)
    }
    return Block(title: title(run.chosen == nil ? "Best path so far" : "Chosen solution"), lines: lines)
  }
}
