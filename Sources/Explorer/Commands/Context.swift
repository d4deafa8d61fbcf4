/// A place where keys have meaning. The keys of the places that are in force together never clash.
public enum Context: String, CaseIterable, Hashable, Sendable {
  /// The list of problems.
  case problems
  /// The tree panel.
  case tree
  /// The node panel.
  case node
  /// The path panel.
  case path
  /// Any panel of a run.
  case run
  /// Any screen, outside of popups.
  case anywhere
  /// Popups and screens alike.
  case always
  /// A popup.
  case popup
  /// The list of breakpoints.
  case breakpoints
  /// A text field of a popup.
  case field
  /// A terminal too small for anything else.
  case tooSmall

  /// The context of one panel.
  init(_ panel: Panel) {
    switch panel {
    case .tree: self = .tree
    case .node: self = .node
    case .path: self = .path
    }
  }

  /// The heading in help and in the reference.
  public var title: String {
    switch self {
    case .problems: "Problems"
    case .tree: "Tree"
    case .node: "Node panel"
    case .path: "Path panel"
    case .run: "Search"
    case .anywhere, .always: "Anywhere"
    case .popup: "Popups"
    case .breakpoints: "Breakpoints"
    case .field: "Text fields"
    case .tooSmall: "Small terminal"
    }
  }

  /// The places that are in force together, in order of look-up.
  public static let stacks: [[Context]] = [
    [.problems, .anywhere, .always], [.tree, .run, .anywhere, .always], [.node, .run, .anywhere, .always],
    [.path, .run, .anywhere, .always], [.popup, .always], [.popup, .field, .always],
    [.breakpoints, .popup, .always], [.tooSmall],
  ]
}
