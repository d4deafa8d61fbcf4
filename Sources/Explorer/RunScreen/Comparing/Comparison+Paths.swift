import TreeInsight
import TreeSearch

extension Comparison {
  /// The best trajectory and the one through the selected node, step by step; nil where they are the same.
  init?(pathsOf run: OpenRun) {
    let tree = run.tree
    let (best, selected) = (run.bestPath, tree.trajectory(through: run.pathNode))
    guard best != selected else { return nil }
    let common = zip(best, selected).prefix { $0 == $1 }.count
    var rows: [Row] = [
      .words(common > 1 ? "\(Number.things(common - 1, "first step")) in common" : "no step in common")
    ]
    for at in 1..<max(best.count, selected.count) {
      if at == common, common > 1 { rows.append(.words("here they part")) }
      rows += Self.step(at, best, tree, selected, tree, withNumbers: at >= common)
    }
    func answer(_ path: [NodeID]) -> StatedAnswer? {
      StatedAnswer(path.last.flatMap { run.answer(at: $0) }, in: tree)
    }
    rows.append(.answer("answer", a: answer(best), b: answer(selected)))
    for critic in run.criticNames {
      func score(_ path: [NodeID]) -> Double? { path.last.flatMap { tree.score(critic, of: $0) } }
      if score(best) != nil || score(selected) != nil {
        rows.append(.number(critic, a: score(best), b: score(selected), .score(2)))
      }
    }
    func side(_ name: String, _ path: [NodeID]) -> Side {
      // The question is no trajectory: its mean value is that of all of them.
      let end = path.count > 1 ? path.last.map { tree[$0] } : nil
      return Side(name: name, answer: answer(path), q: end?.meanValue, visits: end?.visits)
    }
    let other = "the one through node \(run.pathNode)"
    self.init(
      title: "Two trajectories", a: "the best path", b: "through node \(run.pathNode)", rows: rows,
      verdict: Self.verdict(side("the best path", best), side(other, selected)))
  }

  /// The rows of one step of two trajectories, which may lie in two trees.
  static func step(
    _ at: Int, _ a: [NodeID], _ treeA: SearchTree, _ b: [NodeID], _ treeB: SearchTree, withNumbers: Bool
  ) -> [Row] {
    func text(_ path: [NodeID], _ tree: SearchTree) -> String? {
      path.indices.contains(at) ? tree.details[path[at].offset].option?.text.trimmingLineEnd : nil
    }
    func node(_ path: [NodeID], _ tree: SearchTree) -> Node? { path.indices.contains(at) ? tree[path[at]] : nil }
    let step = Row.pair("step \(at)", a: text(a, treeA), b: text(b, treeB))
    guard withNumbers else { return [step] }
    let (first, second) = (node(a, treeA), node(b, treeB))
    let numbers = [
      Quantity("N", a: first.map { Double($0.visits) }, b: second.map { Double($0.visits) }, .count),
      Quantity("Q", a: first?.meanValue, b: second?.meanValue, .score(2)),
    ]
    return [step, .numbers("", a: "", b: "", numbers)]
  }
}

extension String {
  /// Without the line end that ends it.
  fileprivate var trimmingLineEnd: String { last?.isNewline == true ? String(dropLast()) : self }
}
