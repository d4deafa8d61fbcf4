import Canvas

/// Where everything lies, for a size, a focus and what a person wants; the reducer asks it too, to scroll and to tell what
/// was clicked.
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
  private(set) var divider = Rect(x: 0, y: 0, width: 0, height: 0)
  /// Panels that share one place, of which one is seen at a time; empty where each has its own.
  private(set) var sharing: [Panel] = []
  /// What can be pulled, with its place.
  private(set) var handles: [Handle] = []
  private var places = PanelPlaces()

  /// The layout of a screen of this size while `focus` has the keyboard. Without an arrangement there is no timeline; where it is read
  /// from afar, the tree has the whole width.
  init(size: Size, focus: Panel, arrangement: Arrangement? = nil, isProjecting: Bool = false) {
    let screen = Rect(x: 0, y: 0, width: size.columns, height: size.rows)
    let (main, feet) = screen.split(bottomRows: 2)
    let (head, middle) = main.split(rows: 1)
    header = head
    (body, timeline) = middle.split(bottomRows: arrangement?.timelineRows(size) ?? 0)
    (status, footer) = feet.split(rows: 1)
    let arrangement = arrangement ?? Arrangement()
    let shown = arrangement.shownPanels
    let others = shown.filter { $0 != .tree }
    let isWide = size.columns >= 100 && body.height >= 9 && !isProjecting
    guard !arrangement.isZoomed, isWide || size.columns >= 60 && body.height >= 12 else {
      places[focus] = body
      sharing = shown.count > 1 ? shown : []
      return
    }
    var rest = body
    if shown.contains(.tree), !others.isEmpty {
      let split: Split = isWide ? .treeBeside : .treeAbove
      let standard = isWide ? size.columns * 3 / 5 : (body.height + 3) / 2
      (places[.tree], rest) = divide(body, split, arrangement.shares[split], standard: standard)
    } else if shown.contains(.tree) {
      places[.tree] = body
    }
    if others.count < 2 {
      if let only = others.first { places[only] = rest }
    } else if isWide {
      let standard = body.height - max(4, min(12, body.height / 3))
      (places[.node], places[.path]) = divide(rest, .nodeAbove, arrangement.shares[.nodeAbove], standard: standard)
    } else if size.columns >= 76 {
      let standard = size.columns * 11 / 20
      (places[.node], places[.path]) = divide(rest, .nodeBeside, arrangement.shares[.nodeBeside], standard: standard)
    } else {
      places[focus == .path ? .path : .node] = rest
      sharing = others
    }
  }

  /// The place of a panel with its title; empty where it is not shown.
  func panel(_ panel: Panel) -> Rect { places[panel] ?? Rect(x: body.x, y: body.y, width: 0, height: 0) }

  /// The panel at a place of the screen.
  func panel(x: Int, y: Int) -> Panel? { Panel.allCases.first { panel($0).contains(x: x, y: y) } }

  /// What the mouse would hold at a place; nil where there is nothing to be pulled.
  func grip(x: Int, y: Int) -> Grip? {
    if timeline.contains(x: x, y: y), y > timeline.y { return .timeline }
    return handles.first { $0.line.contains(x: x, y: y) }.map { .split($0.split) }
  }

  /// Rows of the tree below its title.
  public var treeRows: Int { max(1, (places[.tree]?.height ?? body.height) - 1) }
  /// Lines of the node panel below its title.
  public var nodeRows: Int { max(1, panel(.node).height - 1) }
  /// The list of problems with its title.
  var list: Rect { body.split(bottomRows: previewHeight).top }
  /// The selected problem in full, below the list; empty on small screens.
  var preview: Rect { body.split(bottomRows: previewHeight).bottom }
  /// Rows of the list of problems below its title.
  public var listRows: Int { max(1, list.height - 1) }

  private var previewHeight: Int { body.height >= 14 ? 6 : 0 }

  /// Divides a place at a share of it (nil: after `standard` cells), and leaves either part room enough to be read.
  private mutating func divide(_ place: Rect, _ split: Split, _ share: Int?, standard: Int) -> (Rect, Rect) {
    let extent = split.isSideBySide ? place.width : place.height
    let least = split.isSideBySide ? 26 : 3
    let wanted = share.map { extent * $0 / 1000 } ?? standard
    let cells = max(least, min(wanted, extent - least))
    guard split.isSideBySide else {
      let (upper, lower) = place.split(rows: cells)
      handles.append(Handle(split: split, place: place, line: lower.row(0)))
      return (upper, lower)
    }
    let (left, right) = place.split(columns: cells)
    let (line, rest) = right.split(columns: 1)
    divider = line
    handles.append(Handle(split: split, place: place, line: line))
    return (left, rest)
  }
}

/// The places of panels that have one. The screen is laid out several times a key: a table of three needs no hashes.
private struct PanelPlaces: Hashable, Sendable {
  private var tree, node, path: Rect?

  subscript(panel: Panel) -> Rect? {
    get {
      switch panel {
      case .tree: tree
      case .node: node
      case .path: path
      }
    }
    set {
      switch panel {
      case .tree: tree = newValue
      case .node: node = newValue
      case .path: path = newValue
      }
    }
  }
}

extension ExplorerState {
  /// Puts everything in its place after a change, once: the cursor on a row that can be seen, what follows the run where
  /// that has gone, and nothing scrolled further than to its end. Only what is scrolled is measured.
  mutating func layOut() {
    if let focus = run?.focus, !arrangement.shownPanels.contains(focus) {
      _ = self.focus { arrangement, _ in arrangement.shownPanels[0] }
    }
    followPresenter()
    followWantedPlace()
    followLesson()
    let height = layout.treeRows
    if run != nil {
      run?.clampScroll(height: height)
      run?.refreshFilterFacts()
    } else if rounds != nil {
      layOutRounds()
    } else {
      problems.clampScroll(height: layout.listRows)
    }
    if let run, run.nodeScroll > 0 {
      let extent = NodePanel(run: run, look: measure).extent(in: layout.panel(.node))
      self.run?.nodeScroll = min(run.nodeScroll, extent)
    }
    if var scrolled = overlay, scrolled.scroll > 0 {
      scrolled.scroll = min(scrolled.scroll, scrolled.extent(in: self))
      overlay = scrolled
    }
  }

  /// What texts are measured with: their lines break where those of the screen do, and colours do not matter.
  var measure: Look { Look(theme: .monochrome, glyphs: glyphs, reading: reading) }
}

extension Size {
  /// Of so many lines in a box as high as they are, those that the screen has no room for.
  func linesLeft(of count: Int) -> Int { max(0, count - max(0, min(rows - 2, count + 2) - 2)) }
}

extension Layout {
  /// A line that can be pulled.
  struct Handle: Hashable, Sendable {
    let split: Split
    /// What it divides.
    let place: Rect
    /// Where it is.
    let line: Rect

    /// The share of the first part, in thousandths, if the line stood at `cell` of the screen: a column or a row.
    func share(at cell: Int) -> Int {
      let (start, extent) = split.isSideBySide ? (place.x, place.width) : (place.y, place.height)
      // Half a cell more, so that the same share leads back to the same cell.
      return extent > 0 ? max(0, min((2 * (cell - start) + 1) * 500 / extent, 1000)) : 0
    }

    /// The share of the first part as it is.
    var share: Int { share(at: split.isSideBySide ? line.x : line.y) }
  }
}
