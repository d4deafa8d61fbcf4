import TreeInsight
import TreeSearch

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
    }
    text += " = \(q) + \(bonus)"
    if child.terms.process != 0 { text += " + prm \(Number.score(child.terms.process))" }
    return text + " = \(Number.score(child.total))" + (child.isDeadEnd ? ", used up" : "")
  }
}
