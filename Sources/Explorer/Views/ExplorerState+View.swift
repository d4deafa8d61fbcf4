import Canvas

extension ExplorerState {
  /// The screen as a grid of cells: the same state, size, theme and glyphs always give the same frame.
  ///
  /// Every size is safe. Complexity: O(cells + rows × (depth + width)), whatever the number of nodes.
  public func view(size: Size, theme: Theme, glyphs: GlyphSet) -> Frame {
    var state = self
    if size != state.size || glyphs != state.glyphs {
      state.glyphs = glyphs
      _ = state.reduce(.resize(size))
    }
    let theme = state.isProjecting ? theme.projected : theme
    let look = Look(theme: theme, glyphs: glyphs, reading: state.reading)
    let stage = state.stage
    var frame = Frame(width: stage.columns, height: stage.rows, style: theme.background)
    if size.isTooSmall {
      SmallNotice.draw(size, look, on: &frame)
      return frame
    }
    let layout = state.layout
    HeaderLine.draw(state, in: layout.header, look, on: &frame)
    if let run = state.run {
      let lit = state.classroom.teaching?.lit ?? []
      for panel in Panel.allCases where !layout.panel(panel).isEmpty {
        let rect = layout.panel(panel)
        let title = PanelTitle.spans(panel, state, layout, look)
        switch panel {
        case .tree:
          let rest = TreePanel(
            run: run, look: look, title: title, wanted: state.arrangement.columns, isSparse: state.isProjecting,
            lit: lit
          ).draw(in: rect, on: &frame)
          if rect.height >= BelowTree.leastPanel {
            BelowTree(state: state, run: run, look: look).draw(in: rest, on: &frame)
          }
        case .node: NodePanel(run: run, look: look, title: title).draw(in: rect, on: &frame)
        case .path: PathPanel(run: run, look: look, title: title).draw(in: rect, on: &frame)
        }
      }
      TimelineStrip(run: run, look: look).draw(in: layout.timeline, on: &frame)
      let line = layout.divider
      frame.verticalLine(x: line.x, y: line.y, length: line.height, glyphs: glyphs, style: look("ui.border"))
    } else if let task = state.labelling {
      LabelPanel(screen: task, look: look).draw(in: layout.body, on: &frame)
    } else if let rounds = state.rounds {
      RoundsView(screen: rounds, layout: state.roundsLayout, look: look).draw(on: &frame)
    } else {
      ProblemsPanel.draw(state.problems, in: layout.list, look, on: &frame)
      if let entry = state.problems.selected, !layout.preview.isEmpty {
        ProblemPreview.draw(entry, in: layout.preview, look, on: &frame)
      }
    }
    StatusLine.draw(state, in: layout.status, look, on: &frame)
    FooterLine.draw(state, in: layout.footer, look, on: &frame)
    state.overlay?.draw(state, look, on: &frame)
    guard state.bandRows > 0 else { return frame }
    // What is taught stands below everything, overlays included.
    var whole = Frame(width: size.columns, height: size.rows, style: theme.background)
    whole.draw(frame, x: 0, y: 0)
    whole.cursor = frame.cursor
    let band = Rect(x: 0, y: stage.rows, width: size.columns, height: state.bandRows)
    LessonBand(state: state, look: look).draw(in: band, on: &whole)
    return whole
  }
}

/// What a terminal below the least size shows.
enum SmallNotice {
  static func draw(_ size: Size, _ look: Look, on frame: inout Frame) {
    let text = "Too small: \(size.columns)x\(size.rows), needs \(Size.least.columns)x\(Size.least.rows). q quits."
    let lines = wrap(text, width: max(1, size.columns))
    let top = max(0, (size.rows - lines.count) / 2)
    for (index, line) in lines.enumerated() {
      frame.put(line, x: (size.columns - TextWidth.columns(line)) / 2, y: top + index, style: look("ui.notice"))
    }
  }
}
