@testable import TreeSearch

extension SearchTree {
  /// Names of the fields in which two trees differ, internal ones included.
  func differences(from other: SearchTree) -> [String] {
    let equal: [(String, Bool)] = [
      ("header", header == other.header), ("arena", arena == other.arena),
      ("parameters", parameters == other.parameters), ("statistics", statistics == other.statistics),
      ("scoring", scoring == other.scoring),
      ("eventCount", eventCount == other.eventCount), ("pending", pending == other.pending),
      ("requestCount", requestCount == other.requestCount), ("acts", acts == other.acts),
      ("usage", usage == other.usage),
      ("draws", draws == other.draws), ("lastSelected", lastSelected == other.lastSelected),
      ("stopReason", stopReason == other.stopReason), ("lastFailure", lastFailure == other.lastFailure),
      ("failures", failures == other.failures), ("forecasts", forecasts == other.forecasts),
      ("imports", imports == other.imports), ("pick", pick == other.pick), ("revisits", revisits == other.revisits),
      ("agenda", agenda == other.agenda), ("proposals", proposals == other.proposals),
    ]
    let compared = equal.map(\.0).sorted()
    let fields = Mirror(reflecting: self).children.compactMap(\.label).sorted()
    return equal.filter { !$0.1 }.map(\.0) + (compared == fields ? [] : ["a field that no test compares: \(fields)"])
  }

  /// What a person sees: shown nodes with links, statistics and scores, but not what was spent on them.
  var picture: [SeenNode] {
    nodes.indices.map(NodeID.init).filter { isVisible($0) }.map { id in
      SeenNode(
        id: id, parent: self[id].parent, visits: self[id].visits, valueSum: self[id].valueSum,
        // The sibling-mean rule keeps the greatest there ever was: no act takes that back.
        importance: statistics.usesSiblingMean ? 0 : self[id].importance, openChildren: Int(self[id].openChildren),
        marks: self[id].marks,
        reward: details[id.offset].reward, overrides: details[id.offset].overrides, text: text(id),
        rollouts: rollouts(of: id).map(\.text), children: kids(id))
    }
  }
}

/// One shown node; numbers compare to 1e-9.
struct SeenNode: Equatable, CustomStringConvertible {
  let id, parent: NodeID
  let visits: Int
  let valueSum, importance: Double
  let openChildren: Int
  let marks: Node.Marks
  let reward: Double?
  let overrides: [String: Double]
  let text: String
  let rollouts: [String]
  let children: [Int]

  static func == (a: SeenNode, b: SeenNode) -> Bool {
    func near(_ x: Double?, _ y: Double?) -> Bool {
      guard let x, let y else { return x == nil && y == nil }
      return abs(x - y) < 1e-9
    }
    return a.id == b.id && a.parent == b.parent && a.visits == b.visits && near(a.valueSum, b.valueSum)
      && near(a.importance, b.importance) && a.openChildren == b.openChildren && a.marks == b.marks
      && near(a.reward, b.reward) && a.overrides == b.overrides && a.text == b.text && a.rollouts == b.rollouts
      && a.children == b.children
  }

  var description: String {
    "\(id)<\(parent) N\(visits) W\(valueSum) I\(importance) open\(openChildren) m\(marks.rawValue) r\(reward ?? -1) \(children)"
  }
}
