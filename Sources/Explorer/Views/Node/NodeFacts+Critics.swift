import Canvas
import TreeSearch

extension NodeFacts {
  /// Visits, mean value and the reward that was backed up.
  var counts: [[Span]] {
    var line = [label("N"), value("\(node.visits)"), faint("   Q "), score(node.meanValue)]
    line += [faint("   reward "), detail.reward.map { score($0) } ?? faint("not evaluated yet")]
    return [cut(line)]
  }

  /// A row a critic: score, weight, share of the reward, and what it looked at.
  var critics: [[Span]] {
    let critics = tree.header.critics
    guard !critics.isEmpty else { return [] }
    let nameWidth = min(max(8, critics.map { TextWidth.columns($0.name) }.max() ?? 0) + 1, max(9, width / 3))
    let total = critics.reduce(0) { sum, critic in
      tree.score(critic.name, of: id) == nil ? sum : sum + critic.weight
    }
    return critics.flatMap { lines(for: $0, total: total, nameWidth: nameWidth) }
  }

  private func lines(for critic: CriticWeight, total: Double, nameWidth: Int) -> [[Span]] {
    let given = detail.scores.last { $0.critic == critic.name }
    let name = label(safe(critic.name), width: nameWidth)
    guard let counted = tree.score(critic.name, of: id) else {
      let why =
        given == nil
        ? (critic.scope == .outcome && node.terminal == nil ? "asked at the end" : "not asked") : "abstains"
      return [cut([name, Span("\(look.glyphs.abstained) \(why)", look("critic.abstain")), faint(note(given))])]
    }
    var line = [name]
    if let mine = detail.overrides[critic.name] {
      let own = given?.score ?? tree.rolloutMean(of: id)
      let before = critic.name == CriticName.orm ? own : given?.score
      line += [faint(Number.score(before, none: look.glyphs.abstained)), faint(" \(look.glyphs.right) ")]
      line += [score(mine), value(" (yours)")]
    } else {
      line.append(score(counted))
      let bar = Bar.text(counted, columns: 6, glyphs: look.glyphs)
      if width >= 44 { line += [faint(" "), Span(bar, look("tree.bar").over(look.quality(counted)))] }
    }
    if critic.weight > 0, total > 0 {
      let share = critic.weight / total
      line.append(faint("  \(look.glyphs.bullet) \(weight(critic.weight)) \(percent(share))"))
    } else {
      line.append(faint("  not counted"))
    }
    if critic.name == CriticName.orm, given == nil { line.append(faint(" by rollout")) }
    if counted == 0, given?.note != nil { line.append(Span(" \(look.glyphs.contradicted)", look("critic.contradict"))) }
    line.append(faint(note(given)))
    return wrapped(line, indent: nameWidth)
  }

  /// One line if it fits, else the rest below, indented to the numbers.
  private func wrapped(_ line: [Span], indent: Int) -> [[Span]] {
    let columns = line.reduce(0) { $0 + TextWidth.columns($1.text) }
    guard columns > width, width > indent + 10, let last = line.last, !last.text.isEmpty else { return [cut(line)] }
    let rest = wrap([Span(String(last.text.drop { $0 == " " }), last.style)], width: width - indent)
    return [cut(Array(line.dropLast()))] + rest.prefix(4).map { [Span(String(repeating: " ", count: indent))] + $0 }
  }

  private func note(_ score: CriticScore?) -> String { score?.note.map { "  \(safe($0))" } ?? "" }

  private func weight(_ weight: Double) -> String {
    weight == weight.rounded() && weight < 1e6 ? "\(Int(weight))" : Number.score(weight)
  }

  private func percent(_ share: Double) -> String { "\(Int((share * 100).rounded()))%" }
}
