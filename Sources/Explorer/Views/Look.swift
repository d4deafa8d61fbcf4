import Canvas

/// What views draw with: styles by meaning, signs, and what has been read of texts.
struct Look {
  let theme: Theme
  let glyphs: GlyphSet
  var reading = Reading()

  /// The style of a scope.
  func callAsFunction(_ scope: String) -> Style { theme.style(scope) }

  /// The scope of a score in [0, 1] by thirds.
  func quality(_ score: Double) -> Style {
    self(score < 1.0 / 3 ? "tree.q.low" : score < 2.0 / 3 ? "tree.q.middle" : "tree.q.high")
  }
}

extension Look {
  /// Signs with their meanings, as many on a line as fit.
  func legend(_ signs: [(sign: String, meaning: String)], width: Int) -> [[Span]] {
    var lines: [[Span]] = [[]]
    var used = 0
    for (sign, meaning) in signs {
      let columns = TextWidth.columns(sign) + 1 + TextWidth.columns(meaning)
      if used > 0, used + 3 + columns > width {
        lines.append([])
        used = 0
      }
      let gap = used == 0 ? "" : "   "
      lines[lines.count - 1] += [Span(gap + sign, self("ui.key")), Span(" \(meaning)", self("ui.text.faint"))]
      used += gap.count + columns
    }
    return lines
  }
}

extension Frame {
  /// Draws a panel's rule with its title in it and returns what lies below, with a blank column of air on the left.
  mutating func panel(_ rect: Rect, title: [Span], isFocused: Bool, look: Look) -> Rect {
    let (rule, inside) = rect.split(rows: 1)
    let border = look(isFocused ? "ui.border.focused" : "ui.border")
    horizontalLine(x: rule.x, y: rule.y, length: rule.width, glyphs: look.glyphs, style: border)
    let text = title.map(\.text).joined()
    let width = min(TextWidth.columns(text), max(0, rule.width - 4))
    if width > 0 {
      put(" ", x: rule.x + 1, y: rule.y)
      put(title, x: rule.x + 2, y: rule.y, maxWidth: width)
      put(" ", x: rule.x + 2 + width, y: rule.y)
    }
    return inside
  }

  /// Draws lines of spans from the top of a rectangle.
  mutating func lines(_ lines: some Sequence<[Span]>, in rect: Rect) {
    for (index, line) in lines.enumerated() {
      guard index < rect.height else { return }
      put(line, x: rect.x, y: rect.y + index, maxWidth: rect.width)
    }
  }

  /// Draws an empty popup in the middle of the screen and returns its inside, with a blank column on both sides.
  mutating func popup(title: String, width: Int, height: Int, look: Look) -> Rect {
    let rect = bounds.centered(width: width, height: height)
    fill(rect, style: look("ui.popup").over(look("ui.background")))
    return box(
      rect, title: title, glyphs: look.glyphs, style: look("ui.border.focused"), titleStyle: look("ui.popup.title")
    ).inset(horizontal: 1, vertical: 0)
  }
}
