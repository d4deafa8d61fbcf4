import Canvas
import Explorer
import Runs
import Terminal
import TreeInsight
import TreeSearch
import Workspace

/// Joins terminal, explorer state and the live run: actions in, frames and effects out.
@MainActor
final class ExplorerSession {
  /// What to show first.
  enum Opening {
    case problem(String)
    case run(RunRecord)
    /// The tour in a file.
    case tour(String)
  }

  /// How a session ended.
  enum Ending {
    case quit
    case signal
    case failure(String)
  }

  /// Everything that can happen, in one queue.
  enum Input: Sendable {
    case terminal(TerminalEvent)
    case action(Action)
    /// The driver of a run has told something.
    case run(UpdateMailbox, of: String)
    case paint
    /// A line was typed, where lines are read.
    case line(String)
    case ended
  }

  private let terminal: Terminal
  private let themes: ThemeStore
  private let glyphs: GlyphSet
  private let inputs = AsyncStream<Input>.makeStream()
  private let effects = AsyncStream<Effect>.makeStream()
  private let host: any RunHost
  private let presence: Presence?
  private var state: ExplorerState
  private var theme: Theme
  private let clock = ContinuousClock()
  private var pacer = FramePacer()
  private var shownTitle = ""

  /// - Parameters:
  ///   - presence: Tells followers where this person stands; nil for those who follow themselves.
  ///   - host: Makes what stands behind the explorer and sends it inputs.
  init(
    terminal: Terminal, themes: ThemeStore, isASCII: Bool, state: ExplorerState, presence: Presence? = nil,
    host: (AsyncStream<Input>.Continuation) -> any RunHost
  ) throws {
    self.terminal = terminal
    self.themes = themes
    glyphs = isASCII ? .ascii : .unicode
    theme = terminal.colorDepth == .mono ? .monochrome : try themes.load(state.theme)
    self.state = state
    self.presence = presence
    self.host = host(inputs.continuation)
  }

  /// Shows the explorer until the person quits, the terminal goes away or a signal asks for the end.
  func run(opening: Opening?) async throws -> Ending {
    do {
      try terminal.start(mouse: state.usesMouse)
    } catch {
      throw ExitError.usage("\(error)")
    }
    defer { terminal.stop() }
    let size = terminal.size
    _ = state.reduce(.resize(Size(columns: size.width, rows: size.height)))
    let workers = [Task { await forwardTerminal() }, Task { await performEffects() }]
    switch opening {
    // A run is there with the first frame; a problem or a tour may take a moment.
    case .run: await host.begin(opening)
    default: Task { await host.begin(opening) }
    }
    presence?.start { [inputs] in inputs.continuation.yield(.action(.votes($0))) }
    defer { presence?.close() }
    paint()
    let ending = await loop()
    workers.forEach { $0.cancel() }
    await host.close()
    return ending
  }

  private func loop() async -> Ending {
    for await input in inputs.stream {
      switch input {
      case .terminal(.hangup), .terminal(.terminate), .terminal(.interrupt): return .signal
      case .terminal(let event):
        if take(action(event)) { return .quit }
        paint()
      case .action(let action):
        let wasFinding = state.isFinding
        if take(action) { return .quit }
        // What a key has looked for is the answer to it, and waits for no other frame.
        if wasFinding && !state.isFinding { paint() } else { paint(pacer.next(at: clock.now)) }
      case .run(let box, let id):
        for update in box.take() where state.run?.id == id {
          if take(Action(update)) { return .quit }
        }
        paint(pacer.next(at: clock.now))
      case .paint: paint(pacer.due(at: clock.now))
      case .line: break
      case .ended: return .signal
      }
    }
    return .quit
  }

  /// Changes the state; true when the person quits. What the state asks for is done in order, elsewhere.
  private func take(_ action: Action?) -> Bool {
    guard let action else { return false }
    for effect in state.reduce(action, at: .now) {
      switch effect {
      case .quit: return true
      case .suspend: terminal.suspend()
      case .setTheme(let name): setTheme(name)
      case .copy(let text): _ = state.reduce(.notice(Clipboard(terminal).copy(text)))
      case .setMouse(let isOn): terminal.setMouse(isOn)
      case .snapshot: saveSnapshot()
      case .lookOn: inputs.continuation.yield(.action(.lookOn))
      default: effects.continuation.yield(effect)
      }
    }
    if let run = state.takeLeft() { Task.detached(priority: .utility) { withExtendedLifetime(run) {} } }
    return false
  }

  private func setTheme(_ name: String) {
    do {
      if terminal.colorDepth != .mono { theme = try themes.load(name) }
      _ = state.reduce(.theme(name))
    } catch {
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

  private func performEffects() async {
    for await effect in effects.stream { await host.perform(effect) }
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

extension Action {
  /// What a driver's update means for the explorer.
  init(_ update: RunUpdate) {
    switch update {
    case .events(let events): self = .events(events)
    case .state(let state): self = .runState(state)
    case .failure(let message): self = .failure(message)
    case .notices(let notices): self = .watched(notices)
    }
  }
}
