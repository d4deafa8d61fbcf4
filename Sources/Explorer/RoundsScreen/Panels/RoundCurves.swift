import Canvas

/// The share of held-out problems solved over the rounds of a series, each with its interval.
struct AccuracyCurve {
  /// A measured policy.
  struct Point: Hashable {
    /// The round that made it; 0 for the policy that the series began with.
    let number: Int
    let figure: RoundFigure
    let isPromoted: Bool
  }

  let points: [Point]
  /// The round under the cursor.
  let selected: Int
  let look: Look

  init(_ screen: RoundsScreen, look: Look) {
    let series = screen.selected?.series
    let rounds = screen.entries.filter { $0.series == series }.sorted { $0.number < $1.number }
    let base = rounds.first?.before.map { [Point(number: 0, figure: $0, isPromoted: false)] } ?? []
    points =
      base
      + rounds.compactMap { round in
        round.after.map { Point(number: round.number, figure: $0, isPromoted: round.standing == .promoted) }
      }
    selected = screen.selected?.number ?? 0
    self.look = look
  }

  func draw(in rect: Rect, on frame: inout Frame) {
    let title = [Span("Held-out accuracy, %", look("ui.title"))]
    let inside = frame.panel(rect, title: title, isFocused: false, look: look)
    guard let scale = ChartScale(points.flatMap { [$0.figure.low, $0.figure.high, $0.figure.value] }, within: 0...1)
    else { return ChartScale.say("Nothing has been measured yet.", in: inside, look, on: &frame) }
    let (plot, labels) = inside.inset(horizontal: 7, vertical: 0).split(bottomRows: inside.height > 3 ? 1 : 0)
    guard plot.height > 0, plot.width > 8 else { return }
    scale.drawAxis(left: plot, percent: true, look, on: &frame)
    // The latest ones, where there are more than columns for them.
    let shown = points.suffix(max(1, plot.width / 3))
    let step = max(3, min(12, plot.width / max(1, shown.count)))
    for (index, point) in shown.enumerated() {
      draw(point, x: plot.x + 1 + index * step, width: step, scale, plot, labels, on: &frame)
    }
  }

  private func draw(
    _ point: Point, x: Int, width: Int, _ scale: ChartScale, _ plot: Rect, _ labels: Rect, on frame: inout Frame
  ) {
    let style = look(point.number == selected ? "ui.key" : "ui.text")
    func row(_ value: Double) -> Int { plot.y + scale.row(value, rows: plot.height) }
    if let low = point.figure.low, let high = point.figure.high {
      let top = row(high)
      frame.verticalLine(
        x: x, y: top, length: row(low) - top + 1, glyphs: look.glyphs, style: look("ui.border.focused"))
    }
    let sign = point.isPromoted ? look.glyphs.best : look.glyphs.nodeTerminal
    frame.put(sign, x: x, y: row(point.figure.value), style: style)
    if width >= 7 {
      frame.put(
        Number.fixed(100 * point.figure.value, decimals: 1), x: x + 1, y: row(point.figure.value), style: style,
        maxWidth: width - 2)
    }
    if !labels.isEmpty {
      frame.put(point.number == 0 ? "base" : "\(point.number)", x: x, y: labels.y, style: style, maxWidth: width - 1)
    }
  }
}

/// The loss of a training, step by step.
struct LossCurve {
  let losses: [LossPoint]
  /// Steps of the whole training; nil where nobody knows.
  let steps: Int?
  let look: Look

  func draw(in rect: Rect, on frame: inout Frame) {
    let last = losses.last.map { " \(Number.fixed($0.loss, decimals: 3)) at step \(Number.count($0.step))" } ?? ""
    let end = losses.isEmpty ? "" : steps.map { " of \(Number.count($0))" } ?? ""
    let title = [Span("Loss", look("ui.title")), Span(last + end, look("node.value"))]
    let inside = frame.panel(rect, title: title, isFocused: true, look: look)
    guard let scale = ChartScale(losses.map(\.loss)), let final = losses.last else {
      return ChartScale.say("No step has been made yet.", in: inside, look, on: &frame)
    }
    let (plot, labels) = inside.inset(horizontal: 8, vertical: 0).split(bottomRows: inside.height > 3 ? 1 : 0)
    guard plot.height > 0, plot.width > 8 else { return }
    scale.drawAxis(left: plot, percent: false, look, on: &frame)
    let all = max(steps ?? 0, final.step, 1)
    for (column, loss) in means(columns: plot.width, of: all).enumerated() {
      guard let loss else { continue }
      drawBar(scale.height(loss), x: plot.x + column, in: plot, on: &frame)
    }
    guard !labels.isEmpty else { return }
    frame.put("0", x: plot.x, y: labels.y, style: look("ui.text.faint"))
    frame.putRight("step \(Number.count(all))", right: plot.right, y: labels.y, style: look("ui.text.faint"))
  }

  /// The mean loss of the steps behind each column; nil from the first step on that is still to be made.
  private func means(columns: Int, of steps: Int) -> [Double?] {
    var sums = [(sum: Double, count: Int)](repeating: (0, 0), count: columns)
    var last = 0
    for point in losses where point.loss.isFinite {
      let share = min(1, Double(max(1, point.step) - 1) / Double(steps))
      let column = min(columns - 1, Int(share * Double(columns)))
      sums[column].sum += point.loss
      sums[column].count += 1
      last = max(last, column)
    }
    var means: [Double?] = sums.map { $0.count > 0 ? $0.sum / Double($0.count) : nil }
    // Between two points the curve goes on at the height of the first.
    for column in means.indices.dropFirst() where means[column] == nil && column <= last {
      means[column] = means[column - 1]
    }
    return means
  }

  /// A bar of `share` of the plot's height.
  private func drawBar(_ share: Double, x: Int, in plot: Rect, on frame: inout Frame) {
    let steps = look.glyphs.curveSteps
    // A loss that is there is seen, the least one too.
    let filled = max(1, Int((share * Double(plot.height * steps.count)).rounded()))
    for row in 0..<plot.height {
      let level = min(steps.count, filled - row * steps.count)
      guard level > 0 else { return }
      frame.put(steps[level - 1], x: x, y: plot.bottom - 1 - row, style: look("tree.bar"))
    }
  }
}

/// Which value stands in which row of a chart.
struct ChartScale {
  let low, high: Double

  /// A scale that holds all numbers that are finite, with some air; nil where there is none.
  ///
  /// - Parameter range: what no value can leave; there is no air outside of it.
  init?(_ values: [Double?], within range: ClosedRange<Double>? = nil) {
    let finite = values.compactMap { $0 }.filter(\.isFinite)
    guard let least = finite.min(), let most = finite.max() else { return nil }
    let air = max((most - least) * 0.05, abs(most) * 0.01, 1e-9)
    low = range.map { min(least, max($0.lowerBound, least - air)) } ?? least - air
    high = range.map { max(most, min($0.upperBound, most + air)) } ?? most + air
  }

  /// Words in the place of a chart that has nothing to show yet.
  static func say(_ words: String, in rect: Rect, _ look: Look, on frame: inout Frame) {
    frame.put(words, x: rect.x + 2, y: rect.y, style: look("ui.text.faint"), maxWidth: rect.width - 2)
  }

  /// How high a value stands, in [0, 1].
  func height(_ value: Double) -> Double {
    value.isFinite ? min(1, max(0, (value - low) / (high - low))) : 0
  }

  /// The row of a value, the uppermost being 0.
  func row(_ value: Double, rows: Int) -> Int { Int(((1 - height(value)) * Double(rows - 1)).rounded()) }

  /// Draws the axis left of a plot, with the ends of the scale.
  func drawAxis(left plot: Rect, percent: Bool, _ look: Look, on frame: inout Frame) {
    frame.verticalLine(x: plot.x - 1, y: plot.y, length: plot.height, glyphs: look.glyphs, style: look("ui.border"))
    func text(_ value: Double) -> String {
      percent ? Number.fixed(100 * value, decimals: 1) : Number.fixed(value, decimals: 3)
    }
    frame.putRight(text(high), right: plot.x - 1, y: plot.y, style: look("ui.text.faint"), maxWidth: 7)
    guard plot.height > 1 else { return }
    frame.putRight(text(low), right: plot.x - 1, y: plot.bottom - 1, style: look("ui.text.faint"), maxWidth: 7)
  }
}
