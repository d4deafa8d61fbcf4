import Canvas
import TreeInsight
import TreeSearch

extension CommandTable {
  /// Looking at earlier moments of the run. Time moves by phases; what a person did counts as one.
  static let timeCommands: [Command] = [
    Command(
      "time.back", "Back by a phase",
      "Shows the run as it was one phase earlier (select, widen, evaluate, back up, or an act of yours).", .run,
      [.character("<")], unless: { $0.reasonNotToGoBack }
    ) { $0.travel(-1) },
    Command(
      "time.forward", "Forward by a phase",
      "Shows the run as it was one phase later; after the last comes the present.",
      .run, [.character(">")], hint: "forward", unless: { $0.reasonNotToGoForward }
    ) { $0.travel(1) },
    Command(
      "time.backTen", "Back by ten phases", "Shows the run as it was ten phases earlier.", .run, [.character("{")],
      unless: { $0.reasonNotToGoBack }
    ) { $0.travel(-10) },
    Command(
      "time.forwardTen", "Forward by ten phases", "Shows the run as it was ten phases later, or the present.", .run,
      [.character("}")], unless: { $0.reasonNotToGoForward }
    ) { $0.travel(10) },
    Command(
      "time.strip", "Timeline", "Shows or hides the strip of the run's past, on which a click looks at a moment.", .run,
      [.character("~")]
    ) { state in
      state.arrangement.showsTimeline = state.layout.timeline.isEmpty
      return []
    },
    Command(
      "time.fork", "Fork here",
      "Makes a new run of the events up to the moment shown, with other parameters or another seed, and opens it.",
      .run,
      [.character("F")], unless: { $0.reasonOfFollowing ?? $0.reasonOfOpening }
    ) { state in state.ask(.fork(state.run?.moment ?? 0)) },
  ]
}

extension OpenRun {
  /// The moment shown: events that have been applied.
  var moment: Int { pastMoment ?? timeline.count }
}

extension ExplorerState {
  /// Moves `phases` forwards or back in time and says what had just happened then.
  mutating func travel(_ phases: Int) -> [Effect] {
    if abs(phases) == 1, let effects = stepLesson(phases) { return effects }
    return look(at: run.map { $0.timeline.moment(phases, phasesFrom: $0.moment) } ?? .max)
  }

  /// Shows the run as it was at `moment` and says what had just happened then; from the last moment on, the present.
  mutating func look(at moment: Int) -> [Effect] {
    _ = withRun { $0.look(at: moment) }
    guard let run, run.pastMoment != nil else { return returnToNow() }
    let phase = run.timeline.phase(at: run.moment).map { "\($0.word): " } ?? ""
    let sentence = run.timeline.event(before: run.moment)?.sentence(in: run.tree) ?? "the beginning"
    message = .glance(phase + sentence)
    return []
  }

  /// Shows the present again.
  mutating func returnToNow() -> [Effect] {
    message = .glance("now")
    return withRun { $0.look(at: .max) }
  }

  /// Why the search cannot be changed while the past is shown; nil at the present.
  var reasonOfThePast: String? {
    if let reason = reasonOfFollowing ?? reasonOfOpening { return reason }
    guard let run, let moment = run.pastMoment else { return nil }
    return "moment \(moment) of \(run.timeline.count) is past: \(key("search.toggle")) returns to now, "
      + "\(key("time.fork")) forks here"
  }

  /// Why the search cannot be touched while its journal is being read; nil after that.
  var reasonOfOpening: String? {
    guard case .opening(let percent) = run?.status else { return nil }
    return "the run is still being read (\(percent) %); looking about works already"
  }

  /// Why there is no earlier moment.
  var reasonNotToGoBack: String? {
    guard let run, run.moment <= run.timeline.start, classroom.teaching.map({ $0.at == 0 }) ?? true else { return nil }
    return run.timeline.start == 0 ? "this is the beginning" : "what came before is not known here"
  }

  /// Why there is no later moment.
  var reasonNotToGoForward: String? {
    if classroom.teaching != nil { return nil }
    return run?.pastMoment == nil ? "this is now; the search goes on with s, S or Space" : nil
  }
}
