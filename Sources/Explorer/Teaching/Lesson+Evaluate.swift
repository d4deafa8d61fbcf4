import TreeInsight
import TreeSearch

extension Lesson {
  /// How a reward comes from what the critics said (AlphaLLM, eq. 10, normalised).
  static func evaluation(of node: NodeID, reward: Double, in tree: SearchTree) -> LessonFrame {
    let given = tree.header.critics.compactMap { critic -> (critic: CriticWeight, score: Double)? in
      guard critic.weight > 0, let score = tree.score(critic.name, of: node) else { return nil }
      return (critic, score)
    }
    let silent = tree.header.critics.filter { critic in
      critic.weight > 0 && !given.contains { $0.critic.name == critic.name }
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
