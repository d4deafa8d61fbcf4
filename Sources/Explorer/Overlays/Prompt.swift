import Canvas
import TreeInsight

/// One line that a command asks for: what can be typed, and what was wrong with it.
struct Prompt: Overlay {
  /// Stands for the end of a line where several can be typed.
  static let lineEnd: Character = "⏎"

  /// What it is for.
  let question: Question
  /// What is typed.
  private(set) var text: TextField
  /// Why the last confirmation was refused.
  private(set) var problem: String?
  /// How many nodes match what is typed, where that is a filter.
  var count: String?
  /// True where the cursor stands on what was refused.
  private var isLocated = false

  init(_ question: Question, _ text: String = "", isSuggestion: Bool = true) {
    self.question = question
    self.text = TextField(text, isSuggestion: isSuggestion)
  }

  var takesLines: Bool { question.takesLines }

  var field: TextField? {
    get { text }
    set {
      text = newValue ?? TextField()
      refuse(nil)
    }
  }

  /// Refuses what is typed and puts the cursor on what is wrong with it, or (nil) takes the refusal back.
  private mutating func refuse(_ problem: String?, at column: Int? = nil) {
    self.problem = problem
    isLocated = column != nil
    guard let column else { return }
    text.move(by: -TextField.limit)
    text.move(by: column - 1)
  }

  /// Puts the first continuation in place of the word at the cursor.
  mutating func switchField(by count: Int, in state: ExplorerState) {
    if text.complete(question.completion?(text, state)) { refuse(nil) }
  }

  func changed(in state: inout ExplorerState) -> [Effect] { question.changed(text.text, &state) }

  func confirm(in state: inout ExplorerState) -> [Effect] {
    do {
      return try question.answer(text.text, &state)
    } catch {
      var refused = self
      refused.refuse(error.problem, at: error.column)
      state.overlay = refused
      return []
    }
  }

  func close(in state: inout ExplorerState) -> [Effect] {
    question.close(&state)
    return []
  }

  func draw(_ state: ExplorerState, _ look: Look, on frame: inout Frame) {
    let words = problem ?? continuations(state, look) ?? question.hint
    let width = min(72, frame.width)
    // What can be typed is read whole: a hint takes as many lines as it needs.
    let lines = wrap(OptionText.line(words, glyphs: look.glyphs), width: max(1, width - 4)).prefix(
      max(1, frame.height - 4))
    let inside = frame.popup(title: question.title, width: width, height: 4 + lines.count, look: look)
    frame.field(text, x: inside.x, y: inside.y, width: inside.width, hasFocus: true, look: look)
    if isLocated, let cursor = frame.cursor {
      frame.put("^", x: cursor.x, y: inside.y + 1, style: look("ui.error"), maxWidth: 1)
    }
    if problem == nil, let count {
      frame.putRight(count, right: inside.right, y: inside.y + 1, style: look("ui.notice"), maxWidth: inside.width)
    }
    let style = look(problem == nil ? "ui.text.faint" : "ui.error")
    frame.lines(lines.map { [Span($0, style)] }, in: inside.split(rows: 2).bottom)
  }

  /// What Tab would complete, the first with its meaning; nil while nothing is typed or nothing is known.
  private func continuations(_ state: ExplorerState, _ look: Look) -> String? {
    guard !text.characters.isEmpty, !text.isSuggestion else { return nil }
    return question.completion?(text, state)?.words(after: text).map { OptionText.line($0, glyphs: look.glyphs) }
  }

  func question(in state: ExplorerState) -> [String] {
    (problem.map { ["\($0)."] } ?? []) + ["\(question.title): \(question.hint)? Or cancel."]
  }

  mutating func fill(_ line: String, in state: ExplorerState) -> Bool {
    field = TextField(line)
    return true
  }
}

extension ExplorerState {
  /// Opens a prompt.
  mutating func ask(_ question: Question, _ text: String = "", isSuggestion: Bool = true) -> [Effect] {
    overlay = Prompt(question, text, isSuggestion: isSuggestion)
    return []
  }
}
