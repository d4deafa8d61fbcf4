import Canvas
import Vocabulary

extension ExplorerState {
  /// A click on the rounds screen: a row or a stage is selected, and what is selected already opens.
  mutating func clickRounds(_ event: MouseEvent) -> [Effect] {
    guard let screen = rounds else { return [] }
    let layout = roundsLayout
    if layout.detail.contains(x: event.x, y: event.y) {
      rounds?.scrollsDetail = screen.page?.hasList != false
      return []
    }
    if layout.head.contains(x: event.x, y: event.y) { return clickStages(event, layout) }
    guard layout.list.contains(x: event.x, y: event.y) else { return [] }
    rounds?.scrollsDetail = false
    let row = event.y - layout.list.y - 1
    guard row >= 0 else { return [] }
    return screen.page == nil ? clickRound(event, row, layout) : clickItem(row)
  }

  private mutating func clickRound(_ event: MouseEvent, _ row: Int, _ layout: RoundsLayout) -> [Effect] {
    guard let screen = rounds, screen.list.shown.indices.contains(screen.top + row) else { return [] }
    let columns = RoundColumns(screen, width: layout.list.width)
    let stage = StageStrip.stage(atColumn: event.x - layout.list.x - columns.strip, cell: columns.cell)
    let isSelected = screen.top + row == screen.cursor && (stage ?? screen.stage) == screen.stage
    if isSelected { return openStage() }
    rounds?.select(screen.top + row)
    return stage.map { selectStage($0) } ?? []
  }

  private mutating func clickItem(_ row: Int) -> [Effect] {
    guard let list = rounds?.page?.list, list.shown.indices.contains(list.top + row) else { return [] }
    guard list.top + row == list.cursor else { return moveRounds(list.top + row - list.cursor) }
    return keys.command("stage.open").map { perform($0) } ?? []
  }

  /// A click on the name or the sign of a stage opens it.
  private mutating func clickStages(_ event: MouseEvent, _ layout: RoundsLayout) -> [Effect] {
    guard let screen = rounds, let open = screen.page?.stage, let round = screen.round,
      event.y == layout.head.y + 1
    else { return [] }
    let strip = StageStrip(round: round, look: measure)
    var x = layout.head.x + 1
    for (stage, spans) in zip(RoundStageName.allCases, strip.parts(open, width: layout.head.width - 2)) {
      x += spans.reduce(0) { $0 + TextWidth.columns($1.text) }
      if event.x < x {
        guard stage != open else { return [] }
        rounds?.stage = stage
        return openStage()
      }
    }
    return []
  }

  /// A turn of the wheel: the list moves, the details scroll.
  mutating func turnRounds(_ rows: Int, _ event: MouseEvent) -> [Effect] {
    guard let screen = rounds else { return [] }
    if roundsLayout.detail.contains(x: event.x, y: event.y) {
      rounds?.scroll = max(0, screen.scroll + rows)
      return []
    }
    rounds?.scrollsDetail = false
    return moveRounds(rows)
  }
}
