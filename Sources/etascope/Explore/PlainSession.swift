import Dispatch
import Explorer
import Foundation
import Hosts
import Runs
import TreeInsight
import TreeSearch
import Vocabulary
import Workspace

/// The explorer as lines: what happens is printed, commands are words. For screen readers, dumb terminals and scripts.
@MainActor
final class PlainSession {
  /// Everything that can happen, in one queue.
  private enum Input: Sendable {
    case host(HostInput)
    /// A line was typed.
    case line(String)
    /// No further line will be typed.
    case ended
    case stopped
    /// What the host had sent when this was put into the queue lies before it.
    case mark(Int)
  }

  private typealias Inputs = AsyncStream<Input>.AsyncIterator

  private let inputs: AsyncStream<Input>
  private let feed: AsyncStream<Input>.Continuation
  private let host: any RunHost
  private let rounds: any RoundsHost
  private let out = StandardOutput()
  private var state: ExplorerState
  private var lines: [String] = []
  private var hasInput = true
  private var wasStopped = false
  /// Marks put into the queue, and the last one that has come out of it.
  private var (marks, reached) = (0, 0)
  private var told = ""

  /// - Parameters:
  ///   - rounds: Makes what stands behind the rounds screen and sends it inputs.
  ///   - host: Makes what stands behind the explorer and sends it inputs.
  init(
    state: ExplorerState, rounds: (HostInputs) -> any RoundsHost = { NoRounds(inputs: $0) },
    host: (HostInputs) -> any RunHost
  ) {
    (inputs, feed) = AsyncStream.makeStream()
    self.state = state
    let feed = HostInputs(into: feed) { Input.host($0) }
    self.host = host(feed)
    self.rounds = rounds(feed)
    // Large enough that every command is there, and nothing is folded away.
    _ = self.state.reduce(.resize(Size(columns: 200, rows: 60)))
  }

  /// Reads commands until the end of the input, `quit` or a signal; what was asked for is finished first.
  ///
  /// - Parameter round: The round that is told of first; nil for what `opening` says.
  func run(opening: RunOpening?, round: String? = nil) async throws -> ExplorerSession.Ending {
    let signals = Self.watchSignals(feed)
    defer { signals.forEach { $0.cancel() } }
    readLines()
    await host.begin(opening)
    if let round { _ = try await perform(state.reduce(.showRounds(at: round))) }
    var iterator = inputs.makeAsyncIterator()
    try await rest(&iterator)
    try tell(state.plainPlace + [state.plainStatus, "Type a command; help lists them."])
    while !wasStopped {
      if let line = lines.first {
        lines.removeFirst()
        guard try await obey(line, &iterator) else { break }
      } else if !hasInput {
        try await rest(&iterator)
        break
      } else if let input = await iterator.next(isolation: #isolation) {
        try await receive(input)
      }
    }
    await rounds.close()
    await host.close()
    try tell([state.plainStatus])
    return wasStopped ? .signal : .quit
  }

  /// Does what a line asks for; false where it ends the program.
  private func obey(_ line: String, _ iterator: inout Inputs) async throws -> Bool {
    let (node, lesson) = (state.place, state.plainLesson)
    switch state.read(line: line) {
    case .quit: return false
    case .wait: try await rest(&iterator)
    case .tell(let words): try tell(words)
    case .act(let effects):
      if try await perform(effects) { return false }
      // A search that runs on is left alone, so that it can be paused; everything else is waited for.
      if !effects.contains(where: \.isLong), !effects.isEmpty { try await rest(&iterator) }
      try tellMessage()
      if state.plainLesson != lesson {
        try tell(state.plainLesson)
      } else if state.place != node {
        try tell(state.plainPlace)
      }
      if !effects.isEmpty { try tell([state.plainStatus]) }
    }
    return true
  }

  /// Does what the state asks for; true where that is the end.
  private func perform(_ effects: [Effect]) async throws -> Bool {
    for effect in effects {
      switch effect {
      case .session(.quit): return true
      case .session(.copy(let text)): try tell([text.text])
      case .session(.lookOn): while state.reduce(.lookOn) == [.session(.lookOn)] {}
      case .session(.suspend), .session(.setTheme), .session(.setMouse), .session(.snapshot), .session(.clearVotes):
        try tell(["That needs the screen."])
      case .run(let effect): await host.perform(effect)
      case .rounds(let effect): await rounds.perform(effect)
      }
    }
    return false
  }

  /// Waits until the search rests and everything that came of it has arrived.
  private func rest(_ iterator: inout Inputs) async throws {
    let goal = await host.eventCountAtRest()
    marks += 1
    feed.yield(.mark(marks))
    func isMissing(_ goal: Int) -> Bool { state.run.map { $0.timeline.count < goal || $0.status == .running } ?? true }
    while !wasStopped, reached < marks || goal.map(isMissing) == true {
      guard let input = await iterator.next(isolation: #isolation) else { return }
      try await receive(input)
    }
  }

  private func receive(_ input: Input) async throws {
    switch input {
    case .line(let line): lines.append(line)
    case .ended: hasInput = false
    case .stopped: wasStopped = true
    case .host(let input): for action in input.actions(on: state.run?.id) { try await reduce(action) }
    case .mark(let mark): reached = mark
    }
  }

  private func reduce(_ action: Action) async throws {
    let (before, place, lesson) = (state.run?.status, state.place, state.plainLesson)
    _ = try await perform(state.reduce(action, at: .now))
    _ = state.releaseLeft()
    switch action {
    case .failure: try tellMessage()
    // What the presenter does is told to those who follow.
    case .presenter where state.place != place && place != nil: try tell(state.plainPlace)
    case .shown where state.plainLesson != lesson: try tell(state.plainLesson)
    case .task: try tell(state.plainPlace)
    case .rounds(.round(let round)) where state.following != nil: try tell([round.sentence])
    case .events where state.following != nil && state.run?.status != .running: try tell([state.plainStatus])
    // A search that ran on has come to rest.
    case .runState where before == .running && state.run?.status != .running && lines.isEmpty:
      try tell([state.plainStatus])
    default: break
    }
  }

  private func tellMessage() throws {
    if let message = state.dismissMessage() { try tell([message.text]) }
  }

  /// Prints lines; a status that has just been said is not said again.
  private func tell(_ words: [String]) throws {
    for line in words where line != told {
      try out.line(line.printable)
      told = line
    }
  }

  private func readLines() {
    let feed = feed
    Thread.detachNewThread {
      while let line = readLine() { feed.yield(.line(line)) }
      feed.yield(.ended)
    }
  }

  /// Not of the main actor, as its handlers are not: they run on a queue of their own.
  private nonisolated static func watchSignals(
    _ feed: AsyncStream<Input>.Continuation
  ) -> [any DispatchSourceSignal] {
    [SIGINT, SIGTERM, SIGHUP].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { feed.yield(.stopped) }
      source.resume()
      return source
    }
  }
}

extension Effect {
  /// True where the search runs on until a limit or a pause.
  fileprivate var isLong: Bool {
    switch self {
    case .run(.run), .run(.runMore): true
    case .run, .session, .rounds: false
    }
  }
}
