import Canvas

/// The rounds screen: the list of rounds, or one stage of a round.
struct RoundsView {
  let screen: RoundsScreen
  let layout: RoundsLayout
  let look: Look

  func draw(on frame: inout Frame) {
    let hasFocus = !screen.scrollsDetail
    if !layout.head.isEmpty { drawHead(on: &frame) }
    if !layout.list.isEmpty {
      if let page = screen.page {
        StagePanel(page: page, look: look, hasFocus: hasFocus).draw(in: layout.list, on: &frame)
      } else {
        RoundsPanel(screen: screen, look: look, hasFocus: hasFocus).draw(in: layout.list, on: &frame)
      }
    }
    if !layout.detail.isEmpty { drawDetail(on: &frame) }
    if !layout.curve.isEmpty {
      if screen.page != nil {
        LossCurve(losses: screen.round?.losses ?? [], steps: screen.round?.steps, look: look).draw(
          in: layout.curve, on: &frame)
      } else {
        AccuracyCurve(screen, look: look).draw(in: layout.curve, on: &frame)
      }
    }
    let line = layout.divider
    frame.verticalLine(x: line.x, y: line.y, length: line.height, glyphs: look.glyphs, style: look("ui.border"))
  }

  private func drawHead(on frame: inout Frame) {
    guard let page = screen.page else { return }
    let inside = frame.panel(layout.head, title: [Span(title(page), look("ui.title"))], isFocused: false, look: look)
    let area = inside.inset(horizontal: 1, vertical: 0)
    frame.lines(Self.headLines(screen, width: area.width, look), in: area)
  }

  private func title(_ page: StagePage) -> String {
    switch page.subject {
    case .stage(let round, let stage):
      "\(safe(round)) \(look.glyphs.separator) \(stage.rawValue): \(stage.help)"
    case .comparison(let a, let b): "before: \(safe(a)), after: \(safe(b))"
    }
  }

  /// What the page has to say above its list.
  static func headLines(_ screen: RoundsScreen, width: Int, _ look: Look) -> [[Span]] {
    guard let page = screen.page else { return [] }
    let facts = RoundDetails(look: look, width: width)
    guard let stage = page.stage else { return facts.comparison(page.figures, page.list.tally) }
    guard let round = screen.round else { return [] }
    let entry = round[stage]
    return [StageStrip(round: round, look: look).line(stage, width: width)]
      + facts.head(of: entry, figures: page.hasList || stage == .train ? entry.headFigures : [])
  }

  private func drawDetail(on frame: inout Frame) {
    let isFocused = screen.scrollsDetail || screen.page?.hasList == false
    let inside = frame.panel(
      layout.detail, title: [Span(detailTitle, look("ui.title"))], isFocused: isFocused, look: look)
    let area = inside.inset(horizontal: 1, vertical: 0)
    let lines = Self.detailLines(screen, width: area.width, hasCurve: !layout.curve.isEmpty, look)
    frame.lines(lines.dropFirst(screen.scroll), in: area)
    // A row is drawn at the right edge where the rest lies.
    let left = lines.count - screen.scroll - area.height
    if left > 0 {
      frame.putRight(
        " \(look.glyphs.down) \(left) ", right: layout.detail.right - 1, y: layout.detail.y,
        style: look("ui.text.faint"))
    }
  }

  private var detailTitle: String {
    guard let page = screen.page else { return screen.selected.map { safe($0.id) } ?? "Round" }
    return page.hasList ? page.list.selected.map { safe(ItemDetails.title($0)) } ?? "Row" : "Report"
  }

  /// Everything that the details have to say.
  static func detailLines(_ screen: RoundsScreen, width: Int, hasCurve: Bool, _ look: Look) -> [[Span]] {
    guard width > 0 else { return [] }
    guard let page = screen.page else {
      guard let round = screen.selected else { return [] }
      return RoundDetails(look: look, width: width).lines(
        of: round, screen.stage, curve: hasCurve ? nil : AccuracyCurve(screen, look: look))
    }
    if page.hasList { return page.list.selected.map { ItemDetails(look: look, width: width).lines(of: $0) } ?? [] }
    guard let round = screen.round, let stage = page.stage else { return [] }
    return RoundDetails(look: look, width: width).details(of: stage, round[stage])
  }

  private func safe(_ text: String) -> String { OptionText.line(text, glyphs: look.glyphs) }
}

extension ExplorerState {
  /// Where the parts of the rounds screen lie.
  var roundsLayout: RoundsLayout {
    let screen = rounds ?? RoundsScreen()
    let body = layout.body
    let lines = screen.page == nil ? 0 : RoundsView.headLines(screen, width: body.width - 2, measure).count
    return RoundsLayout(screen, in: body, headLines: lines)
  }

  /// Puts the rounds screen in order after a change: cursors on rows that can be seen, nothing scrolled further than to its end.
  mutating func layOutRounds() {
    let layout = roundsLayout
    if rounds?.page != nil {
      rounds?.page?.list.clampScroll(height: layout.listRows)
    } else {
      rounds?.clampScroll(height: layout.listRows)
    }
    guard let screen = rounds, screen.scroll > 0 else { return }
    let place = layout.detail
    let lines = RoundsView.detailLines(
      screen, width: place.width - 2, hasCurve: !layout.curve.isEmpty, measure
    ).count
    rounds?.scroll = min(screen.scroll, max(0, lines - (place.height - 1)))
  }
}
