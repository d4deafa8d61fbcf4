import TreeInsight
import TreeSearch

/// Teaching mode: the lesson on the screen and how far it has come.
public struct Teaching: Sendable {
  /// The lesson; made anew when the moment changes.
  private(set) var lesson: Lesson
  /// The run that it is about.
  private let run: String
  /// The moment that was looked at when it was made.
  private var looked: Int
  /// Which of its frames is shown.
  private(set) var at = 0
  /// True where the next lesson begins with its last frame: the person goes backwards.
  var entersAtEnd = false

  init(_ run: OpenRun) {
    self.run = run.id
    looked = run.moment
    lesson = Lesson(run.timeline, at: run.moment)
  }

  /// The frame that is shown.
  var frame: LessonFrame { lesson.frames[at] }
  /// Nodes that are lit.
  var lit: Set<NodeID> { Set(frame.lit) }
  /// True where frames follow.
  var hasNext: Bool { at + 1 < lesson.frames.count }

  /// Shows the frame `steps` further; false, and nothing changes, where there is none.
  mutating func move(by steps: Int) -> Bool {
    guard lesson.frames.indices.contains(at + steps) else { return false }
    at += steps
    return true
  }

  /// Makes the lesson anew where the run has moved on; true where another one is shown now.
  mutating func follow(_ run: OpenRun) -> Bool {
    guard run.moment != looked || run.id != self.run else { return false }
    // While phases chase each other there is nothing to be read.
    if run.status == .running, run.pastMoment == nil { return false }
    let (before, enters) = (lesson, entersAtEnd)
    self = Teaching(run)
    if lesson == before { return false }
    if enters { at = lesson.frames.count - 1 }
    return true
  }
}
