import TreeInsight
import TreeSearch

/// Two trees of one problem as one: the run on the screen, and another laid over it step by step.
public struct LaidTrees: Sendable {
  /// A step of one tree or of both.
  struct Row: Sendable, Equatable {
    /// Its node in each; nil where that tree has not got it.
    let a, b: NodeID?
    /// How it was found in the other tree; nil where only one has it.
    let likeness: StepLikeness?
    /// Edges from the root.
    let depth: Int
    /// What it says, as the first tree has it where both do.
    let text: String
    /// Mean values Q.
    let qA, qB: Double?
    /// Visits N.
    let visitsA, visitsB: Int?
    /// What happened here, in words: where the trajectories part, answers that turned, nodes below that only one tree has.
    let events: [String]
  }

  /// What the runs are called.
  let a, b: String
  /// What changed.
  let difference: TreeDifference
  /// Every step of both trees, parents before children; of a branch that one tree alone has, the first step.
  let rows: [Row]
  /// The row after which the chosen trajectories part; nil where they do not.
  let parting: Int?

  /// Lays `treeB` of the run `b` over `treeA` of the run `a`. Complexity: that of `TreeAlignment` and `TreeDifference`.
  public init(_ treeA: SearchTree, named a: String, _ treeB: SearchTree, named b: String) {
    let alignment = TreeAlignment(treeA, treeB)
    let difference = TreeDifference(treeA, treeB, laid: alignment)
    let forks = Dictionary(uniqueKeysWithValues: difference.forks.map { ($0.a, $0) })
    let ways = Dictionary(uniqueKeysWithValues: alignment.pairs.map { ($0.a, $0.by) })
    var rows: [Row] = []
    var open: [(a: NodeID?, b: NodeID?)] = [(.root, .root)]
    while let (left, right) = open.popLast() {
      var events: [String] = []
      if let left, right != nil {
        if left == difference.divergence?.a { events.append("here they part") }
        if let fork = forks[left] {
          events.append("\(fork.turn.rawValue) \(fork.answerA ?? "none") | \(fork.answerB ?? "none")")
        }
      }
      rows.append(Row(left, treeA, right, treeB, left.flatMap { right == nil ? nil : ways[$0] }, events))
      guard let left, let right else { continue }
      let theirs = treeB.children(of: right).filter { alignment.inA($0) == nil }.map {
        (a: NodeID?.none, b: $0 as NodeID?)
      }
      open += (treeA.children(of: left).map { (a: $0 as NodeID?, b: alignment.inB($0)) } + theirs).reversed()
    }
    (self.a, self.b, self.difference, self.rows) = (a, b, difference, rows)
    parting = difference.divergence.flatMap { part in rows.firstIndex { $0.a == part.a && $0.b == part.b } }
  }

  /// What both are on the whole, in words.
  var head: [String] {
    let measures = DifferenceMeasures.rows(difference.measures, beside: nil).dropLast().map { "\($0[0]) \($0[1])" }
    return [
      "answer \(Self.answer(difference.a)) | \(Self.answer(difference.b))"
        + (difference.turn == .same ? "" : ": \(difference.turn.rawValue)"),
      (measures + ["\(Number.things(difference.forks.count, "fork")) turned"]).joined(separator: "; "),
    ]
  }

  private static func answer(_ figures: TreeFigures) -> String {
    (figures.answer ?? "none") + (figures.isRight.map { $0 ? " right" : " wrong" } ?? "")
  }

  /// The rows in words, for the line mode.
  func sentences(matching query: String) -> [String] {
    ["Two trees: \(a), \(b)."] + head.map { "\($0)." }
      + rows.filter { $0.matches(query) }.prefix(200).map { row in
        let numbers = "Q \(Number.score(row.qA, none: "none")) and \(Number.score(row.qB, none: "none"))"
        let words = [row.place, "depth \(row.depth)", numbers] + row.events
        return "\(words.joined(separator: ", ")): \(row.text.isEmpty ? "root" : row.text)."
      }
  }
}

extension LaidTrees.Row {
  init(
    _ a: NodeID?, _ treeA: SearchTree, _ b: NodeID?, _ treeB: SearchTree, _ likeness: StepLikeness?, _ events: [String]
  ) {
    (self.a, self.b, self.likeness, self.events) = (a, b, likeness, events)
    let (nodeA, nodeB) = (a.map { treeA[$0] }, b.map { treeB[$0] })
    depth = Int(nodeA?.depth ?? nodeB?.depth ?? 0)
    (qA, qB) = (nodeA?.meanValue, nodeB?.meanValue)
    (visitsA, visitsB) = (nodeA?.visits, nodeB?.visits)
    text = (a.map { treeA.details[$0.offset] } ?? b.map { treeB.details[$0.offset] })?.option?.text ?? ""
  }

  /// Which tree has it, in words.
  var place: String {
    switch (likeness, a) {
    case (.text?, _): "in both"
    case (let way?, _): "in both by \(way.rawValue)"
    case (nil, nil): "only b"
    case (nil, _?): "only a"
    }
  }

  /// True where the words typed are found in what it says or in what happened to it.
  func matches(_ query: String) -> Bool {
    query.isEmpty || ([place, text] + events).contains { $0.lowercased().contains(query.lowercased()) }
  }
}
