import Canvas
import TreeSearch

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
    return [cut(head)]
      + rollouts.prefix(64).map { rollout in
        let answer = TextWidth.padded(
          rollout.answer.map(safe) ?? look.glyphs.abstained, to: 7, ellipsis: look.glyphs.ellipsis)
        let text = OptionText.line(rollout.text, glyphs: look.glyphs)
        let isWrong = tree.isCorrect(rollout.answer) == false
        let isRight = tree.isCorrect(rollout.answer) == true
        let sign = isRight ? look.glyphs.answerOK : isWrong ? look.glyphs.contradicted : " "
        let style = look(isRight ? "critic.agree" : isWrong ? "critic.contradict" : "node.value")
        return cut([Span("  "), score(rollout.score), Span(" \(sign) \(answer) ", style), faint(text)])
      }
  }

  /// Log-probabilities of the tokens: the mean, the least likely ones, and a digit a token (9: certain).
  var tokens: [[Span]] {
    guard let option = detail.option, let mean = option.meanLogProbability else { return [] }
    let all = option.logProbabilities.prefix(1024)
    let least = all.indices.sorted { (all[$0], $0) < (all[$1], $1) }.prefix(3)
    let unlikely = least.map { "#\($0 + 1) \(Number.score(Double(all[$0])))" }.joined(separator: ", ")
    let bars = wrap(all.map(heat), width: max(1, width - 9))
    return [
      cut([label("tokens"), faint("mean log p "), value(Number.score(mean)), faint("   9 sure, 0 surprising")])
    ] + bars.enumerated().map { [label($0 == 0 ? "each" : "")] + $1 } + [cut([label("least"), faint(unlikely)])]
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
