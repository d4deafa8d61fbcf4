import Canvas
import TreeInsight
import TreeSearch
import Vocabulary

extension NodeFacts {
  /// Visits, mean value and the reward that was backed up.
  var counts: [[Span]] {
    let visits = node.knownVisits.map { value("\($0)") } ?? faint(look.glyphs.abstained)
    var line = [label("N"), visits, faint("   Q "), score(node.meanValue)]
    let none = tree.isImported(id) ? "not in the file" : "not evaluated yet"
    line += [faint("   reward "), detail.reward.map { score($0) } ?? faint(none)]
    return [cut(line)]
  }

  /// A row a critic: weight × score = its share of the reward, the share as a bar, and what it looked at.
  var critics: [[Span]] {
    let critics = tree.header.critics
    guard !critics.isEmpty else { return [] }
    let names = critics.map { TextWidth.columns(safe($0.name)) }.max() ?? 0
    let nameWidth = min(max(8, names), max(8, width / 3)) + 1
    let speaking = critics.filter { tree.score($0.name, of: id) != nil && $0.weight > 0 }
    let table = CriticTable(
      total: speaking.reduce(0) { $0 + $1.weight }, most: speaking.map(\.weight).max() ?? 1, nameWidth: nameWidth,
      barWidth: min(16, width - nameWidth - 27))
    let head = TextWidth.padded("critics", to: nameWidth) + "weight \(look.glyphs.times) score = share"
    let silent = critics.filter(saysNothing)
    return [cut([faint(head)])] + critics.filter { !saysNothing($0) }.flatMap { lines(for: $0, table) } + fold(silent)
  }

  /// True where a critic has no score and no remark: a row of its own would only say so.
  private func saysNothing(_ critic: CriticWeight) -> Bool {
    tree.countedScore(critic.name, of: id) == nil && detail.overrides[critic.name] == nil
      && detail.scores.last { $0.critic == critic.name }?.note == nil
  }

  /// Those that say nothing, by why, in as few lines as fit.
  private func fold(_ silent: [CriticWeight]) -> [[Span]] {
    let groups = ["abstain", "asked at the end", "not asked"].compactMap { why -> String? in
      let names = silent.filter { reason(of: $0) == why }.map { safe($0.name) }
      return names.isEmpty ? nil : "\(why): \(names.joined(separator: ", "))"
    }
    guard !groups.isEmpty else { return [] }
    return wrap([Span(groups.joined(separator: "; "), look("critic.abstain"))], width: width)
  }

  private func reason(of critic: CriticWeight) -> String {
    if detail.scores.contains(where: { $0.critic == critic.name }) { return "abstain" }
    return critic.scope == .outcome && node.terminal == nil ? "asked at the end" : "not asked"
  }

  private func lines(for critic: CriticWeight, _ table: CriticTable) -> [[Span]] {
    let given = detail.scores.last { $0.critic == critic.name }
    let name = label(TextWidth.truncated(safe(critic.name), to: table.nameWidth - 1), width: table.nameWidth)
    let note = [remark(on: critic, given), given?.note.map(safe)].compactMap { $0 }.joined(separator: ", ")
    let weight = faint(TextWidth.rightAligned(weight(critic.weight), to: 6))
    guard let counted = tree.countedScore(critic.name, of: id) else {
      let isLater = critic.scope == .outcome && node.terminal == nil
      let why = given != nil ? "abstains" : isLater ? "asked at the end" : "not asked"
      let abstains = Span("   \(look.glyphs.abstained) \(why)", look("critic.abstain"))
      return wrapped([name, weight, abstains], note, table.nameWidth)
    }
    let share = critic.weight > 0 && table.total > 0 ? critic.weight * counted / table.total : nil
    var line = [
      name, weight, faint(" \(look.glyphs.times) "), score(counted), faint("  = "),
      value(TextWidth.rightAligned(Number.score(share, none: look.glyphs.abstained), to: 5)),
    ]
    if table.barWidth >= 6, share != nil { line += [faint("  ")] + bar(counted, critic.weight, table) }
    if given?.note != nil, !CriticName.learned.contains(critic.name) {
      let isAgainst = CriticName.isContradiction(counted, by: critic.name)
      line.append(
        Span(isAgainst ? " \(look.glyphs.doubted)" : " ok", look(isAgainst ? "critic.doubt" : "critic.agree")))
    }
    return wrapped(line, note, table.nameWidth)
  }

  /// As long as the critic's weight allows, filled as far as its score does: what is filled is the share.
  private func bar(_ score: Double, _ weight: Double, _ table: CriticTable) -> [Span] {
    let columns = max(1, Int((Double(table.barWidth) * weight / table.most).rounded()))
    let bar = Bar.text(score, columns: columns, glyphs: look.glyphs)
    let filled = bar.prefix { String($0) != look.glyphs.barEmpty }
    let rest = String(repeating: look.glyphs.barRoom, count: columns - filled.count)
    let padding = String(repeating: " ", count: max(0, table.barWidth - columns))
    return [Span(String(filled), look("tree.bar").over(look.quality(score))), faint(rest + padding)]
  }

  /// A person's override, or what a calibration made of it, beside the critic's own score; or where an ORM score comes from.
  private func remark(on critic: CriticWeight, _ given: CriticScore?) -> String? {
    let isRollout = critic.name == CriticName.orm && given == nil
    let own = isRollout ? tree.rolloutMean(of: id) : given?.score
    guard let mine = detail.overrides[critic.name] else {
      // What was fitted to people's labels counts, not what the critic said.
      let counted = tree.countedScore(critic.name, of: id)
      let isRecalibrated = own != nil && counted != own
      let words = [
        isRollout && own != nil ? "by rollout" : nil,
        isRecalibrated
          ? "\(Number.score(own, none: "")) \(look.glyphs.right) \(Number.score(counted, none: "")) recalibrated" : nil,
      ].compactMap { $0 }
      return words.isEmpty ? nil : words.joined(separator: ", ")
    }
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

/// What the rows of the critics have in common.
private struct CriticTable {
  /// Sum of the weights of those that speak.
  let total: Double
  /// The greatest of these weights.
  let most: Double
  let nameWidth: Int
  let barWidth: Int
}
