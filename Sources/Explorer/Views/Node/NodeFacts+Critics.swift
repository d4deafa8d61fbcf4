import Canvas
import TreeSearch

extension NodeFacts {
  /// Visits, mean value and the reward that was backed up.
  var counts: [[Span]] {
    var line = [label("N"), value("\(node.visits)"), faint("   Q "), score(node.meanValue)]
    line += [faint("   reward "), detail.reward.map { score($0) } ?? faint("not evaluated yet")]
    return [cut(line)]
  }

  /// A row a critic: score, weight, its part of the reward, and what it looked at.
  var critics: [[Span]] {
    let critics = tree.header.critics
    guard !critics.isEmpty else { return [] }
    let names = critics.map { TextWidth.columns(OptionText.line($0.name, glyphs: look.glyphs)) }.max() ?? 0
    let nameWidth = min(max(8, names), max(8, width / 3)) + 1
    let total = critics.reduce(0) { sum, critic in
      tree.score(critic.name, of: id) == nil ? sum : sum + critic.weight
    }
    let head = TextWidth.padded("critics", to: nameWidth) + "score" + (hasBars ? "        " : "") + "  weight   part"
    return [cut([faint(head)])] + critics.flatMap { lines(for: $0, total: total, nameWidth: nameWidth) }
  }

  private var hasBars: Bool { width >= 46 }

  private func lines(for critic: CriticWeight, total: Double, nameWidth: Int) -> [[Span]] {
    let given = detail.scores.last { $0.critic == critic.name }
    let name = label(TextWidth.truncated(safe(critic.name), to: nameWidth - 1), width: nameWidth)
    let note = [remark(on: critic, given), given?.note.map(safe)].compactMap { $0 }.joined(separator: ", ")
    guard let counted = tree.score(critic.name, of: id) else {
      let isLater = critic.scope == .outcome && node.terminal == nil
      let why = given != nil ? "abstains" : isLater ? "asked at the end" : "not asked"
      return wrapped([name, Span("    \(look.glyphs.abstained) \(why)", look("critic.abstain"))], note, nameWidth)
    }
    var line = [name, faint(" "), score(counted)]
    if hasBars {
      let bar = Bar.text(counted, columns: 6, glyphs: look.glyphs)
      line += [faint("  "), Span(bar, look("tree.bar").over(look.quality(counted)))]
    }
    let part = critic.weight > 0 && total > 0 ? Number.score(critic.weight * counted / total) : look.glyphs.abstained
    line += [
      faint(TextWidth.rightAligned(weight(critic.weight), to: 8)), value(TextWidth.rightAligned(part, to: 7)),
    ]
    if CriticName.isContradiction(counted, by: critic.name), given?.note != nil {
      line.append(Span(" \(look.glyphs.contradicted)", look("critic.contradict")))
    }
    return wrapped(line, note, nameWidth)
  }

  /// A person's override beside the critic's own score, or where an ORM score comes from.
  private func remark(on critic: CriticWeight, _ given: CriticScore?) -> String? {
    let isRollout = critic.name == CriticName.orm && given == nil
    guard let mine = detail.overrides[critic.name] else {
      return isRollout && tree.rolloutMean(of: id) != nil ? "by rollout" : nil
    }
    let own = isRollout ? tree.rolloutMean(of: id) : given?.score
    return "\(Number.score(own, none: look.glyphs.abstained)) \(look.glyphs.right) \(Number.score(mine)) (yours)"
  }

  /// The row with its note behind it if that fits, else the note below, indented to the numbers.
  private func wrapped(_ line: [Span], _ note: String, _ indent: Int) -> [[Span]] {
    guard !note.isEmpty else { return [cut(line)] }
    let columns = line.reduce(0) { $0 + TextWidth.columns($1.text) }
    if columns + 2 + TextWidth.columns(note) <= width { return [line + [faint("  \(note)")]] }
    guard width > indent + 10 else { return [cut(line)] }
    let rest = wrap([faint(note)], width: width - indent - 1)
    return [cut(line)] + rest.prefix(4).map { [Span(String(repeating: " ", count: indent + 1))] + $0 }
  }

  private func weight(_ weight: Double) -> String {
    weight == weight.rounded() && weight < 1e6 ? "\(Int(weight))" : Number.score(weight)
  }
}
