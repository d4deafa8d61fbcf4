import Canvas
import Explorer
import Hosts
import Runs
import Terminal
import TreeInsight
import TreeSearch
import Workspace

/// Joins terminal, explorer state and the live run: actions in, frames and effects out.
@MainActor
final class ExplorerSession {
  /// How a session ended.
  enum Ending {
    case quit
    case signal
    case failure(String)
  }

  /// Everything that can happen, in one queue.
  enum Input: Sendable {
    case terminal(TerminalEvent)
    case host(HostInput)
    case paint
    case ended
  }

  private let terminal: Terminal
  private let themes: ThemeStore
  private let glyphs: GlyphSet
  private let inputs = AsyncStream<Input>.makeStream()
  private let host: any RunHost
  private let queue: HostQueue
  private let rounds: any RoundsHost
  private let roundsQueue: RoundsQueue
  private let presence: Presence?
  private var state: ExplorerState
  private var theme: Theme
  private var themeName: String
  private let clock = ContinuousClock()
  private var pacer = FramePacer()
  private var shownTitle = ""
  private let preferences: PreferencesFile?
  /// What was kept before, with the theme chosen since.
  private var kept = Preferences()

  /// - Parameters:
  ///   - theme: The theme that `state` names, as this terminal can show it.
  ///   - presence: Tells followers where this person stands; nil for those who follow themselves.
  ///   - preferences: Where it is kept what the person has arranged; nil keeps nothing.
  ///   - rounds: Makes what stands behind the rounds screen and sends it inputs.
  ///   - host: Makes what stands behind the explorer and sends it inputs.
  init(
    terminal: Terminal, theme: Theme, themes: ThemeStore, isASCII: Bool, state: ExplorerState,
    presence: Presence? = nil, preferences: PreferencesFile? = nil,
    rounds: (HostInputs) -> any RoundsHost = { NoRounds(inputs: $0) }, host: (HostInputs) -> any RunHost
  ) {
    self.terminal = terminal
    self.themes = themes
    glyphs = isASCII ? .ascii : .unicode
    self.theme = theme
    themeName = state.theme
    self.state = state
    self.state.glyphs = glyphs
    self.presence = presence
    self.preferences = preferences
    let feed = HostInputs(into: inputs.continuation) { Input.host($0) }
    self.host = host(feed)
    queue = HostQueue(self.host)
    self.rounds = rounds(feed)
    roundsQueue = RoundsQueue(self.rounds)
  }

  /// Shows the explorer until the person quits, the terminal goes away or a signal asks for the end.
  ///
  /// - Parameter round: The round on the screen first; nil for what `opening` says.
  func run(opening: RunOpening?, round: String? = nil) async throws -> Ending {
    do {
      try terminal.start(mouse: state.usesMouse)
    } catch {
      throw ExitError.usage("\(error)")
    }
    defer { terminal.stop() }
    let size = terminal.size
    arrange()
    _ = state.reduce(.resize(Size(columns: size.width, rows: size.height)))
    defer { keep() }
    switch opening {
    // A run is there with the first frame; a problem or a tour may take a moment, and what is asked for meanwhile waits.
    case .run: await host.begin(opening)
    case .problem, .tour, nil: queue.begin(opening)
    }
    if let round { _ = reduce(.showRounds(at: round)) }
    let workers = [
      Task { await forwardTerminal() }, Task { [queue] in await queue.work() },
      Task { [roundsQueue] in await roundsQueue.work() },
    ]
    presence?.start { [inputs] in
      inputs.continuation.yield(.host(.action(.votes($0))))
    } onProblem: { [inputs] in
      inputs.continuation.yield(.host(.action(.failure($0))))
    }
    defer { presence?.close() }
    paint()
    let ending = await loop()
    workers.forEach { $0.cancel() }
    await rounds.close()
    await host.close()
    return ending
  }

  private func loop() async -> Ending {
    for await input in inputs.stream {
      switch input {
      case .terminal(.hangup), .terminal(.terminate), .terminal(.interrupt): return .signal
      case .terminal(let event):
        if let action = action(event), reduce(action) { return .quit }
        paint()
      case .host(let input):
        let wasFinding = state.isFinding
        for action in input.actions(on: state.run?.id) {
          if reduce(action) { return .quit }
        }
        // What a key has looked for is the answer to it, and waits for no other frame.
        if wasFinding && !state.isFinding { paint() } else { paint(pacer.next(at: clock.now)) }
      case .paint: paint(pacer.due(at: clock.now))
      case .ended: return .signal
      }
    }
    return .quit
  }

  /// Changes the state; true when the person quits. What the state asks for is done in order, elsewhere.
  private func reduce(_ action: Action) -> Bool {
    var quits = false
    for effect in state.reduce(action, at: .now) where !quits {
      switch effect {
      case .session(let effect): quits = perform(effect)
      case .run(let effect): queue.perform(effect)
      case .rounds(let effect): roundsQueue.perform(effect)
      }
    }
    if let run = state.releaseLeft() { Task.detached(priority: .utility) { withExtendedLifetime(run) {} } }
    return quits
  }

  /// Does what concerns the terminal or the program itself; true where that is its end.
  private func perform(_ effect: SessionEffect) -> Bool {
    switch effect {
    case .quit: return true
    case .suspend: terminal.suspend()
    case .setTheme(let name): setTheme(name)
    case .copy(let text): _ = state.reduce(.notice(Clipboard(terminal).copy(text)))
    case .setMouse(let isOn): terminal.setMouse(isOn)
    case .clearVotes: presence?.clearVotes()
    case .snapshot: saveSnapshot()
    case .lookOn: inputs.continuation.yield(.host(.action(.lookOn)))
    }
    return false
  }

  /// Arranges the screen as the person left it.
  private func arrange() {
    guard let preferences else { return }
    if let kept = preferences.kept {
      self.kept = kept
      state.arrange(kept)
    } else {
      state.greet()
    }
    if let problem = preferences.problem { state.sayAtFirst(problem) }
  }

  /// Keeps what the person has arranged for the next time.
  private func keep() {
    var now = state.preferences
    now.theme = kept.theme
    preferences?.write(now)
  }

  private func setTheme(_ name: String) {
    do {
      // Without colours it is read, too: a broken theme is said wherever it is chosen.
      let chosen = try themes.load(name)
      if terminal.colorDepth != .mono { theme = chosen }
      themeName = name
      kept.theme = name
      _ = state.reduce(.theme(name))
    } catch {
      // The next key on it says so again.
      _ = state.reduce(.theme(themeName))
      _ = state.reduce(.failure("\(error)"))
    }
  }

  private func action(_ event: TerminalEvent) -> Action? {
    switch event {
    case .key(let key): .key(key)
    case .mouse(let event): .mouse(event)
    case .paste(let text): .paste(text)
    case .resize(let width, let height): .resize(Size(columns: width, rows: height))
    case .resumed, .hangup, .interrupt, .terminate: nil
    }
  }

  private func forwardTerminal() async {
    for await event in terminal.events { inputs.continuation.yield(.terminal(event)) }
    inputs.continuation.yield(.ended)
  }

  private func saveSnapshot() {
    do {
      let frame = state.view(size: state.size, theme: theme, glyphs: glyphs)
      _ = state.reduce(.notice("saved as \(try Snapshot.save(frame, name: state.run?.id ?? "problems"))"))
    } catch {
      _ = state.reduce(.failure("\(error)"))
    }
  }

  private func paint() {
    pacer.painted(at: clock.now)
    defer { presence?.note(state) }
    let title = "etascope" + (state.run.map { " \($0.tree.header.problem.id)" } ?? "")
    if title != shownTitle {
      terminal.setTitle(title)
      shownTitle = title
    }
    terminal.paint(state.view(size: state.size, theme: theme, glyphs: glyphs))
  }

  /// Paints when its turn comes.
  private func paint(_ turn: FramePacer.Turn) {
    switch turn {
    case .now: paint()
    case .scheduled: break
    case .after(let delay):
      Task {
        try? await Task.sleep(for: delay)
        inputs.continuation.yield(.paint)
      }
    }
  }
}
