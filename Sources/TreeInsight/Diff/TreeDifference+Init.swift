import TreeSearch
import Vocabulary

extension TreeDifference {
  /// By how much Q or V has to move to be listed, unless told otherwise.
  public static let threshold = 0.1

  /// What changed from `a` to `b`, two trees of one problem; the reference answer is that of `a`.
  ///
  /// - Parameter threshold: Q or V has to move by more than this to be listed, 0…1.
  /// - Complexity: that of ``TreeAlignment/init(_:_:)``, and O(answers) look-ups.
  public init(_ a: SearchTree, _ b: SearchTree, threshold: Double = threshold) {
    self.init(a, b, laid: TreeAlignment(a, b), threshold: threshold)
  }

  /// The same of trees that are laid over each other already.
  public init(_ a: SearchTree, _ b: SearchTree, laid alignment: TreeAlignment, threshold: Double = threshold) {
    let subject = a.header.problem
    problem = subject.id
    (self.a, self.b) = (TreeFigures(a), TreeFigures(b))
    turn = Self.turn(a.chosen?.answer, b.chosen?.answer, subject)
    let pairs = alignment.pairs.dropFirst()
    aligned = Dictionary(pairs.map { ($0.by.rawValue, 1) }, uniquingKeysWith: +)
    (onlyA, onlyB) = (self.a.nodes - alignment.pairs.count, self.b.nodes - alignment.pairs.count)
    divergence = Self.divergence(a, b, alignment)
    forks = Self.forks(a, b, alignment)
    let moved = alignment.pairs.map { NodeShift($0, a, b) }
    shifts = moved.filter { $0.size > threshold }.sorted { ($1.size, $0.a) < ($0.size, $1.a) }
    let all = self.a.nodes + self.b.nodes - 2
    measures = DifferenceMeasures(
      overlap: all == 0 ? 1 : 2 * Double(pairs.count) / Double(all), q: mean(moved.dropFirst().map { $0.q.map(abs) }),
      v: mean(moved.dropFirst().map { $0.v.map(abs) }), prior: mean(moved.map(\.prior)), forks: Double(forks.count))
  }

  private static func turn(_ before: String?, _ now: String?, _ problem: Problem) -> Turn {
    switch (problem.accepts(before), problem.accepts(now)) {
    case (true?, true?): return .same
    case (true?, false?): return .broken
    case (false?, true?): return .repaired
    default: break
    }
    guard let before, let now else { return before == now ? .same : .changed }
    return problem.agree(before, now) ? .same : .changed
  }

  private static func divergence(_ a: SearchTree, _ b: SearchTree, _ alignment: TreeAlignment) -> Divergence? {
    let (left, right) = (trajectory(a), trajectory(b))
    func areSame(_ one: Step, _ other: Step) -> Bool {
      if let node = one.node, let partner = other.node { return alignment.inB(node) == partner }
      return StatedLine(one.text) == StatedLine(other.text)
    }
    let common = zip(left, right).prefix(while: areSame).count
    let nodes = zip(left, right).prefix { $0.node.flatMap { alignment.inB($0) } == $1.node && $1.node != nil }.count
    let stepA =
      left.indices.contains(common) ? left[common].found(at: left[common].node.flatMap(alignment.inB), b) : nil
    let stepB =
      right.indices.contains(common) ? right[common].found(at: right[common].node.flatMap(alignment.inA), a) : nil
    if stepA == nil, stepB == nil {
      // One way: its answer may still be read otherwise.
      let answers = (a.chosen?.answer, b.chosen?.answer)
      if case (let one?, let other?) = answers, a.header.problem.agree(one, other) { return nil }
      if answers.0 == nil, answers.1 == nil { return nil }
    }
    guard let lastA = left[nodes - 1].node, let lastB = right[nodes - 1].node else { return nil }
    return Divergence(a: lastA, b: lastB, depth: common - 1, stepA: stepA, stepB: stepB)
  }

  /// The steps of the chosen trajectory, the root first, and the lines of the rollout that finished it; those of the best path where
  /// nothing states an answer.
  private static func trajectory(_ tree: SearchTree) -> [Step] {
    let chosen = tree.chosen
    let nodes = chosen.map { tree.path(to: $0.node) } ?? tree.bestPath()
    let rollout = chosen.flatMap { chosen in chosen.rollout.map { tree.rollouts(of: chosen.node)[$0].text } } ?? ""
    return nodes.map { Step(node: $0, text: tree.stepText(of: $0), q: tree[$0].meanValue, other: nil, otherQ: nil) }
      + rollout.split(whereSeparator: \.isNewline).map {
        Step(node: nil, text: String($0), q: nil, other: nil, otherQ: nil)
      }
  }

  private static func forks(_ a: SearchTree, _ b: SearchTree, _ alignment: TreeAlignment) -> [ForkChange] {
    let (before, now) = (AnswersBelow(a), AnswersBelow(b))
    let problem = a.header.problem
    var found: [ForkChange] = []
    // The turns of nodes below which the same turn was found already.
    var explained: [NodeID: Set<Turn>] = [:]
    for pair in alignment.pairs.reversed() {
      let (answerA, answerB) = (before[pair.a]?.answer, now[pair.b]?.answer)
      guard answerA != nil, answerB != nil else { continue }
      let turn = turn(answerA, answerB, problem)
      // From one wrong answer to another nothing is won or lost.
      guard turn != .same, turn != .changed || problem.answer == nil else { continue }
      if explained[pair.a]?.contains(turn) != true {
        found.append(
          ForkChange(
            a: pair.a, b: pair.b, depth: Int(a[pair.a].depth), text: a.stepText(of: pair.a), turn: turn,
            answerA: answerA, answerB: answerB))
      }
      explained[a[pair.a].parent, default: []].insert(turn)
    }
    let order = Turn.allCases
    func rank(_ fork: ForkChange) -> (Int, NodeID) { (order.firstIndex(of: fork.turn) ?? order.count, fork.a) }
    return found.sorted { rank($0) < rank($1) }
  }
}

extension TreeDifference.Step {
  /// The step with what the other tree has of it.
  fileprivate func found(at partner: NodeID?, _ other: SearchTree) -> Self {
    Self(node: node, text: text, q: q, other: partner, otherQ: partner.flatMap { other[$0].meanValue })
  }
}

extension TreeDifference.NodeShift {
  init(_ pair: TreeAlignment.Pair, _ treeA: SearchTree, _ treeB: SearchTree) {
    (a, b, by) = (pair.a, pair.b, pair.by)
    let (nodeA, nodeB) = (treeA[pair.a], treeB[pair.b])
    depth = Int(nodeA.depth)
    text = treeA.stepText(of: pair.a)
    func change(_ before: Double?, _ now: Double?) -> Double? { before.flatMap { before in now.map { $0 - before } } }
    q = change(nodeA.meanValue, nodeB.meanValue)
    v = change(nodeA.value, nodeB.value)
    prior = change(
      treeA.details[pair.a.offset].option?.meanLogProbability, treeB.details[pair.b.offset].option?.meanLogProbability)
  }
}

extension SearchTree {
  /// What the step to `id` says, without the line break that ends it; empty for the root.
  func stepText(of id: NodeID) -> String {
    let text = details[id.offset].option?.text ?? ""
    return text.last?.isNewline == true ? String(text.dropLast()) : text
  }
}

/// The mean of the numbers that are there; nil without any.
func mean(_ values: some Sequence<Double?>) -> Double? {
  let known = values.compactMap { $0 }
  return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
}
