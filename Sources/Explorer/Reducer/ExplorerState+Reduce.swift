import Canvas
import TreeInsight
import TreeSearch
import Vocabulary

extension ExplorerState {
  /// The only place where the state changes. Pure: no clock, no random number, no input or output; `time` is what the log
  /// says of when it was.
  ///
  /// Returns what the executable must do, in order. Complexity: O(rows shown × (depth + width)), whatever the number of
  /// nodes; for ``Action/events(_:)`` what applying the events costs, too.
  public mutating func reduce(_ action: Action, at time: TimeOfDay? = nil) -> [Effect] {
    self.time = time
    let before = following == nil ? nil : place
    let effects = change(action)
    switch action {
    case .key, .mouse: unlock(from: before)
    case .events, .runState: noteTime()
    default: break
    }
    layOut()
    return effects
  }

  /// Changes the state as a key would: what follows from it is put in order, too.
  mutating func reduce(_ change: (inout ExplorerState) -> [Effect]) -> [Effect] {
    let effects = change(&self)
    layOut()
    return effects
  }

  private mutating func change(_ action: Action) -> [Effect] {
    switch action {
    case .key(let key): return press(key)
    case .paste(let text):
      if !size.isTooSmall { return paste(text) }
    case .mouse(let event): return point(event)
    case .resize(let size):
      self.size = size
      fillScreen()
    case .events(let events):
      apply(events)
      fillScreen()
    case .grown(let run):
      self.run?.catchUp(with: run)
      fillScreen()
    case .runState(let status): return take(status)
    case .writing(let line): return withRun { $0.writing = line }
    case .watched(let notices): return reduce(notices)
    case .lookOn: return lookOn()
    case .opened(let run):
      show(run)
      self.run?.folds.order = arrangement.childOrder
      fillScreen(opensBest: true)
      finder.stop()
      classroom.reduce(.opened(run))
      company.reduce(.opened)
      overlay = nil
      message = nil
      greetOnRun()
      if wantedPlace?.run != run.id { wantedPlace = nil }
      if !breakpoints.entries.isEmpty { return [.run(.setBreakpoints(breakpoints.enabled))] }
    case .presenter(let place, let problem): company.reduce(.presenter(place, votingProblem: problem))
    case .shown(let show): reduce(show)
    case .presenterElsewhere(let other): return followPresenter(to: other)
    case .votes(let votes): reduce(votes: votes)
    case .runsToCompare(let runs): return choose(among: runs, title: "Compare with") { .compareRun($0) }
    case .runsToLayOver(let runs): return choose(among: runs, title: "Lay over it") { .layOver($0) }
    case .queueCompared(let queue): overlay = QueueOverlay(queue)
    case .trustMeasured(let report):
      overlay = TrustOverlay(report)
      message = nil
    case .laidOver(let trees): overlay = TreesOverlay(trees)
    case .compared(let difference, let a, let b):
      overlay = ComparisonOverlay(Comparison(difference, a: a, b: b, in: run.flatMap { $0.id == a ? $0.tree : nil }))
    case .beside(let update): reduce(update)
    case .tour(let tour): classroom.reduce(.tour(tour, run))
    case .runs(let rows):
      if var list = overlay as? RunsOverlay {
        list.take(rows)
        overlay = list
      }
    case .textsFound(let found):
      overlay = TextHitsOverlay(found)
      message = nil
    case .showRounds(let round): return openRounds(at: round)
    case .rounds(let update): return reduce(update)
    case .problems(let entries): problems.replace(entries, height: layout.listRows)
    case .task(let task):
      labelling = LabelScreen(task)
      overlay = nil
    case .committed(let commit): return committed(commit)
    case .takenBack(let commit): takenBack(commit)
    case .spelled(let node, let spelling):
      if var form = overlay as? SplitOverlay {
        form.take(spelling: spelling, of: node)
        overlay = form
      }
    case .examined(let request, let preview):
      if var form = overlay as? CommitOverlay {
        form.take(preview, of: request, in: self)
        overlay = form
      }
    case .lines(let title, let lines): overlay = LinesOverlay(title: title, lines: lines)
    case .doubted(let subject, let warnings):
      // In the list nothing is decided of but to go on.
      overlay = DoubtOverlay(subject: subject, warnings: warnings, goesOn: curation.goesOn || run == nil)
      curation.goesOn = false
    case .theme(let name): theme = name
    case .waiting(let text): message = .waiting(text)
    case .notice(let text): message = .notice(text)
    case .failure(let text): message = .failure(text)
    }
    return []
  }

  /// Tells the run what the clock shows: how fast it goes.
  private mutating func noteTime() {
    guard let simulations = run?.timeline.latest.simulations else { return }
    let isRunning = run?.status == .running
    run?.outlook.note(time, isRunning: isRunning, simulations: simulations)
  }

  /// Lets the tree fill its panel.
  private mutating func fillScreen(opensBest: Bool = false) {
    let height = layout.treeRows
    run?.fillScreen(height, opensBest: opensBest)
  }

  /// Takes up what the driver does now. Where it has come to an end, the path to what is chosen is open, and a search that has
  /// settled says so.
  private mutating func take(_ status: RunState) -> [Effect] {
    if case .done = status, run?.status == .running {
      fillScreen(opensBest: true)
      if let words = run?.wordsOnSettling { message = .notice(words) }
    }
    return withRun { $0.status = status }
  }

  mutating func press(_ key: Key) -> [Effect] {
    if message?.isLasting != true { message = nil }
    // Whoever moves in a run is not taken elsewhere later.
    if run != nil { wantedPlace = nil }
    finder.stop()
    if overlay != nil, let effects = goOnWithTour(by: key) { return effects }
    if overlay?.field == nil || key == .escape || classroom.tour?.asksForText == true { classroom.reduce(.key(key)) }
    if let command = keys.command(for: key, in: contexts) { return perform(command) }
    if !size.isTooSmall, let effects = overlay?.press(key, in: &self) { return effects }
    // What no binding wants is text, where there is a field for it.
    if !size.isTooSmall, let typed = key.typed, overlay?.field != nil {
      return editField { $0.insert(String(typed)) }
    }
    if message?.isLasting != true, let words = wordsOnNothing(key) { message = .glance(words) }
    return []
  }

  /// What is said of a key that means nothing here: where it means something, and which key opens that.
  private func wordsOnNothing(_ key: Key) -> String? {
    guard !size.isTooSmall, overlay == nil else { return nil }
    let help = keys.keys(of: "app.help").first.map { "; \($0) lists the keys" } ?? ""
    if run == nil, rounds == nil, labelling == nil, let command = keys.command(for: key, in: [.tree, .run]) {
      let open = keys.keys(of: "problems.open").first.map { "\($0) opens one" } ?? "open one"
      return "\(key) is '\(command.title)' in a search; \(open)\(help)"
    }
    return "\(key) does nothing here\(help)"
  }

  /// Does what a command is for, or says why it cannot be done now.
  mutating func perform(_ command: Command) -> [Effect] {
    if let reason = command.disabledReason(self) {
      message = .failure(reason)
      return []
    }
    return command.run(&self)
  }
}
