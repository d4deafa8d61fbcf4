import Canvas
import TreeInsight

/// A queue of problems before and after, with what another seed of the first policy changes.
public struct ComparedQueue: Sendable {
  /// What was compared, as it was asked for.
  let a, b: String
  /// What changed, the problems that turned wrong first.
  let changes: QueueSummary
  /// The noise floor; nil where it is not known.
  let noise: QueueSummary?

  /// A queue of `changes` from `a` to `b`.
  public init(_ changes: QueueSummary, noise: QueueSummary?, a: String, b: String) {
    (self.changes, self.noise, self.a, self.b) = (changes, noise, a, b)
  }

  /// What holds for the whole, in words.
  var head: [String] {
    func words(_ summary: QueueSummary) -> String {
      "turned wrong \(summary.table.broken), turned right \(summary.table.repaired), mean |ΔQ| "
        + (summary.measures?.q.map { Number.fixed($0, decimals: 3) } ?? "none")
    }
    return [
      "right both times \(changes.table.bothRight), wrong both times \(changes.table.bothWrong); " + words(changes)
        + "; \(changes.table.test)",
      noise.map { "another seed of a (\(Number.things($0.problems.count, "problem"))): " + words($0) }
        ?? "what another seed of a changes is not known: there are no such runs",
    ]
  }
}

extension TreeDifference: QueriedRow, Identifiable {
  static var fields: [RowField] {
    [
      RowField("moved", "how far Q moved, on the mean", isNumber: true), RowField("problem", "its name"),
      RowField("before", "what the first answers"), RowField("after", "what the second answers"),
    ]
  }
  static var words: [RowWord] {
    [
      RowWord(Turn.broken.rawValue, "right before, not now"), RowWord(Turn.repaired.rawValue, "right now, not before"),
      RowWord(Turn.changed.rawValue, "another answer, neither known to be right"),
      RowWord(Turn.same.rawValue, "the same, or right both times"),
    ]
  }

  /// Its problem: a queue has one difference of each.
  public var id: String { problem }

  func number(_ name: String) -> Double? { name == "moved" ? measures.q : nil }

  func text(_ name: String) -> String? {
    switch name {
    case "problem": problem
    case "before": a.answer
    case "after": b.answer
    default: nil
    }
  }

  func says(_ text: SoughtText) -> Bool { text.isFound(in: "\(turn.rawValue) \(problem)") }
}

/// In which order the problems of a compared queue are listed.
enum TurnOrder: RowOrder {
  /// Those that turned wrong first, as they were compared.
  case turn

  static let standard = turn
  var sentence: String { "those that turned wrong first" }
  func key(_ row: TreeDifference) -> RowKey? { nil }
}

/// The problems of a compared queue; Enter opens one.
struct QueueOverlay: QueriedOverlay {
  let queue: ComparedQueue
  var list = PickList()
  var rows: RowList<TurnOrder>

  init(_ queue: ComparedQueue) { (self.queue, rows) = (queue, RowList(queue.changes.problems)) }

  func confirm(in state: inout ExplorerState) -> [Effect] {
    chosen.map { [.run(.openProblem($0.problem))] } ?? []
  }

  func sentences(matching query: String, in state: ExplorerState) -> [String] {
    ["From \(queue.a) to \(queue.b)."] + queue.head.map { "\($0)." }
      + queue.changes.problems.filter { query.isEmpty || $0.says(SoughtText(query)) }.prefix(200).map {
        "\($0.problem): \($0.turn.rawValue), \(answers($0))."
      }
  }

  func draw(_ state: ExplorerState, _ look: Look, on frame: inout Frame) {
    let (shown, width) = (shown, min(110, frame.width))
    let heads = queue.head.flatMap { wrap([Span($0, look("ui.text"))], width: max(1, width - 4)) }
    let inside = frame.popup(
      title: OptionText.line("What changed: a \(queue.a), b \(queue.b)", glyphs: look.glyphs), width: width,
      height: min(frame.height - 2, heads.count + max(1, shown.count) + 4), look: look)
    let (top, rest) = inside.split(rows: min(heads.count, max(0, inside.height - 4)))
    frame.lines(heads, in: top)
    list.draw(shown.map { PickList.Row(spans: spans($0, look)) }, hint: continuations, in: rest, look, on: &frame)
  }

  private func spans(_ problem: TreeDifference, _ look: Look) -> [Span] {
    let moved = problem.measures.q.map { Number.fixed($0, decimals: 3) } ?? look.glyphs.abstained
    return [
      Span(
        TextWidth.padded(problem.turn.rawValue, to: 10), look(problem.turn == .same ? "ui.text.faint" : "node.value")),
      Span(TextWidth.padded("|ΔQ| \(moved)", to: 13), look("ui.text.faint")),
      Span(OptionText.line(problem.problem, glyphs: look.glyphs), look("ui.text")),
      Span("  \(OptionText.line(answers(problem), glyphs: look.glyphs))", look("ui.text.faint")),
    ]
  }

  private func answers(_ problem: TreeDifference) -> String {
    "\(problem.a.answer ?? "none") | \(problem.b.answer ?? "none")"
  }
}
