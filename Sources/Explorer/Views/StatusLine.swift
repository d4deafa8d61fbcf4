import Canvas
import TreeInsight
import TreeSearch
import Vocabulary

/// Totals, the state in a word, and the best answer so far.
enum StatusLine {
  static func draw(_ state: ExplorerState, in rect: Rect, _ look: Look, on frame: inout Frame) {
    let style = look("ui.status")
    frame.fill(rect, style: style.over(look("ui.background")))
    if state.run == nil, let rounds = state.rounds {
      frame.put(" " + words(of: rounds), x: rect.x, y: rect.y, style: style, maxWidth: rect.width)
      return
    }
    guard let run = state.run else { return drawList(state, in: rect, style, on: &frame) }
    let gap = rect.width < 60 ? " " : "  "
    let totals = ["sims \(run.tree.simulations)", "nodes \(run.tree.nodeCount)", "tokens \(run.tree.usage.generated)"]
    var x = rect.x + 1
    x += frame.put(totals.joined(separator: gap), x: x, y: rect.y, style: style) + gap.count
    let word = run.status.word
    // The state is always to be read, even where the totals are too long for the line.
    x = max(rect.x, min(x, rect.right - word.count - 1))
    frame.put(word, x: x, y: rect.y, style: look(run.status.scope).over(style))
    let room = rect.right - x - word.count - 2
    // Who works through a list sees how far it is.
    let best = best(of: run, look)
    // Which rule chose the answer is said rather than how often each verdict was given.
    let tallies = state.curation.decisions.isEmpty ? [] : [progress(of: state), decided(in: state)]
    let texts = tallies.flatMap { tally in best.suffix(4).prefix(2).map { "\(tally)  \($0)" } } + best
    if let text = texts.first(where: { TextWidth.columns($0) <= room }) {
      frame.putRight(text, right: rect.right, y: rect.y, style: style)
    }
  }

  /// The answer that the run's final selection chooses, by which rule, with its score; shorter ones follow.
  private static func best(of run: OpenRun, _ look: Look) -> [String] {
    guard let chosen = run.chosen else { return run.tree.simulations > 0 ? ["best unfinished "] : [] }
    let text = OptionText.line(chosen.answer, glyphs: look.glyphs)
    func answer(_ width: Int) -> String {
      "best \(TextWidth.truncated(text, to: width, ellipsis: look.glyphs.ellipsis))"
    }
    let rule = " by \(run.tree.finalSelection.rawValue)"
    // Which rule chose it is said rather than the end of a long answer.
    return outlook(of: run).map { "\($0)  \(answer(24))\(rule) " } + [
      "\(answer(24))\(rule)  score \(Number.score(chosen.score)) ", "\(answer(24))\(rule) ", "\(answer(8))\(rule) ",
      "\(answer(24)) ", "\(answer(8)) ",
    ]
  }

  /// While the search runs: how likely another answer comes to lead within its limits; empty where nobody can say.
  private static func outlook(of run: OpenRun) -> [String] {
    let left = run.timeline.latest.simulationsLeft
    guard run.status == .running, left > 0,
      let chance = run.outlook.forecast(more: left, run.tree.parameters).leaderChanges
    else { return [] }
    return ["other leader \(ForecastOverlay.percent(chance))"]
  }

  /// What is in the list of rounds or of a stage.
  static func words(of rounds: RoundsScreen) -> String {
    guard let page = rounds.page else {
      let states = RoundStanding.allCases.compactMap { standing in
        let count = rounds.entries.count { $0.standing == standing }
        return count > 0 ? "\(Number.count(count)) \(standing.word)" : nil
      }
      return ([Number.things(rounds.entries.count, "round")] + states).joined(separator: ", ") + rounds.list.words
    }
    let list = page.list
    guard page.hasList else {
      let entry = rounds.round?[page.stage ?? .train]
      return entry.map { $0.standing == .running ? $0.progress?.words ?? $0.standing.words : $0.standing.words } ?? ""
    }
    let narrowed = list.query.isEmpty ? "" : ", \(Number.count(list.shown.count)) with '\(list.query)'"
    return list.tally.words(of: page.stage) + narrowed
  }

  private static func drawList(_ state: ExplorerState, in rect: Rect, _ style: Style, on frame: inout Frame) {
    let list = state.problems
    var text = " \(Number.things(list.entries.count, "problem"))"
    if !list.marked.isEmpty { text += ", \(Number.count(list.marked.count)) marked" }
    text += list.rows.words
    let words = progress(of: state)
    let used = frame.put(text, x: rect.x, y: rect.y, style: style, maxWidth: rect.width)
    if used + TextWidth.columns(words) + 3 <= rect.width {
      frame.putRight("\(words) ", right: rect.right, y: rect.y, style: style)
    }
  }

  /// How far the work on the list has come, and how fast it goes: `12 decided: 9 good, 3 bad; 41 s each`. Empty before the first
  /// decision.
  static func progress(of state: ExplorerState) -> String {
    let tally = state.problems.tally
    guard !tally.isEmpty else { return "" }
    let verdicts = Judgement.Verdict.allCases.compactMap { verdict in
      tally[verdict].map { "\(Number.count($0)) \(verdict.rawValue)" }
    }
    let pace = state.curation.pace.map { "; \($0) s each" } ?? ""
    return "\(decided(in: state))\(verdicts.isEmpty ? "" : ": \(verdicts.joined(separator: ", "))")\(pace)"
  }

  private static func decided(in state: ExplorerState) -> String {
    "\(Number.count(state.problems.tally.values.reduce(0, +))) decided"
  }
}

extension RunState {
  /// The theme's scope for the word.
  var scope: String {
    if case .opening = self { "ui.status.state.running" } else { "ui.status.state.\(word)" }
  }
}

extension StopReason {
  /// Why it stopped, as the end of a sentence.
  var words: String {
    switch self {
    case .simulations: "the simulation limit is reached"
    case .nodes: "the node limit is reached"
    case .tokens: "the token limit is reached"
    case .seconds: "the time limit is reached"
    case .settled: "the answer cannot change any more"
    case .exhausted: "nothing is left to add"
    case .failed: "what it needs cannot be had"
    case .imported: "an imported tree is history; F forks it"
    }
  }
}
