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
    let page = state.classroom.page
    var feet: [[Span]] = []
    var (lesson, formulas) = ([[Span]](), 0)
    if let teaching = state.classroom.teaching, page?.showsLesson ?? true {
      (lesson, formulas) = lessonLines(teaching, width: inside.width)
      if page == nil { feet = wrapped("Next, \(teaching.lesson.next)", "teach.next", inside.width) }
    }
    if page != nil { feet = [[Span(state.classroom.tour.map(hint) ?? Self.shared, look("teach.next"))]] }
    let (upper, lower) = inside.split(bottomRows: min(feet.count, 2))
    // A page may be long, and its formula is what it speaks of: that is read whole.
    let text = pageLines(width: inside.width).prefix(max(1, upper.height - formulas))
    let lines = text + lesson
    frame.lines(lines, in: upper)
    if lines.count > upper.height, upper.height > 0 {
      frame.putRight(look.glyphs.ellipsis, right: upper.right, y: upper.bottom - 1, style: look("teach.text"))
    }
    frame.lines(feet, in: lower)
  }

  /// The four phases, that of the lesson marked; on a tour, the page's heading.
  private var title: [Span] {
    if let page = state.classroom.page {
      let place = "\(page.number) of \(page.count)"
      return [Span("\(safe(page.title)) ", look("ui.title")), Span(" \(place)", look("teach.phase"))]
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

  private func pageLines(width: Int) -> [[Span]] {
    (state.classroom.page?.text ?? []).flatMap { wrapped($0, "teach.text", width) }
  }

  /// The lesson, and how many lines its title and formulas take, which come first.
  private func lessonLines(_ teaching: Teaching, width: Int) -> (lines: [[Span]], formulas: Int) {
    let frame = teaching.frame
    let head =
      [[Span(frame.title, look("ui.title"))]] + frame.formulas.flatMap { wrapped($0, "teach.formula", width) }
    return (head + frame.text.flatMap { wrapped($0, "teach.text", width) }, head.count)
  }

  /// What stands below a page for those who follow.
  private static let shared = "the presenter turns the pages"

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
