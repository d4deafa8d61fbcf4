import Canvas

/// The last row: what just happened, or else what a model is writing, or else which keys lead on from here.
enum FooterLine {
  static func draw(_ state: ExplorerState, in rect: Rect, _ look: Look, on frame: inout Frame) {
    if let message = state.message {
      draw(message, state, in: rect, look, on: &frame)
    } else if let run = state.run, run.status == .running, !run.writing.isEmpty {
      drawWriting(run.writing, state, in: rect, look, on: &frame)
    } else {
      drawHints(state, in: rect, look, on: &frame)
    }
  }

  /// A message, and behind it the keys that there is room for. One that leaves no room for help and quitting stands on rows of its
  /// own above the status line, whole.
  private static func draw(
    _ message: Message, _ state: ExplorerState, in rect: Rect, _ look: Look, on frame: inout Frame
  ) {
    let isFailure = message.kind == .failure
    let text = (isFailure ? "\(look.glyphs.failed) " : "") + OptionText.line(message.text, glyphs: look.glyphs)
    let style = look(isFailure ? "ui.error" : "ui.notice")
    let columns = TextWidth.columns(text)
    if columns + 3 + pinnedWidth <= rect.width {
      frame.put(text, x: rect.x + 1, y: rect.y, style: style)
      let rest = rect.split(columns: columns + 3).right
      return drawHints(state, in: rest, look, on: &frame)
    }
    if state.overlay != nil {
      // A popup would cover the rows above.
      frame.putTruncated(
        text, x: rect.x + 1, y: rect.y, style: style, maxWidth: rect.width - 1, ellipsis: look.glyphs.ellipsis)
      return
    }
    drawHints(state, in: rect, look, on: &frame)
    let lines = wrap(text, width: max(1, rect.width - 2))
    let rows = min(lines.count, max(1, min(4, rect.y / 3)), max(0, rect.y - 1))
    let back = style.over(look("ui.background"))
    for row in 0..<rows {
      let line = Rect(x: rect.x, y: rect.y - 1 - rows + row, width: rect.width, height: 1)
      frame.fill(line, style: back)
      let isLast = row == rows - 1 && rows < lines.count
      frame.putTruncated(
        isLast ? lines[row...].joined(separator: " ") : lines[row], x: line.x + 1, y: line.y, style: back,
        maxWidth: line.width - 1, ellipsis: look.glyphs.ellipsis)
    }
  }

  /// Room for help and quitting.
  private static let pinnedWidth = 16

  /// The line under way, and how to stop.
  private static func drawWriting(
    _ line: String, _ state: ExplorerState, in rect: Rect, _ look: Look, on frame: inout Frame
  ) {
    let keys = Rect(x: max(rect.x, rect.right - stopWidth), y: rect.y, width: min(rect.width, stopWidth), height: 1)
    frame.putTruncated(
      OptionText.line(line, glyphs: look.glyphs), x: rect.x + 1, y: rect.y, style: look("ui.text.faint"),
      maxWidth: keys.x - rect.x - 1, ellipsis: look.glyphs.ellipsis)
    drawHints(state, in: keys, look, on: &frame, only: ["pause"] + pinnedHints)
  }

  /// Room for pausing, help and quitting.
  private static let stopWidth = 31

  private static let pinnedHints = ["help", "quit"]

  private static func drawHints(
    _ state: ExplorerState, in rect: Rect, _ look: Look, on frame: inout Frame, only wanted: [String]? = nil
  ) {
    let asked = state.rounds?.askedFor
    var commands = state.keys.commands(in: state.contexts)
    if let at = commands.firstIndex(where: { $0.id == asked }),
      let first = commands.firstIndex(where: { $0.hint != nil && $0.disabledReason(state) == nil }), first < at
    {
      // What a round waits for is named beside the first thing to do, however narrow the window is.
      commands.insert(commands.remove(at: at), at: first + 1)
    }
    let hints = commands.compactMap { command -> (key: String, hint: String)? in
      guard let hint = command.hint, let key = state.keys.keys(of: command.id).first,
        command.disabledReason(state) == nil
      else { return nil }
      if command.id == "round.sign", command.id != asked { return nil }
      if command.id == "run.close", !state.hasRoundsBelow { return nil }
      if command.id == "round.toggle" {
        return (key.description, state.rounds?.round?.driver == .here ? hint : "resume")
      }
      guard command.id == "search.toggle" else { return (key.description, hint) }
      return (key.description, state.run?.pastMoment != nil ? "now" : state.run?.status == .running ? "pause" : hint)
    }.filter { wanted?.contains($0.hint) ?? true }
    // Help and quitting stay on the line, however narrow it is.
    let pinned = hints.filter { pinnedHints.contains($0.hint) }
    let legend = legend(state, in: rect, look)
    var room =
      rect.width - 1 - legend.reduce(0) { $0 + TextWidth.columns($1.text) }
      - pinned.reduce(0) { $0 + $1.key.count + $1.hint.count + 3 }
    var shown: [(key: String, hint: String)] = []
    for hint in hints where !pinnedHints.contains(hint.hint) {
      room -= hint.key.count + hint.hint.count + 3
      if room < 0 { break }
      shown.append(hint)
    }
    var x = rect.x + 1
    for hint in shown + pinned {
      x += frame.put(hint.key, x: x, y: rect.y, style: look("ui.key"))
      x += frame.put(" \(hint.hint)  ", x: x, y: rect.y, style: look("ui.help"))
    }
    frame.put(
      legend, x: rect.right - legend.reduce(0) { $0 + TextWidth.columns($1.text) }, y: rect.y, maxWidth: rect.width)
  }

  /// What the signs of the tree mean, for somebody who is here for the first time and has a line that is wide enough.
  private static func legend(_ state: ExplorerState, in rect: Rect, _ look: Look) -> [Span] {
    guard state.showsLegend, state.run != nil, state.overlay == nil, rect.width >= 70 else { return [] }
    return TreeSigns.shortLegend(look)
  }
}
