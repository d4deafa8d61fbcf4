import Canvas

/// Everything known of one row of a stage, as lines. Its cost is bounded by what is shown of a text, not by the text.
struct ItemDetails {
  private let look: Look
  private let width: Int
  private let facts: RoundDetails

  init(look: Look, width: Int) {
    (self.look, self.width) = (look, width)
    facts = RoundDetails(look: look, width: width)
  }

  /// What stands in the panel's rule.
  static func title(_ item: StageItem) -> String {
    switch item {
    case .prompt(let item): item.id
    case .search(let item): item.problem
    case .trajectory(let item): item.problem
    case .trial(let item): item.problem
    case .condition: "Condition"
    }
  }

  func lines(of item: StageItem) -> [[Span]] {
    switch item {
    case .prompt(let item): lines(of: item)
    case .search(let item): lines(of: item)
    case .trajectory(let item): lines(of: item)
    case .trial(let item): lines(of: item)
    case .condition(let item): lines(of: item)
    }
  }

  private func lines(of item: TrajectoryItem) -> [[Span]] {
    let who = item.decision.map { "by \(facts.safe($0.who))" } ?? "by the rule"
    let isRight = item.isRight.map { $0 ? ", right" : ", wrong" } ?? ""
    var lines = wrap(
      [
        Span(item.isAccepted ? "accepted" : "refused", look(item.isAccepted ? "critic.agree" : "critic.contradict")),
        Span(" \(who)\(note(item.decision))", look("ui.text")),
        Span("  answer \(facts.safe(item.answer))\(isRight)", look("node.value")),
      ] + item.reasons.map { Span("  \($0)", look("ui.notice")) }, width: width)
    // The text comes first: it is what a person judges.
    if !item.question.isEmpty { lines += block(item.question, "node.prefix") }
    lines += block(item.text, "node.option")
    lines += facts.fact(
      "facts",
      "score \(Number.score(item.facts.score)), \(item.facts.agree) of 5 selections agree, share "
        + "\(Number.score(item.facts.share)), \(Number.things(item.facts.steps, "step"))"
        + (item.facts.weakest.map { ", weakest \(Number.score($0))" } ?? "")
        + (item.facts.isContradicted ? ", contradicted by a tool" : ""))
    lines += facts.fact("tree", words(of: item.place))
    if let commit = item.commit { lines += facts.fact("commit", commit) }
    return lines
  }

  private func lines(of item: PromptItem) -> [[Span]] {
    let isAccepted = item.reason == nil
    var lines = wrap(
      [
        Span(isAccepted ? "accepted" : "refused", look(isAccepted ? "critic.agree" : "critic.contradict")),
        Span(item.reason.map { ": \(facts.safe($0))" } ?? "", look("ui.text")),
      ], width: width)
    lines += block(item.text, "node.option")
    if let answer = item.answer { lines += facts.fact("answer", answer) }
    lines += facts.fact("kind", item.kind)
    if let rate = item.passRate { lines += facts.fact("pass rate", Number.score(rate)) }
    if let neighbour = item.neighbour {
      let distance = item.distance.map { " at distance \(Number.score($0))" } ?? ""
      lines += facts.fact("nearest", neighbour + distance)
    }
    return lines + item.facts.flatMap { facts.fact($0.name, $0.words) }
      + (item.place.map { facts.fact("tree", words(of: $0)) } ?? [])
  }

  private func lines(of item: SearchItem) -> [[Span]] {
    var lines = item.error.map { wrap([Span(facts.safe($0), look("ui.error"))], width: width) } ?? []
    lines += item.answer.map { answer($0, item.isRight) } ?? facts.fact("answer", "none stated")
    lines += facts.fact(
      "cost", "\(Number.things(item.simulations, "simulation")), \(Number.things(item.tokens, "token"))")
    return lines + facts.fact("tree", item.run) + question(item.question)
  }

  private func lines(of item: TrialItem) -> [[Span]] {
    let isGood = item.after?.isRight ?? item.before.isRight
    var lines = [[Span(item.change.word, look(isGood ? "critic.agree" : "critic.contradict"))]]
    if let reference = item.reference { lines += facts.fact("reference", reference) }
    lines += side("before", item.before)
    if let after = item.after { lines += side("after", after) }
    return lines + question(item.question)
  }

  private func side(_ name: String, _ side: TrialItem.Side) -> [[Span]] {
    let samples = side.samples > 0 ? ", \(side.right) of \(side.samples) samples right" : ""
    return facts.fact(
      name,
      (side.answer ?? "no answer") + (side.isRight ? ", right" : ", wrong") + samples
        + (side.run.map { ", tree \($0)" } ?? ""))
  }

  private func lines(of item: ConditionItem) -> [[Span]] {
    [[Span(item.holds ? "holds" : "fails", look(item.holds ? "critic.agree" : "critic.contradict"))]]
      + block(item.name, "node.option") + facts.fact("found", item.found)
  }

  private func answer(_ answer: String, _ isRight: Bool?) -> [[Span]] {
    facts.fact("answer", answer + (isRight.map { $0 ? ", right" : ", wrong" } ?? ""))
  }

  private func question(_ text: String) -> [[Span]] { text.isEmpty ? [] : [[]] + block(text, "node.prefix") }

  private func note(_ decision: TrajectoryItem.Decision?) -> String {
    decision.map { $0.note.isEmpty ? "" : ": \(facts.safe($0.note))" } ?? ""
  }

  private func words(of place: TreePlace) -> String {
    "\(place.run), node \(place.node)" + (place.rollout.map { ", its rollout \($0 + 1)" } ?? "")
  }

  private func block(_ text: String, _ scope: String) -> [[Span]] {
    wrap([Span(OptionText.block(text), look(scope))], width: width)
  }
}
