import Canvas
import TreeSearch

extension ExplorerState {
  /// What a click or a turn of the wheel does; overlays leave the screen below them alone.
  mutating func point(_ event: MouseEvent) -> [Effect] {
    guard !size.isTooSmall, overlay == nil else { return [] }
    switch event.kind {
    case .press(.left):
      if message?.isLasting != true { message = nil }
      finder.search = nil
      grip = run == nil ? nil : layout.grip(x: event.x, y: event.y)
      if grip == .timeline { return pull(event) }
      return run != nil ? clickPanel(event) : rounds != nil ? clickRounds(event) : clickList(event)
    case .drag: return pull(event)
    case .release: grip = nil
    case .wheelUp: return turnWheel(-3, event)
    case .wheelDown: return turnWheel(3, event)
    case .press: break
    }
    return []
  }

  /// Moves what the mouse holds to where the mouse is.
  private mutating func pull(_ event: MouseEvent) -> [Effect] {
    switch grip {
    case .timeline:
      let place = layout.timeline
      let moment = run.map { run in
        run.timeline.restingMoment(upTo: TimelineScale(run, in: place).moment(atColumn: event.x))
      }
      return look(at: moment ?? .max)
    case .split(let split):
      guard let handle = layout.handles.first(where: { $0.split == split }) else { return [] }
      arrangement.shares[split] = handle.share(at: split.isSideBySide ? event.x : event.y)
      return []
    case nil: return []
    }
  }

  private mutating func clickList(_ event: MouseEvent) -> [Effect] {
    let row = event.y - layout.body.y - 1
    guard layout.list.contains(x: event.x, y: event.y), row >= 0, problems.top + row < problems.shown.count else {
      return []
    }
    let target = problems.top + row
    if target == problems.cursor { return problems.selected.map { [.run(.openProblem($0.id))] } ?? [] }
    return moveProblems(target - problems.cursor)
  }

  /// A click selects; a click on the selected row opens or closes it. A click on a panel's name shows the panel.
  private mutating func clickPanel(_ event: MouseEvent) -> [Effect] {
    let layout = layout
    guard var panel = layout.panel(x: event.x, y: event.y) else { return [] }
    let row = event.y - layout.panel(panel).y - 1
    if row < 0, layout.sharing.contains(panel) {
      panel = PanelTitle.panel(atColumn: event.x - layout.panel(panel).x - 2, self, layout) ?? panel
    }
    return withRun { run in
      run.focus = panel
      guard row >= 0 else { return }
      switch panel {
      case .tree:
        var walk = TreeWalk(run.tree, run.folds)
        let pinned = walk.pinned(above: run.top, height: layout.treeRows)
        let rows = pinned + walk.rows(from: run.top, count: row + 1)
        guard rows.indices.contains(row) else { return }
        if rows[row] != run.cursor {
          run.select(rows[row])
        } else if run.isExpanded(run.cursor) {
          run.folds.close(run.cursor)
        } else {
          run.folds.open(run.cursor)
        }
      case .path:
        if let node = PathPanel.node(atRow: row, run, in: layout.panel(.path)) { run.selectStep(node) }
      case .node: break
      }
    }
  }

  private mutating func turnWheel(_ rows: Int, _ event: MouseEvent) -> [Effect] {
    guard run != nil else { return rounds != nil ? turnRounds(rows, event) : moveProblems(rows) }
    if layout.panel(.node).contains(x: event.x, y: event.y) { return scrollNode(rows) }
    if layout.panel(.path).contains(x: event.x, y: event.y) { return moveAlongPath(rows.signum()) }
    return moveRows(rows)
  }
}
