import TreeInsight
import TreeSearch
import Vocabulary

extension Lesson {
  /// Children whose formulas are shown at one level.
  private static let mostFormulas = 3

  /// The descent, a frame a level, and why it ended where it did.
  static func descent(_ timeline: Timeline, _ moment: Int, _ tree: SearchTree) -> [LessonFrame] {
    guard let reason = timeline.descentReason(of: moment) else { return [] }
    let rule = SelectionRule(tree.parameters)
    var frames: [LessonFrame] = []
    for (level, choice) in reason.levels.enumerated() {
      guard let winner = choice.winner else { continue }
      frames.append(
        LessonFrame(
          title: "Select, level \(level + 1): among the children of node \(choice.parent)",
          formulas: choice.candidates.prefix(mostFormulas).map { formula($0, choice, rule) },
          text: Array(choice.sentences.prefix(2)), lit: tree.path(to: winner), focus: winner))
    }
    let width = reason.width.map { [$0.sentence] } ?? []
    frames.append(
      LessonFrame(
        title: "Select ends at node \(reason.node)", text: reason.endSentences + width, lit: tree.path(to: reason.node),
        focus: reason.node))
    return frames
  }

  /// A child's score with its numbers put in: `node 3: Q + c sqrt(ln N / n) = 0.61 + 1.00 sqrt(ln 12 / 4) = 0.61 + 0.79 = 1.40`.
  static func formula(_ child: SelectionCandidate, _ choice: SelectionReason, _ rule: SelectionRule) -> String {
    let (q, bonus) = (Number.score(child.terms.exploitation), Number.score(child.terms.exploration))
    let visits = child.visits + child.virtualVisits
    var text = "node \(child.node): "
    switch rule {
    case .uct(let uct):
      let factor = uct.factor == 2 ? "2 " : ""
      text +=
        "Q + c sqrt(\(factor)ln N / n) = \(q) + \(Number.score(uct.explorationConstant)) "
        + "sqrt(\(factor)ln \(max(choice.parentVisits, 1)) / \(max(visits, 1)))"
    case .puct(let puct):
      let base = ParameterValue.number(puct.base)
      text +=
        "Q + P sqrt(N)/(1+n) (ln((N+b+1)/b) + c) = \(q) + \(Number.score(child.terms.prior, none: "-")) "
        + "sqrt(\(choice.parentVisits))/\(1 + visits) (ln(\(choice.parentVisits)+b+1)/b + \(Number.score(puct.initial))), "
        + "b \(base)"
    case .contest(let formula, _): text += "\(formula.words)"
    }
    text += " = \(q) + \(bonus)"
    if child.terms.process != 0 {
      text += " + \(SelectionRule.thirdTerm(of: choice.rule)) \(Number.score(child.terms.process))"
    }
    return text + " = \(Number.score(child.total))" + (child.isDeadEnd ? ", used up" : "")
  }
}

extension Lesson {
  /// How a reward comes from what the critics said (AlphaLLM, eq. 10, normalised).
  static func evaluation(of node: NodeID, reward: Double, in tree: SearchTree) -> LessonFrame {
    let given = tree.header.critics.compactMap { critic -> (critic: CriticWeight, score: Double)? in
      guard critic.weight > 0, let score = tree.score(critic.name, of: node) else { return nil }
      return (critic, score)
    }
    // Only who was asked and said nothing: a tool that has nothing to do with the step says why it rests.
    let silent = tree.header.critics.filter { critic in
      critic.weight > 0 && !given.contains { $0.critic.name == critic.name }
        && tree.details[node.offset].scores.contains { $0.critic == critic.name && $0.note == nil }
    }
    var text = given.map { "\($0.critic.name) says \(Number.score($0.score))" + origin($0.critic, node, tree) }
    if !silent.isEmpty { text.append("no word from \(silent.map(\.name).joined(separator: ", "))") }
    let sum = given.map { "\(weight($0.critic)) x \(Number.score($0.score))" }.joined(separator: " + ")
    let weights = given.map { weight($0.critic) }.joined(separator: " + ")
    let formula =
      given.isEmpty
      ? "no critic has an opinion: reward = \(Number.score(reward)), no more than a coin's"
      : "reward = (\(sum)) / (\(weights)) = \(Number.score(reward))"
    return LessonFrame(
      title: node == .root
        ? "Before the first simulation: what is the problem itself worth?" : "Evaluate: what is node \(node) worth?",
      formulas: [formula], text: [text.joined(separator: "; ") + "."],
      lit: tree.path(to: node), focus: node)
  }

  private static func weight(_ critic: CriticWeight) -> String { "\(ParameterValue.number(critic.weight))" }

  /// Where a score comes from: rollouts, a person, or the critic's own note.
  private static func origin(_ critic: CriticWeight, _ node: NodeID, _ tree: SearchTree) -> String {
    let detail = tree.details[node.offset]
    if detail.overrides[critic.name] != nil { return " (a person's word)" }
    if let note = detail.scores.last(where: { $0.critic == critic.name })?.note { return " (\(note))" }
    let rollouts = tree.rollouts(of: node)
    return critic.name == CriticName.orm && !rollouts.isEmpty
      ? " (mean of \(Number.things(rollouts.count, "rollout")))" : ""
  }
}

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
