import TreeInsight
import TreeSearch

/// A run told phase by phase, with the numbers of every step: the lessons of teaching mode as lines of text.
public enum Narration {
  /// The lesson about the phase that had just ended at `moment`; empty in the midst of one. Texts of models in it are safe
  /// to print.
  ///
  /// Complexity: that of ``Timeline/tree(at:)`` twice, and O(depth × width log width).
  public static func lines(_ timeline: Timeline, at moment: Int) -> [String] {
    guard timeline.phase(at: moment) != nil else { return [] }
    let lesson = Lesson(timeline, at: moment)
    return lesson.frames.flatMap { frame in
      [frame.heading] + (frame.formulas + frame.text).map { "  " + OptionText.line($0, glyphs: .ascii) }
    }
  }

  /// The moments at which a phase had just ended, in order.
  public static func moments(_ timeline: Timeline) -> [Int] {
    var moments: [Int] = []
    var at = timeline.start
    while let next = timeline.nextPhase(after: at) {
      moments.append(next)
      at = next
    }
    return moments
  }
}
