import Canvas
import TreeInsight
import TreeSearch

/// What stands in a panel's rule. Where panels share a place, it names all of them, the others with the key that shows them.
enum PanelTitle {
  static func spans(_ panel: Panel, _ state: ExplorerState, _ layout: Layout, _ look: Look) -> [Span] {
    guard layout.sharing.contains(panel) else {
      return [Span(text(panel, state, layout, look.glyphs), look("ui.title"))]
    }
    return tabs(state, layout, look.glyphs).map { tab in
      Span(tab.text, look(tab.panel == panel ? "ui.title" : "ui.text.faint"))
    }
  }

  /// The panel that is named `column` columns right of where the title begins, where panels share a place.
  static func panel(atColumn column: Int, _ state: ExplorerState, _ layout: Layout) -> Panel? {
    var x = 0
    // Every sign takes one column in either set.
    for tab in tabs(state, layout, .unicode) {
      x += TextWidth.columns(tab.text)
      if column < x { return column >= 0 ? tab.panel : nil }
    }
    return nil
  }

  private static func tabs(
    _ state: ExplorerState, _ layout: Layout, _ glyphs: GlyphSet
  ) -> [(panel: Panel, text: String)] {
    layout.sharing.enumerated().map { index, panel in
      let key = state.keys.keys(of: "panel.\(panel)").first.map { "\($0) " } ?? ""
      let name = layout.panel(panel).isEmpty ? key + panel.title : text(panel, state, layout, glyphs)
      return (panel, index == 0 ? name : "  \(name)")
    }
  }

  private static func text(_ panel: Panel, _ state: ExplorerState, _ layout: Layout, _ glyphs: GlyphSet) -> String {
    guard let run = state.run else { return panel.title }
    switch (panel, run.pathChoice) {
    case (.tree, _): return layout.sharing.isEmpty ? "Tree" + folding(run.folds) : "Tree"
    case (.node, _):
      let place = run.tree.childPath(to: run.cursor)
      return "Node \(run.cursor)" + (place.isEmpty ? "" : " \(glyphs.separator) \(place)")
    case (.path, .best): return "Best path"
    case (.path, .selected): return "Path through \(run.pathNode)"
    }
  }

  /// What is particular to the rows of the tree.
  private static func folding(_ folds: Folds) -> String {
    let words = [
      folds.order == .creation ? nil : "by \(folds.order.word)",
      folds.leastVisits > 0 ? "N from \(folds.leastVisits)" : nil, folds.hidesPruned ? "without pruned" : nil,
    ]
    return words.compactMap { $0 }.map { ", \($0)" }.joined()
  }
}
