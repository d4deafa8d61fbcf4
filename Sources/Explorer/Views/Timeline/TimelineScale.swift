import Canvas

/// Which moment of a run stands in which column of the strip; the last column is the present.
struct TimelineScale {
  /// The columns of the strip between its label and its figure.
  let strip: Rect
  private let start: Int
  private let count: Int

  /// The scale of a run's strip within the place of the timeline.
  init(_ run: OpenRun, in rect: Rect) {
    let label = rect.width >= 60 ? 8 : 1
    strip = Rect(x: rect.x + label, y: rect.y, width: rect.width - 2 * label, height: rect.height)
    (start, count) = (run.course.start, run.course.count)
  }

  /// The moment before the first event of column `index` of the strip, counted from 0.
  func moment(before index: Int) -> Int { start + (count - start) * index / max(1, strip.width) }

  /// The moment that a click at column `x` of the screen means.
  func moment(atColumn x: Int) -> Int {
    let index = max(0, min(x - strip.x, strip.width - 1))
    if index == 0 { return start }
    return index == strip.width - 1 ? count : (moment(before: index) + moment(before: index + 1)) / 2
  }

  /// The column of the strip, counted from 0, in which `moment` stands.
  func column(of moment: Int) -> Int {
    guard count > start, moment < count else { return max(0, strip.width - 1) }
    return max(0, min((moment - start) * strip.width / (count - start), strip.width - 2))
  }
}
