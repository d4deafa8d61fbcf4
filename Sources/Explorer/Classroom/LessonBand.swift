import Canvas
import TreeInsight
import TreeSearch

/// The rows below the explorer in teaching mode or on a tour: what is happening, the numbers, what comes next.
struct LessonBand {
  let state: ExplorerState
  let look: Look

  func draw(in rect: Rect, on frame: inout Frame) {
    guard !rect.isEmpty else { return }
    let inside = frame.panel(rect, title: title, isFocused: false, look: look).inset(horizontal: 1, vertical: 0)
    var lines = tourLines(width: inside.width)
    var feet: [[Span]] = []
    if let teaching = state.classroom.teaching, state.classroom.tour.map(\.current.showsLesson) ?? true {
      lines += lessonLines(teaching, width: inside.width)
      if state.classroom.tour == nil { feet = wrapped("Next, \(teaching.lesson.next)", "teach.next", inside.width) }
    }
    if let tour = state.classroom.tour { feet = [[Span(hint(tour), look("teach.next"))]] }
    let (upper, lower) = inside.split(bottomRows: min(feet.count, 2))
    frame.lines(lines, in: upper)
    if lines.count > upper.height, upper.height > 0 {
      frame.putRight(look.glyphs.ellipsis, right: upper.right, y: upper.bottom - 1, style: look("teach.text"))
    }
    frame.lines(feet, in: lower)
  }

  /// The four phases, that of the lesson marked; on a tour, the page's heading.
  private var title: [Span] {
    if let tour = state.classroom.tour {
      let place = "\(tour.page + 1) of \(tour.tour.pages.count)"
      return [Span("\(safe(tour.current.title)) ", look("ui.title")), Span(" \(place)", look("teach.phase"))]
    }
    guard let teaching = state.classroom.teaching else { return [] }
    var spans: [Span] = []
    for phase in [Phase.select, .widen, .evaluate, .backUp] {
      if !spans.isEmpty { spans.append(Span(" \(look.glyphs.right) ", look("teach.phase"))) }
      let isCurrent = phase == teaching.lesson.phase
      // Brackets say it where there are no colours.
      spans.append(
        Span(isCurrent ? "[\(phase.word)]" : phase.word, look(isCurrent ? "teach.phase.current" : "teach.phase")))
    }
    let frames = teaching.lesson.frames.count
    return spans + (frames > 1 ? [Span("  step \(teaching.at + 1) of \(frames)", look("teach.phase"))] : [])
  }

  private func tourLines(width: Int) -> [[Span]] {
    guard let tour = state.classroom.tour else { return [] }
    return tour.current.text.flatMap { wrapped($0, "teach.text", width) }
  }

  private func lessonLines(_ teaching: Teaching, width: Int) -> [[Span]] {
    let frame = teaching.frame
    return [[Span(frame.title, look("ui.title"))]]
      + frame.formulas.flatMap { wrapped($0, "teach.formula", width) }
      + frame.text.flatMap { wrapped($0, "teach.text", width) }
  }

  /// What to press on this page.
  private func hint(_ tour: TourPlace) -> String {
    let on = key("tour.next")
    let isLast = tour.page + 1 == tour.tour.pages.count
    if tour.wanted.isEmpty { return isLast ? "\(on) ends the tour" : "\(on) goes on, \(key("tour.back")) goes back" }
    return "Press \(tour.wantedWords), or \(on) presses the next key for you"
  }

  private func key(_ command: String) -> String { state.keys.keys(of: command).first?.description ?? ":" }

  private func wrapped(_ text: String, _ scope: String, _ width: Int) -> [[Span]] {
    wrap([Span(safe(text), look(scope))], width: max(1, width))
  }

  private func safe(_ text: String) -> String { OptionText.line(text, glyphs: look.glyphs) }
}
