import Canvas

extension ExplorerState {
  /// The screen as a grid of cells: the same state, size, theme and glyphs always give the same frame.
  ///
  /// Every size is safe. Complexity: O(cells + rows × (depth + width)), whatever the number of nodes.
  public func view(size: Size, theme: Theme, glyphs: GlyphSet) -> Frame {
    var state = self
    if size != state.size { _ = state.reduce(.resize(size)) }
    let look = Look(theme: theme, glyphs: glyphs)
    let stage = state.stage
    var frame = Frame(width: stage.columns, height: stage.rows, style: theme.background)
    if size.isTooSmall {
      SmallNotice.draw(size, look, on: &frame)
      return frame
    }
    let layout = state.layout
    HeaderLine.draw(state, in: layout.header, look, on: &frame)
    if let run = state.run {
      let lit = state.teaching?.lit ?? []
      for panel in Panel.allCases where !layout.panel(panel).isEmpty {
        let rect = layout.panel(panel)
        let title = PanelTitle.spans(panel, state, layout, look)
        switch panel {
        case .tree: TreePanel(run: run, look: look, title: title, lit: lit).draw(in: rect, on: &frame)
        case .node: NodePanel(run: run, look: look, title: title).draw(in: rect, on: &frame)
        case .path: PathPanel(run: run, look: look, title: title).draw(in: rect, on: &frame)
        }
      }
      TimelineStrip(run: run, look: look).draw(in: layout.timeline, on: &frame)
      let line = layout.divider
      frame.verticalLine(x: line.x, y: line.y, length: line.height, glyphs: glyphs, style: look("ui.border"))
    } else {
      ProblemsPanel.draw(state.problems, in: layout.list, look, on: &frame)
      if let entry = state.problems.selected, !layout.preview.isEmpty {
        ProblemPreview.draw(entry, in: layout.preview, look, on: &frame)
      }
    }
    StatusLine.draw(state, in: layout.status, look, on: &frame)
    FooterLine.draw(state, in: layout.footer, look, on: &frame)
    PopupView.draw(state, look, on: &frame)
    guard state.bandRows > 0 else { return frame }
    // What is taught stands below everything, popups included.
    var whole = Frame(width: size.columns, height: size.rows, style: theme.background)
    whole.draw(frame, x: 0, y: 0)
    whole.cursor = frame.cursor
    let band = Rect(x: 0, y: stage.rows, width: size.columns, height: state.bandRows)
    LessonBand(state: state, look: look).draw(in: band, on: &whole)
    return whole
  }
}
