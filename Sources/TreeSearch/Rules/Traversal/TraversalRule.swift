/// How a simulation finds the node where it acts.
public enum TraversalRule: String, Sendable, CaseIterable {
  /// From the root by selection scores.
  case tree
  /// Level by level, keeping the best nodes of each.
  case beam
  /// Into the best child first, back where nothing is left.
  case depthFirst

  static let names = allCases.map(\.rawValue)
}
