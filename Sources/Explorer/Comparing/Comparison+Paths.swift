import TreeInsight
import TreeSearch

extension Comparison {
  /// The best trajectory and the one through the selected node, step by step; nil where they are the same.
  init?(pathsOf run: OpenRun) {
    let tree = run.tree
    let (best, selected) = (tree.bestPath(), tree.trajectory(through: run.pathNode))
    guard best != selected else { return nil }
    let common = zip(best, selected).prefix { $0 == $1 }.count
    func step(_ path: [NodeID], _ at: Int) -> String? {
      guard path.indices.contains(at) else { return nil }
      return tree.details[path[at].offset].option?.text.trimmingLineEnd
    }
    var rows: [Row] = [
      .words(common > 1 ? "\(Number.things(common - 1, "first step")) in common" : "no step in common")
    ]
    for at in 1..<max(best.count, selected.count) {
      if at == common, common > 1 { rows.append(.words("here they part")) }
      rows.append(.pair("step \(at)", a: step(best, at), b: step(selected, at)))
      guard at >= common else { continue }
      func numbers(_ path: [NodeID]) -> String? {
        guard path.indices.contains(at) else { return nil }
        let node = tree[path[at]]
        return "N \(Number.count(node.visits))  Q \(Number.score(node.meanValue, none: "none"))"
      }
      rows.append(.pair("", a: numbers(best), b: numbers(selected)))
    }
    func answer(_ path: [NodeID]) -> String? {
      path.last.flatMap { tree.answer(at: $0) }.map { answer in
        answer + (tree.isCorrect(answer).map { $0 ? ", correct" : ", wrong" } ?? "")
      }
    }
    rows.append(.pair("answer", a: answer(best), b: answer(selected)))
    for critic in run.criticNames {
      func score(_ path: [NodeID]) -> String? {
        path.last.flatMap { tree.score(critic, of: $0) }.map { Number.score($0) }
      }
      if score(best) != nil || score(selected) != nil {
        rows.append(.pair(critic, a: score(best), b: score(selected)))
      }
    }
    self.init(title: "Two trajectories", a: "the best path", b: "through node \(run.pathNode)", rows: rows)
  }
}

extension String {
  /// Without the line end that ends it.
  fileprivate var trimmingLineEnd: String { last?.isNewline == true ? String(dropLast()) : self }
}
