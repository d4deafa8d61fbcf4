import Canvas
import Vocabulary

/// What is known of a round and of one of its stages, as lines.
struct RoundDetails {
  let look: Look
  let width: Int

  /// A round in a few lines, its stage, its plan.
  ///
  /// - Parameter curve: the rounds of its series, where no curve of them is on the screen.
  func lines(of round: RoundEntry, _ stage: RoundStageName, curve: AccuracyCurve? = nil) -> [[Span]] {
    let course = curve.map { series($0) } ?? []
    // Two columns where both can be read.
    guard width >= 110 else {
      return standing(round) + course + [[]] + details(of: stage, round[stage]) + [[]] + stages(of: round)
        + [[]] + plan(round)
    }
    let column = (width - 3) / 2
    let half = RoundDetails(look: look, width: column)
    let left = half.standing(round) + course + [[]] + half.stages(of: round) + [[]] + half.plan(round)
    let right = half.details(of: stage, round[stage])
    return (0..<max(left.count, right.count)).map { row in
      let line = left.indices.contains(row) ? left[row] : []
      let used = line.reduce(0) { $0 + TextWidth.columns($1.text) }
      return line + [Span(String(repeating: " ", count: max(0, column + 3 - used)))]
        + (right.indices.contains(row) ? right[row] : [])
    }
  }

  /// Where a round stands and what it gained.
  private func standing(_ round: RoundEntry) -> [[Span]] {
    var words = [Span(round.standing.words, look(round.standing.scope))]
    if let reason = round.reason { words.append(Span(": \(safe(reason))", look("ui.text"))) }
    if case .elsewhere(let who) = round.driver { words.append(Span("  driven elsewhere: \(safe(who))", faint)) }
    var lines = wrap(words, width: width)
    if let before = round.before {
      let after = round.after.map { " \(look.glyphs.right) \($0.points())" } ?? ""
      lines += fact("held out", "\(before.points())\(after)  %")
    }
    if let gain = round.gain {
      lines += fact("gain", "\(gain.points(signed: true)) points" + (gain.note.map { ", \($0)" } ?? ""))
    }
    let people = [round.approver.map { "approved by \($0)" }, round.signer.map { "signed by \($0)" }].compactMap { $0 }
    if !people.isEmpty { lines += fact("people", people.joined(separator: ", ")) }
    if !round.begun.isEmpty { lines += fact("begun", round.begun) }
    return lines
  }

  /// The rounds of the series in one line, as steps of a curve and as percent.
  private func series(_ curve: AccuracyCurve) -> [[Span]] {
    let shown = curve.points.suffix(12)
    guard shown.count > 1, let scale = ChartScale(shown.map(\.figure.value)) else { return [] }
    let steps = look.glyphs.curveSteps
    let bars = shown.map { steps[min(steps.count - 1, Int(scale.height($0.figure.value) * Double(steps.count)))] }
    let values = shown.map { Number.fixed(100 * $0.figure.value, decimals: 1) }
    return fact("series", bars.joined() + "  " + values.joined(separator: " ") + "  %")
  }

  /// Every stage in a line: how it stands, what it took, the first things that it counted.
  private func stages(of round: RoundEntry) -> [[Span]] {
    let strip = StageStrip(round: round, look: look)
    return [[Span("Stages", look("ui.title"))]]
      + RoundStageName.allCases.map { stage in
        let entry = round[stage]
        let figures = entry.figures.prefix(3).map { "\(safe($0.name)) \($0.words)" }.joined(separator: ", ")
        let progress = entry.standing == .running ? entry.progress?.words : nil
        let time =
          entry.seconds.map { Number.duration($0) } ?? progress.map { safe($0) }
          ?? (entry.standing == .done ? "" : entry.standing.words)
        let words = [time, figures].filter { !$0.isEmpty }.joined(separator: ", ")
        return [
          Span("\(strip.sign(entry.standing)) ", look(strip.scope(entry.standing))),
          Span(TextWidth.padded(stage.rawValue, to: 10), look("node.label")),
          Span(TextWidth.truncated(words, to: max(0, width - 12), ellipsis: look.glyphs.ellipsis), look("node.value")),
        ]
      }
  }

  private func plan(_ round: RoundEntry) -> [[Span]] {
    guard !round.plan.isEmpty else { return [] }
    return [[Span("Plan", look("ui.title"))]] + round.plan.flatMap { fact($0.name, $0.words) }
  }

  /// A stage with a figure a line.
  func details(of stage: RoundStageName, _ entry: StageEntry) -> [[Span]] {
    [[Span(stage.rawValue, look("ui.title")), Span(": \(stage.help)", faint)]]
      + wrap(status(entry), width: width) + failure(entry)
      + entry.figures.flatMap { figure in
        fact(figure.name, figure.words + (figure.note.map { "  \($0)" } ?? ""), label: min(26, width / 2))
      } + remarks(entry)
  }

  /// What stands above the list of a stage: how far it is, its figures side by side, what it remarks.
  func head(of entry: StageEntry, figures: [RoundFigure]) -> [[Span]] {
    flow([status(entry)] + figures.map(unit)) + failure(entry) + remarks(entry)
  }

  /// A figure that stands among others on a line.
  func unit(_ figure: RoundFigure) -> [Span] {
    [
      Span("\(safe(figure.name)) ", look("node.label")), Span(figure.words, look("node.value")),
      Span(figure.note.map { " \(safe($0))" } ?? "", faint),
    ]
  }

  /// How far a stage is, and what it cost.
  private func status(_ entry: StageEntry) -> [Span] {
    let strip = StageStrip(round: RoundEntry(id: "", series: "", number: 0), look: look)
    var words = [Span(entry.standing.words, look(strip.scope(entry.standing)))]
    if let progress = entry.progress, entry.standing != .done {
      if let share = progress.share, width >= 40 {
        words.append(Span("  " + Bar.text(share, columns: 16, glyphs: look.glyphs), look("tree.bar")))
      }
      words.append(Span("  \(safe(progress.words))", look("ui.text")))
    }
    if let seconds = entry.seconds { words.append(Span(", \(Number.duration(seconds))", faint)) }
    if entry.tokens > 0 { words.append(Span(", \(Number.short(entry.tokens)) tokens", faint)) }
    return words
  }

  private func failure(_ entry: StageEntry) -> [[Span]] {
    entry.failure.map { wrap([Span(safe($0), look("ui.error"))], width: width) } ?? []
  }

  private func remarks(_ entry: StageEntry) -> [[Span]] {
    entry.remarks.flatMap { remark in
      wrap([Span("\(look.glyphs.bullet) \(safe(remark))", look("ui.text"))], width: width)
    }
  }

  /// A labelled fact; a long one goes on below its beginning.
  func fact(_ name: String, _ words: String, label: Int = 12) -> [[Span]] {
    let room = max(8, width - label)
    return wrap([Span(safe(words), look("node.value"))], width: room).enumerated().map { row, line in
      let head = row == 0 ? safe(name) : ""
      return [Span(TextWidth.padded(head, to: label - 1, ellipsis: look.glyphs.ellipsis) + " ", look("node.label"))]
        + line
    }
  }

  /// As many units on a line as fit, none of them torn.
  func flow(_ units: [[Span]]) -> [[Span]] {
    var lines: [[Span]] = []
    var used = 0
    for unit in units {
      let columns = unit.reduce(0) { $0 + TextWidth.columns($1.text) }
      if !lines.isEmpty, used + 3 + columns <= width {
        lines[lines.count - 1] += [Span("   ")] + unit
        used += 3 + columns
      } else {
        lines.append(unit)
        used = columns
      }
    }
    return lines
  }

  func safe(_ text: String) -> String { OptionText.line(text, glyphs: look.glyphs) }
  private var faint: Style { look("ui.text.faint") }
}

extension RoundDetails {
  /// What stands above two rounds side by side.
  func comparison(_ figures: [RoundFigure], _ tally: StageTally) -> [[Span]] {
    let units = TrialItem.Change.allCases.filter { $0 != .open }.map { change in
      [Span("\(change.word) ", look("node.label")), Span(Number.count(tally[change.word]), look("node.value"))]
    }
    return flow(units) + flow(figures.map(unit))
  }
}

extension StageEntry {
  /// Its figures for where there is room for a few: what was gained comes before what it was gained from.
  var headFigures: [RoundFigure] {
    let isGain = { (figure: RoundFigure) in figure.name.hasSuffix("gain") }
    return figures.filter(isGain) + figures.filter { !isGain($0) }
  }
}
