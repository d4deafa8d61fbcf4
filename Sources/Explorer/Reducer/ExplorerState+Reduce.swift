import Canvas
import TreeInsight
import TreeSearch

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
    default: break
    }
    settle()
    return effects
  }

  /// Changes the state as a key would: what follows from it is put in order, too.
  mutating func reduce(_ change: (inout ExplorerState) -> [Effect]) -> [Effect] {
    let effects = change(&self)
    settle()
    return effects
  }

  private mutating func change(_ action: Action) -> [Effect] {
    switch action {
    case .key(let key): return press(key)
    case .paste(let text):
      if !size.isTooSmall { return editField { $0.insert(text) } }
    case .mouse(let event): return point(event)
    case .resize(let size): self.size = size
    case .events(let events): take(events)
    case .runState(let status): return withRun { $0.status = status }
    case .writing(let line): return withRun { $0.writing = line }
    case .watched(let notices): return take(notices)
    case .lookOn: return lookOn()
    case .opened(let run):
      show(run)
      (matchSearch, matchCount) = (nil, nil)
      teaching = teaches ? Teaching(run) : nil
      tour = nil
      votes = [:]
      popup = nil
      message = nil
      if !breakpoints.entries.isEmpty { return [.run(.setBreakpoints(breakpoints.enabled))] }
    case .presenter(let place, let problem): take(place, votingProblem: problem)
    case .votes(let votes):
      let isNew = votes.values.reduce(0, +) > self.votes.values.reduce(0, +)
      self.votes = votes
      if isNew, let words = stageWords { message = .notice(words) }
    case .runsToCompare(let runs): return choose(among: runs)
    case .compared(let difference, let a, let b): popup = .comparison(Comparison(difference, a: a, b: b))
    case .tour(let tour):
      self.tour = TourPlace(tour)
      teaches = true
      teaching = run.map { Teaching($0) }
    case .problems(let entries): problems.replace(entries, height: layout.listRows)
    case .committed(let id):
      message = .notice("committed as \(id)")
      run?.commits.append(id)
      return note(.commit(moment: run?.timeline.count ?? 0, id))
    case .theme(let name): theme = name
    case .notice(let text): message = .notice(text)
    case .failure(let text): message = .failure(text)
    }
    return []
  }

  mutating func press(_ key: Key) -> [Effect] {
    message = nil
    (matchSearch, matchCount) = (nil, nil)
    if let tour, popup != nil, tour.wanted.first == .escape,
      keys.command(for: key, in: [.run])?.id == "tour.next"
    {
      return press(.escape)  // in a popup the tour's own key would be text
    }
    if popup?.field == nil || key == .escape { tour?.note(key) }
    if let command = keys.command(for: key, in: contexts) { return perform(command) }
    if case .menu(let menu) = popup, let choice = key.typed.flatMap({ menu.choice($0) }) { return take(choice) }
    // What no binding wants is text, where there is a field for it.
    if !size.isTooSmall, let typed = key.typed { return editField { $0.insert(String(typed)) } }
    return []
  }

  /// Does what a command is for, or says why it cannot be done now.
  mutating func perform(_ command: Command) -> [Effect] {
    if let reason = command.disabledReason(self) {
      message = .failure(reason)
      return []
    }
    return command.run(&self)
  }

  /// Scrolls what the last change moved out of sight back into it.
  private mutating func settle() {
    if let focus = run?.focus, !arrangement.shownPanels.contains(focus) {
      _ = self.focus { arrangement, _ in arrangement.shownPanels[0] }
    }
    settleFollowing()
    settleLesson()
    let height = listHeight
    if run == nil { problems.settle(height: height) } else { run?.settle(height: height) }
  }
}
