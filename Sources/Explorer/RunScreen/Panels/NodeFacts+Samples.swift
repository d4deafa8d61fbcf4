import Canvas
import TreeInsight
import TreeSearch
import Vocabulary

extension NodeFacts {
  /// Fast rollouts with their answers and ORM scores.
  var rollouts: [[Span]] {
    let rollouts = tree.rollouts(of: id)
    guard !rollouts.isEmpty else { return [] }
    var head = [label("rollouts"), value("\(rollouts.count)")]
    if let mean = tree.rolloutMean(of: id) {
      let scores = rollouts.compactMap(\.score)
      let variance = scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(scores.count)
      head += [
        faint("   ORM "), score(mean), faint(" \(look.glyphs.plusMinus) \(Number.score(variance.squareRoot()))"),
      ]
    }
    return [cut(head)] + spread(rollouts) + rollouts.prefix(64).flatMap { lines(for: $0) }
  }

  private func lines(for rollout: Rollout) -> [[Span]] {
    let answer = TextWidth.padded(
      rollout.answer.map(safe) ?? look.glyphs.abstained, to: 7, ellipsis: look.glyphs.ellipsis)
    let isWrong = tree.isCorrect(rollout.answer) == false
    let isRight = tree.isCorrect(rollout.answer) == true
    let sign = isRight ? look.glyphs.answerOK : isWrong ? look.glyphs.contradicted : " "
    let style = look(isRight ? "critic.agree" : isWrong ? "critic.contradict" : "node.value")
    let line = cut([Span("  "), score(rollout.score), Span(" \(sign) \(answer) ", style), faint(safe(rollout.text))])
    let note = rollout.note.map { note in
      cut([Span("       \(look.glyphs.doubted) ", look("critic.doubt")), faint(safe(note))])
    }
    return [line] + (note.map { [$0] } ?? []) + thought(rollout.thinking, indented: 7)
  }

  /// How the scores lie between 0 and 1, and which answers were given how often.
  private func spread(_ rollouts: [Rollout]) -> [[Span]] {
    let scores = rollouts.compactMap(\.score).filter(\.isFinite)
    guard rollouts.count > 1 else { return [] }
    var votes = AnswerVote(among: tree.header.problem.choices)
    for answer in rollouts.compactMap(\.answer) { votes.add(answer) { $0 + 1 } }
    let answers = votes.weights.indices.prefix(8).map {
      (answer: votes.spelling(of: $0), count: Int(votes.weights[$0]))
    }
    // Stable: of answers given equally often, the first one given comes first.
    let ranked = answers.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
    let words = ranked.map { "\(safe($0.element.answer)) \(look.glyphs.times)\($0.element.count)" }
    var lines: [[Span]] = []
    let columns = min(21, width - 13)
    if scores.count > 1, columns >= 5 {
      lines.append(
        [label("spread"), faint("0 ")] + histogram(scores, columns: columns) + [faint(" 1")])
    }
    if !words.isEmpty { lines.append(cut([label("answers"), value(words.joined(separator: ", "))])) }
    return lines
  }

  /// A column for each of equal parts of 0…1, the higher the more scores lie in it.
  private func histogram(_ scores: [Double], columns: Int) -> [Span] {
    var counts = Array(repeating: 0, count: columns)
    for score in scores { counts[max(0, min(Int(score * Double(columns)), columns - 1))] += 1 }
    let most = counts.max() ?? 1
    return counts.enumerated().map { column, count in
      guard count > 0 else { return faint(look.glyphs.barRoom) }
      let middle = (Double(column) + 0.5) / Double(columns)
      return Span(Curve.step(count, of: most, glyphs: look.glyphs), look.quality(middle))
    }
  }

  /// Log-probabilities of the tokens: the mean, the least likely ones, and a digit a token (9: certain).
  var tokens: [[Span]] {
    guard let option = detail.option, let mean = option.meanLogProbability else { return [] }
    let all = option.logProbabilities.prefix(1024)
    let least = all.indices.sorted { (all[$0], $0) < (all[$1], $1) }.prefix(3)
    let unlikely = least.map { "#\($0 + 1) \(Number.score(Double(all[$0])))" }.joined(separator: ", ")
    let bars = wrap(all.map(heat) + [faint(look.glyphs.vertical)], width: max(1, width - 9))
    return [
      cut([label("tokens"), faint("mean log p "), value(Number.score(mean)), faint("   9 sure, 0 surprising")])
    ] + tokensBefore + bars.enumerated().map { [label($0 == 0 ? "each" : "")] + $1 }
      + [cut([label("least"), faint(unlikely)])]
  }

  /// The same for the options before this one, the end of each marked: as many as fit on a line, the latest ones.
  private var tokensBefore: [[Span]] {
    var line: [Span] = []
    var at = node.parent
    while at.exists, let option = tree.details[at.offset].option, !option.logProbabilities.isEmpty {
      let digits = option.logProbabilities.suffix(width).map(heat)
      guard line.count + digits.count + 1 <= width - 10 else {
        if !line.isEmpty { line.insert(faint(look.glyphs.ellipsis), at: 0) }
        break
      }
      line = digits + [faint(look.glyphs.vertical)] + line
      at = tree[at].parent
    }
    return line.isEmpty ? [] : [[label("before")] + line]
  }

  private func heat(_ logProbability: Float) -> Span {
    let isLikely = logProbability > -0.7  // more likely than not
    return Span(
      HeatGlyph.text(Double(logProbability), look.glyphs), look(isLikely ? "node.token.likely" : "node.token.unlikely"))
  }
}

/// One column for the log-probability of one token, readable without colour.
enum HeatGlyph {
  /// Digits 9 (certain) to 0 (e⁻⁴·⁵ and less): tenths would hide what matters, halves of a nat do not.
  static func text(_ logProbability: Double, _ glyphs: GlyphSet) -> String {
    guard logProbability.isFinite else { return "0" }
    return String(9 - Int(min(9, max(0, -logProbability * 2)).rounded()))
  }
}
