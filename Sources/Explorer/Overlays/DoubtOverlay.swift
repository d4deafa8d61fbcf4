import Canvas
import Vocabulary

/// What speaks against a decision that a single key has made: Enter makes it all the same.
struct DoubtOverlay: Overlay {
  let subject: CommitSubject
  let warnings: [String]
  /// True where the next problem comes after it.
  let goesOn: Bool

  private var title: String {
    switch subject {
    case .problem(let id, let verdict): "\(id) as \(verdict.rawValue)?"
    case .trajectory(let request): "The chosen trajectory as \(request.judgement.verdict?.rawValue ?? "none")?"
    }
  }

  func confirm(in state: inout ExplorerState) -> [Effect] {
    state.curation.goesOn = goesOn
    return [.run(.commit(subject, insists: true))]
  }

  func close(in state: inout ExplorerState) -> [Effect] {
    state.message = .notice("nothing is committed")
    return []
  }

  func draw(_ state: ExplorerState, _ look: Look, on frame: inout Frame) {
    let width = min(84, frame.width)
    let lines = warnings.flatMap {
      wrap([Span(OptionText.line($0, glyphs: look.glyphs), look("ui.error"))], width: max(1, width - 4))
    }
    let inside = frame.popup(
      title: OptionText.line(title, glyphs: look.glyphs), width: width, height: min(frame.height - 2, lines.count + 4),
      look: look)
    let (text, hint) = inside.split(bottomRows: 1)
    frame.lines(lines, in: text)
    frame.putTruncated(
      "Enter commits all the same, Esc does not.", x: hint.x, y: hint.y, style: look("ui.text.faint"),
      maxWidth: hint.width, ellipsis: look.glyphs.ellipsis)
  }

  func question(in state: ExplorerState) -> [String] {
    ["\(title)"] + warnings + ["Type yes to commit all the same, or cancel."]
  }

  mutating func fill(_ line: String, in state: ExplorerState) -> Bool { line == "yes" }
}
