/// A terminal's size in cells.
public struct Size: Hashable, Sendable {
  /// Columns, ≥ 0.
  public var columns: Int
  /// Rows, ≥ 0.
  public var rows: Int

  /// A size; negative numbers become 0.
  public init(columns: Int, rows: Int) {
    self.columns = max(0, columns)
    self.rows = max(0, rows)
  }

  /// Below this the screen holds a notice, and only quitting works.
  public static let least = Size(columns: 40, rows: 10)

  /// True where panels cannot be read.
  public var isTooSmall: Bool { columns < Size.least.columns || rows < Size.least.rows }
}

/// A panel of the screen on which a run is explored.
public enum Panel: String, CaseIterable, Hashable, Sendable {
  /// The search tree, a row an option.
  case tree
  /// Everything known about the selected node.
  case node
  /// A trajectory, line by line.
  case path

  /// The title in the panel's rule.
  var title: String {
    switch self {
    case .tree: "Tree"
    case .node: "Node"
    case .path: "Path"
    }
  }
}

/// Which trajectory the path panel shows.
public enum PathChoice: Hashable, Sendable {
  /// The one that follows the greatest mean value from the root.
  case best
  /// The one through the selected node: its ancestors, and the best continuation below it.
  case selected
}

/// Which parts of the screen a person wants, and how large.
struct Arrangement: Hashable, Sendable {
  /// Whether the timeline is shown; nil shows it where there is room to spare.
  var showsTimeline: Bool?
  /// True where it is read from afar: the text has the room, with N and Q beside it, and as much contrast as there can be.
  var projects = false
  /// True where the panel that has the keyboard takes the place of all.
  var isZoomed = false
  /// Panels that are not shown; never all of them.
  private(set) var hidden: Set<Panel> = []
  /// Columns of the tree that are wanted always (true) or never (false), by id; the others are shown where there is room.
  var columns: [String: Bool] = [:]
  /// In which order children have their rows, in every run that is opened.
  var childOrder = ChildOrder.creation
  /// Thousandths of its place that the first part of a split takes; a split that is not here has its standard size.
  var shares: [Split: Int] = [:]

  /// Shows every panel in its standard place and size. What the tree's rows show stays.
  mutating func reset() {
    var standard = Arrangement()
    (standard.columns, standard.childOrder, standard.projects) = (columns, childOrder, projects)
    self = standard
  }

  /// The panels shown, in order.
  var shownPanels: [Panel] { Panel.allCases.filter { !hidden.contains($0) } }

  /// The panel `steps` after `panel` among those shown, going round.
  func panel(after panel: Panel, _ steps: Int) -> Panel {
    let shown = shownPanels
    let at = shown.firstIndex(of: panel) ?? 0
    return shown[(at + steps % shown.count + shown.count) % shown.count]
  }

  /// Hides a panel, unless it is the last one.
  mutating func hide(_ panel: Panel) { if shownPanels != [panel] { hidden.insert(panel) } }

  /// Shows a panel that was hidden.
  mutating func show(_ panel: Panel) { hidden.remove(panel) }

  /// Rows of the timeline with its rule on a screen of this size; 0 hides it.
  func timelineRows(_ size: Size) -> Int {
    guard showsTimeline ?? (size.rows >= 34) else { return 0 }
    return size.rows >= 22 ? 4 : size.rows >= 14 ? 3 : 2
  }
}

/// A line between parts of the screen; the first part is the left or the upper one.
enum Split: String, Hashable, Sendable {
  /// The tree beside the other panels.
  case treeBeside
  /// The tree above the other panels.
  case treeAbove
  /// The node panel above the path panel.
  case nodeAbove
  /// The node panel beside the path panel.
  case nodeBeside

  /// True where the parts stand side by side.
  var isSideBySide: Bool { self == .treeBeside || self == .nodeBeside }

  /// True where the tree is the first part.
  var isOfTree: Bool { self == .treeBeside || self == .treeAbove }
}

/// What the left button of the mouse can hold.
enum Grip: Hashable, Sendable {
  /// The moment looked at.
  case timeline
  /// A line between parts of the screen.
  case split(Split)
}
