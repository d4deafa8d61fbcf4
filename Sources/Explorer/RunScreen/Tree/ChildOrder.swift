import TreeSearch

/// In which order the children of a node have their rows.
enum ChildOrder: String, CaseIterable, Hashable, Sendable {
  /// The oldest first.
  case creation
  /// The most visited first.
  case visits
  /// The greatest mean value first.
  case meanValue
  /// The most likely option first.
  case prior

  /// The next one, going round.
  var next: ChildOrder {
    let all = Self.allCases
    return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
  }

  /// The number as it is called on the screen.
  var word: String {
    switch self {
    case .creation: "order"
    case .visits: "N"
    case .meanValue: "Q"
    case .prior: "P"
    }
  }

  /// The letter that chooses it in a menu.
  var letter: Character {
    switch self {
    case .creation: "o"
    case .visits: "n"
    case .meanValue: "q"
    case .prior: "p"
    }
  }

  /// The order, in words.
  var sentence: String {
    switch self {
    case .creation: "the order in which they came"
    case .visits: "visits N, the most first"
    case .meanValue: "mean value Q, the greatest first"
    case .prior: "prior P, the most likely first"
    }
  }

  /// `children`, given in order of creation, in this order; the older of equals first. Complexity: O(width log width).
  func sorted(_ children: [NodeID], in tree: SearchTree) -> [NodeID] {
    switch self {
    case .creation: children
    case .visits: sorted(children) { Double(tree[$0].visits) }
    case .meanValue: sorted(children) { tree[$0].meanValue ?? -1 }
    case .prior: sorted(children) { Double(tree[$0].priorWeight) }
    }
  }

  private func sorted(_ children: [NodeID], by key: (NodeID) -> Double) -> [NodeID] {
    children.map { (id: $0, key: key($0)) }
      .sorted { $0.key == $1.key ? $0.id < $1.id : $0.key > $1.key }.map(\.id)
  }
}
