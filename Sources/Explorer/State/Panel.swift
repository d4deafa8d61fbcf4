/// A panel of the screen on which a run is explored.
public enum Panel: CaseIterable, Hashable, Sendable {
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
