import Vocabulary

/// Where a person stands in a task, and what they said there last.
struct LabelScreen: Sendable {
  /// What is labelled.
  private(set) var task: LabelTask
  /// The step at the cursor.
  private(set) var step = 0
  /// Which of its lines.
  private(set) var line = 0
  /// What was said, and what stood there before: the latest last.
  private var said: [(word: LabelWord, before: LabelWord)] = []

  /// A screen with the cursor on the first step that people differ about; on the first of all where there is none.
  init(_ task: LabelTask) {
    self.task = task
    step = task.steps.firstIndex { $0.lines[0].sides.count > 1 } ?? 0
  }

  /// The line at the cursor.
  var place: LabelPlace { LabelPlace(step: step, line: line) }

  /// True where there is something to take back.
  var canTakeBack: Bool { !said.isEmpty }

  /// Moves to the line `rows` further on; the alternatives of a step are lines only while the cursor is on the step.
  mutating func move(by rows: Int) {
    for _ in 0..<abs(max(-10_000, min(rows, 10_000))) {
      guard task.steps.indices.contains(step) else { return }
      if rows > 0 {
        if line + 1 < task.steps[step].lines.count { line += 1 } else if !nextStep() { return }
      } else if line > 0 {
        line -= 1
      } else if step > 0 {
        step -= 1
      } else {
        return
      }
    }
  }

  /// Goes to the next step; false on the last.
  @discardableResult
  mutating func nextStep() -> Bool {
    guard step + 1 < task.steps.count else { return false }
    (step, line) = (step + 1, 0)
    return true
  }

  /// Takes up what a person says; nil where it changes nothing.
  mutating func say(_ word: LabelWord) -> LabelWord? {
    guard let before = apply(word), before != word else { return nil }
    said.append((word, before))
    return word
  }

  /// Takes the last word back: what is to be said for that.
  mutating func takeBack() -> LabelWord? {
    guard let last = said.popLast() else { return nil }
    _ = apply(last.before)
    if case .step(let place, _) = last.before { (step, line) = (place.step, place.line) }
    return last.before
  }

  /// Changes the task; what would change it back. Nil where the place does not exist.
  private mutating func apply(_ word: LabelWord) -> LabelWord? {
    switch word {
    case .step(let place, let label):
      guard holds(place) else { return nil }
      defer { task.steps[place.step].lines[place.line].label = label }
      return .step(place, task.steps[place.step].lines[place.line].label)
    case .flag(let place, let isOn):
      guard holds(place) else { return nil }
      defer { task.steps[place.step].lines[place.line].isFlagged = isOn }
      return .flag(place, task.steps[place.step].lines[place.line].isFlagged)
    case .completion(let step, let text):
      guard task.steps.indices.contains(step) else { return nil }
      defer { task.steps[step].completion = text }
      return .completion(step: step, task.steps[step].completion)
    case .verdict(let verdict):
      defer { task.verdict = verdict }
      return .verdict(task.verdict)
    case .finish(let finish):
      defer { task.finish = finish }
      return .finish(task.finish)
    case .note: return .note("")
    }
  }

  private func holds(_ place: LabelPlace) -> Bool {
    task.steps.indices.contains(place.step) && task.steps[place.step].lines.indices.contains(place.line)
  }
}
