import Canvas

/// Where everything lies, for a size and a focus; the reducer asks it too, to scroll and to tell what was clicked.
///
/// From 100 columns the tree stands left of the other panels; from 60 above them; below that, one panel at a time.
public struct Layout: Hashable, Sendable {
  /// The first row of the screen.
  let header: Rect
  /// Everything between header and status.
  let body: Rect
  /// How the run went, in short; empty where it is not shown.
  let timeline: Rect
  /// Totals and state.
  let status: Rect
  /// Messages and key hints.
  let footer: Rect
  /// The line between panels that stand side by side; empty where there is none.
  let divider: Rect
  private let tree: Rect
  private let node: Rect
  private let path: Rect

  /// The layout of a screen of this size while `focus` has the keyboard.
  ///
  /// Without an arrangement there is no timeline.
  init(size: Size, focus: Panel, arrangement: Arrangement? = nil) {
    let screen = Rect(x: 0, y: 0, width: size.columns, height: size.rows)
    let (main, feet) = screen.split(bottomRows: 2)
    let (head, rest) = main.split(rows: 1)
    header = head
    (body, timeline) = rest.split(bottomRows: arrangement?.timelineRows(size) ?? 0)
    (status, footer) = feet.split(rows: 1)
    let none = Rect(x: body.x, y: body.y, width: 0, height: 0)
    if size.columns >= 100, body.height >= 9 {
      let (left, right) = body.split(columns: size.columns * 3 / 5)
      let (line, side) = right.split(columns: 1)
      let (upper, lower) = side.split(rows: body.height - max(4, min(12, body.height / 3)))
      (tree, divider, node, path) = (left, line, upper, lower)
    } else if size.columns >= 60, body.height >= 12 {
      let (upper, lower) = body.split(rows: (body.height + 3) / 2)
      tree = upper
      if size.columns >= 76 {
        let (left, right) = lower.split(columns: size.columns * 11 / 20)
        let (line, rest) = right.split(columns: 1)
        (divider, node, path) = (line, left, rest)
      } else {
        (divider, node, path) = (none, focus == .path ? none : lower, focus == .path ? lower : none)
      }
    } else {
      divider = none
      tree = focus == .tree ? body : none
      node = focus == .node ? body : none
      path = focus == .path ? body : none
    }
  }

  /// The place of a panel with its title; empty where it is not shown.
  func panel(_ panel: Panel) -> Rect {
    switch panel {
    case .tree: tree
    case .node: node
    case .path: path
    }
  }

  /// What the mouse would hold at a place; nil where there is nothing to be pulled.
  func grip(x: Int, y: Int) -> Grip? {
    timeline.contains(x: x, y: y) && y > timeline.y ? .timeline : nil
  }

  /// True where only one panel fits.
  var isSingle: Bool { Panel.allCases.count { !panel($0).isEmpty } == 1 }

  /// Rows of the tree below its title.
  public var treeRows: Int { max(1, (tree.isEmpty ? body.height : tree.height) - 1) }
  /// Lines of the node panel below its title.
  public var nodeRows: Int { max(1, node.height - 1) }
  /// The list of problems with its title.
  var list: Rect { body.split(bottomRows: previewHeight).top }
  /// The selected problem in full, below the list; empty on small screens.
  var preview: Rect { body.split(bottomRows: previewHeight).bottom }
  /// Rows of the list of problems below its title.
  public var listRows: Int { max(1, list.height - 1) }

  private var previewHeight: Int { body.height >= 14 ? 6 : 0 }
}
