import Canvas
import TreeInsight
import TreeSearch

/// What more simulations would buy: another leader, a new answer, the right one; and beside every forecast that the run kept, what came
/// of it. It follows the search while that runs; at an earlier moment it says what could be said then.
struct ForecastOverlay: Overlay {
  var scroll = 0

  /// Simulations that are always asked about, beside those that the run's limits leave.
  private static let horizons = [10, 40, 160]

  mutating func move(by rows: Int, in state: ExplorerState) { scroll = max(0, scroll + rows) }

  func extent(in state: ExplorerState) -> Int {
    state.run.map { state.stage.linesLeft(of: lines($0, state, state.measure).count) } ?? 0
  }

  func draw(_ state: ExplorerState, _ look: Look, on frame: inout Frame) {
    guard let run = state.run else { return }
    let all = lines(run, state, look)
    let inside = frame.popup(
      title: "What more would buy", width: min(84, frame.width), height: min(frame.height - 2, all.count + 2),
      look: look)
    frame.lines(all.dropFirst(min(scroll, max(0, all.count - inside.height))), in: inside)
  }

  func sentences(matching query: String, in state: ExplorerState) -> [String] {
    guard let run = state.run else { return [] }
    let outlook = run.shownOutlook
    return [Self.standing(outlook.tally)]
      + Self.horizons(run).map { "\(Self.words(outlook.forecast(more: $0, run.tree.parameters)))." }
      + kept(run).map { "\($0)." }
  }

  private func lines(_ run: OpenRun, _ state: ExplorerState, _ look: Look) -> [[Span]] {
    let outlook = run.shownOutlook
    let faint = look("ui.text.faint")
    var table = [
      ["more", "other leader", "new answer", "right one", "tokens", "time", "points/1000"],
      ["now", "", "", Self.percent(outlook.forecast(more: 0, run.tree.parameters).found), "", "", ""],
    ]
    for more in Self.horizons(run) {
      let forecast = outlook.forecast(more: more, run.tree.parameters)
      table.append([
        "+\(Number.count(more))", forecast.leaderChanges.map(Self.percent) ?? look.glyphs.abstained,
        Self.percent(forecast.newAnswer),
        Self.percent(forecast.foundThen), Number.short(forecast.tokens),
        outlook.secondsPerSimulation.map { Number.duration($0 * Double(more)) } ?? look.glyphs.abstained,
        forecast.gainPerThousandTokens.map { Number.fixed($0 * 100, decimals: 1) } ?? look.glyphs.abstained,
      ])
    }
    let width = max(1, min(84, state.stage.columns) - 4)
    let all = table[0].indices.map { column in table.map { TextWidth.columns($0[column]) }.max() ?? 0 }
    // Columns that do not fit are left out, the last ones first, and what explains them.
    let fitting = all.indices.last { all[...$0].reduce(2 * $0, +) <= width } ?? 0
    let widths = all.prefix(fitting + 1)
    let rows = table.enumerated().map { number, cells in
      let text = zip(cells, widths).map { cell, width in
        String(repeating: " ", count: width - TextWidth.columns(cell)) + cell
      }.joined(separator: "  ")
      return [Span(text, number == 0 ? faint : look("ui.text"))]
    }
    let isCalibrated = !run.tree.parameters.forecastCalibrations.all.isEmpty
    let note =
      "Right one: that it is in the tree, by the critics' own word"
      + (fitting < all.count - 1 ? ". " : "; points/1000: what a thousand tokens add to that. ")
      + (isCalibrated ? "Chances are mapped to what came of such forecasts." : "Chances are not recalibrated.")
    func wrapped(_ text: String, _ style: Style) -> [[Span]] {
      wrap([Span(OptionText.line(text, glyphs: look.glyphs), style)], width: width)
    }
    let past = kept(run).flatMap { wrapped($0, look("ui.text")) }
    return wrapped(Self.standing(outlook.tally), look("ui.key")) + [[]] + rows + [[]]
      + (past.isEmpty ? [] : wrapped("Kept, and what came of it so far:", faint) + past + [[]]) + wrapped(note, faint)
  }

  /// Who leads, and by how much.
  private static func standing(_ tally: AnswerTally) -> String {
    guard let leader = tally.leader else { return "No trajectory states an answer yet." }
    let group = tally.groups[leader]
    return "\(group.answer) leads by \(tally.selection.rawValue): \(Number.count(group.votes)) of "
      + "\(Number.things(tally.trajectories, "finished trajectory", "finished trajectories")), "
      + "\(Number.things(tally.groups.count, "answer")), score \(Number.score(group.best))"
  }

  /// What the limits leave, and some round numbers.
  private static func horizons(_ run: OpenRun) -> [Int] {
    let left = run.tree.simulationsLeft
    return Set(horizons + (left > 0 ? [left] : [])).sorted()
  }

  private func kept(_ run: OpenRun) -> [String] {
    guard !run.tree.forecasts.isEmpty else { return [] }
    return run.timeline.latest.forecastOutcomes().filter { $0.forecast.made <= run.tree.simulations }.map(\.line)
  }

  private static func words(_ forecast: Forecast) -> String {
    let leader = forecast.leaderChanges.map { "another leader \(percent($0)), " } ?? ""
    return "\(Number.things(forecast.more, "more simulation")): \(leader)a new answer \(percent(forecast.newAnswer)), "
      + "the right one found \(percent(forecast.foundThen)), \(Number.things(forecast.tokens, "token"))"
  }

  /// A chance in whole percent, never rounded to what is certain.
  static func percent(_ chance: Double) -> String {
    if chance > 0, chance < 0.005 { return "<1 %" }
    if chance < 1, chance > 0.995 { return ">99 %" }
    return "\(Int((chance * 100).rounded())) %"
  }
}

extension ForecastOutcome {
  /// The forecast and what came of it, in a line.
  fileprivate var line: String {
    func came(_ fact: Bool?) -> String { fact.map { $0 ? " yes" : " no" } ?? "" }
    let leader =
      forecast.leaderChanges.map { "other leader \(ForecastOverlay.percent($0))\(came(leaderChanged)), " } ?? ""
    return "at \(forecast.made) +\(forecast.more): \(leader)"
      + "new answer \(ForecastOverlay.percent(forecast.newAnswer))\(came(newAnswer)), "
      + "right one \(ForecastOverlay.percent(forecast.foundThen))\(came(found))"
  }
}

extension OpenRun {
  /// The outlook at the moment shown. Complexity: O(1) at the present, O(nodes) at an earlier moment.
  fileprivate var shownOutlook: RunOutlook { pastMoment == nil ? outlook : RunOutlook(tree) }
}
