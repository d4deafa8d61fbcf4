import Canvas
import TreeInsight
import TreeSearch

/// The run from its first event to now: the greatest reward of an answer so far, tokens, what stands out, and the moment looked at.
///
/// The cost is that of its columns: nothing here looks at events.
struct TimelineStrip {
  let run: OpenRun
  let look: Look

  func draw(in rect: Rect, on frame: inout Frame) {
    guard !rect.isEmpty else { return }
    let inside = frame.panel(rect, title: title, isFocused: false, look: look)
    drawLegend(in: rect, on: &frame)
    let scale = TimelineScale(run, in: inside)
    var row = inside.y
    if inside.height >= 2 {
      drawBest(scale, y: row, on: &frame)
      row += 1
    }
    if inside.height >= 3 {
      drawTokens(scale, y: row, on: &frame)
      row += 1
    }
    drawMoments(scale, y: row, on: &frame)
  }

  private var moment: Int { run.moment }

  private var title: [Span] {
    let (moment, count) = (moment, run.course.count)
    let place = moment == count ? "now, moment \(count)" : "moment \(moment) of \(count)"
    return [
      Span("Timeline ", look("ui.title")), Span(" \(place)", look(moment == count ? "ui.text.faint" : "ui.notice")),
    ]
  }

  /// What the signs mean, where there is room for it.
  private func drawLegend(in rect: Rect, on frame: inout Frame) {
    guard rect.width >= 100 else { return }
    let words = [(RunCourse.Marks.act, "your act"), (.breakpoint, "breakpoint"), (.commit, "commit")]
    let text = words.map { "\(sign($0)) \($1)" }.joined(separator: "  ")
    frame.putRight(" \(text) ", right: rect.right - 1, y: rect.y, style: look("ui.text.faint"))
  }

  private func drawBest(_ scale: TimelineScale, y: Int, on frame: inout Frame) {
    // The status line says which answer is best, and its own score: this is another number, and has another name.
    label("reward", scale, y: y, on: &frame)
    for column in 0..<scale.strip.width {
      guard let best = run.course.best(at: scale.moment(before: column + 1)) else { continue }
      frame.put(step(best), x: scale.strip.x + column, y: y, style: look.quality(best))
    }
    figure(Number.score(run.course.best(at: moment), none: look.glyphs.abstained), scale, y: y, on: &frame)
  }

  private func drawTokens(_ scale: TimelineScale, y: Int, on frame: inout Frame) {
    label("tokens", scale, y: y, on: &frame)
    let tokens = (0..<scale.strip.width).map { stretch($0, scale).tokens }
    let most = max(1, tokens.max() ?? 1)
    for (column, count) in tokens.enumerated() where count > 0 {
      frame.put(step(Double(count) / Double(most)), x: scale.strip.x + column, y: y, style: look("tree.bar"))
    }
    figure(Number.short(run.tree.usage.generated), scale, y: y, on: &frame)
  }

  /// A line up to the moment looked at, with the signs of what stands out along the whole run.
  private func drawMoments(_ scale: TimelineScale, y: Int, on frame: inout Frame) {
    let here = scale.column(of: moment)
    for column in 0..<scale.strip.width {
      let marks = run.course.marks(from: scale.moment(before: column), to: scale.moment(before: column + 1))
      let x = scale.strip.x + column
      if column == here {
        frame.put(look.glyphs.best, x: x, y: y, style: look("ui.key"))
      } else if !marks.isEmpty {
        frame.put(sign(marks), x: x, y: y, style: look("tree.glyph.inserted"))
      } else if column < here {
        frame.put(look.glyphs.horizontal, x: x, y: y, style: look("ui.border.focused"))
      } else {
        frame.put(look.glyphs.separator, x: x, y: y, style: look("ui.border"))
      }
    }
    label("moment", scale, y: y, on: &frame)
    figure(Number.short(moment), scale, y: y, on: &frame)
  }

  private func stretch(_ column: Int, _ scale: TimelineScale) -> RunCourse.Stretch {
    run.course.stretch(from: scale.moment(before: column), to: scale.moment(before: column + 1))
  }

  /// The rarest of the marks as a sign.
  private func sign(_ marks: RunCourse.Marks) -> String {
    marks.contains(.commit)
      ? look.glyphs.committed : marks.contains(.breakpoint) ? look.glyphs.breakpoint : look.glyphs.overridden
  }

  private func step(_ fraction: Double) -> String {
    let steps = look.glyphs.curveSteps
    return steps[max(0, min(Int(fraction * Double(steps.count)), steps.count - 1))]
  }

  private func label(_ text: String, _ scale: TimelineScale, y: Int, on frame: inout Frame) {
    guard scale.strip.x >= 8 else { return }
    frame.put(text, x: 1, y: y, style: look("node.label"), maxWidth: scale.strip.x - 1)
  }

  private func figure(_ text: String, _ scale: TimelineScale, y: Int, on frame: inout Frame) {
    guard scale.strip.x >= 8 else { return }
    frame.putRight(text, right: scale.strip.right + 7, y: y, style: look("node.value"))
  }
}

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
