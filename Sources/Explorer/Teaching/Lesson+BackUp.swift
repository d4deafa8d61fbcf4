import TreeSearch

extension Lesson {
  /// The backup, a frame a level from the node up to the root.
  static func climb(
    from node: NodeID, reward: Double, before: SearchTree, after: SearchTree
  ) -> [LessonFrame] {
    let path = after.path(to: node)
    let isMean = after.parameters[SearchParameters.backupRule] == "mean"
    return path.indices.reversed().map { level in
      let id = path[level]
      let was = id.offset < before.nodes.count ? before[id] : nil
      let (oldVisits, visits) = (was?.visits ?? 0, after[id].visits)
      let (oldQ, q) = (Number.score(was?.meanValue, none: "none"), Number.score(after[id].meanValue, none: "none"))
      var formulas = ["node \(id): N \(oldVisits) -> \(visits)"]
      if isMean, visits == oldVisits + 1, let old = was?.meanValue, oldVisits > 0 {
        formulas.append("Q = (\(oldVisits) x \(Number.score(old)) + \(Number.score(reward))) / \(visits) = \(q)")
      } else {
        formulas.append("Q \(oldQ) -> \(q)")
      }
      let rest =
        level == 0 ? "The root is reached: the simulation is over." : "Then its parent, node \(path[level - 1])."
      return LessonFrame(
        title: "Back up \(Number.score(reward)): \(level == 0 ? "the root" : "level \(level)")", formulas: formulas,
        text: [rest], lit: Array(path[level...]), focus: id)
    }
  }
}
