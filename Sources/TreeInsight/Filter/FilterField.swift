import TreeSearch

/// A number that a filter can compare.
enum FilterField: Hashable, Sendable {
  case visits, q, reward, importance, depth, id, children, draws, rollouts, spread
  case critic(String)

  /// The field called `name`, if there is one.
  init?(_ name: String) {
    if let known = Self.byName[name.lowercased()] {
      self = known
    } else if name.lowercased().hasPrefix(Self.criticPrefix), name.count > Self.criticPrefix.count {
      self = .critic(String(name.dropFirst(Self.criticPrefix.count)))
    } else {
      return nil
    }
  }

  /// What stands before a critic's name.
  static let criticPrefix = "critic."

  /// Names in the order of completion, each with what it means.
  static let names: [(name: String, field: FilterField, help: String)] = [
    ("n", .visits, "visits N"), ("q", .q, "mean value Q"), ("v", .critic(CriticName.value), "the value critic's score"),
    ("prm", .critic(CriticName.prm), "the PRM's score"), ("orm", .critic(CriticName.orm), "the ORM's score"),
    ("reward", .reward, "the reward that is backed up"), ("importance", .importance, "importance I"),
    ("depth", .depth, "options from the root"), ("id", .id, "the node's number"),
    ("children", .children, "children shown"), ("draws", .draws, "options drawn for the node"),
    ("rollouts", .rollouts, "fast rollouts"), ("visits", .visits, "visits N"),
    ("value", .critic(CriticName.value), "the value critic's score"),
  ]

  private static let byName = Dictionary(uniqueKeysWithValues: names.map { ($0.name, $0.field) })

  /// The number at `node`; nil where the node has none. Complexity: O(1), O(width) for `children`.
  func value(of node: NodeID, in tree: SearchTree) -> Double? {
    switch self {
    case .visits: Double(tree[node].visits)
    case .q: tree[node].meanValue
    case .reward: tree.details[node.offset].reward
    case .importance: tree[node].importance
    case .depth: Double(tree[node].depth)
    case .id: Double(node.index)
    case .children: Double(tree.children(of: node).reduce(0) { count, _ in count + 1 })
    case .draws: Double(tree.details[node.offset].draws)
    case .rollouts: Double(tree.rollouts(of: node).count)
    case .spread: tree.criticSpread(at: node)
    case .critic(let name): tree.score(name, of: node)
    }
  }
}
