import Canvas
import TreeSearch

/// What stands in a panel's rule. Where only one panel fits, it names all three.
enum PanelTitle {
  static func spans(_ run: OpenRun, _ panel: Panel, _ isAlone: Bool, _ look: Look) -> [Span] {
    guard isAlone else { return [Span(text(run, panel, look), look("ui.title"))] }
    return Panel.allCases.enumerated().flatMap { index, other in
      [
        Span(index == 0 ? "" : " \(look.glyphs.separator) ", look("ui.border")),
        Span(other.title, look(other == panel ? "ui.title" : "ui.text.faint")),
      ]
    }
  }

  private static func text(_ run: OpenRun, _ panel: Panel, _ look: Look) -> String {
    switch (panel, run.pathChoice) {
    case (.tree, _): return "Tree"
    case (.node, _):
      let place = run.tree.childPath(to: run.cursor)
      return "Node \(run.cursor)" + (place.isEmpty ? "" : " \(look.glyphs.separator) \(place)")
    case (.path, .best): return "Best path"
    case (.path, .selected): return "Path through \(run.pathNode)"
    }
  }
}
