import Explorer
import Foundation
import Lab
import Synchronization
import Vocabulary
import Workspace

/// Keeps the rounds screen told of the workspace's rounds, whoever drives them, and drives one where a person asks for it.
package actor LiveRounds: RoundsHost {
  /// How often the workspace is asked what is new while somebody looks.
  private static let interval = Duration.milliseconds(400)

  private let workspace: Workspace
  private let settings: Settings
  private let inputs: HostInputs
  private var watch = RoundsWatch.nothing
  private var watcher: Task<Void, Never>?
  /// What was last told of a round: its events, and who drove it.
  private var told: [String: (events: Int, driver: RoundDriver)] = [:]
  private var passed: [String: [Bool]] = [:]
  private var reading: StageReading?
  private var driven: Driven?
  private var hasFailed = false

  /// A round that goes on in this process.
  private struct Driven {
    let id: String
    let stop: Stop
    var work: Task<Void, Never>?
  }

  /// Whether a driver should rest; asked from any thread.
  private final class Stop: Sendable {
    private let isRaised = Mutex(false)
    func raise() { isRaised.withLock { $0 = true } }
    var wasRaised: Bool { isRaised.withLock { $0 } }
  }

  package init(workspace: Workspace, settings: Settings, inputs: HostInputs) {
    (self.workspace, self.settings, self.inputs) = (workspace, settings, inputs)
  }

  package func perform(_ effect: RoundsEffect) async {
    do {
      switch effect {
      case .watch(let watch): try look(at: watch)
      case .decide(let round, let item, let isAccepted, let note):
        try decide(workspace.round(round), item, isAccepted, note)
      case .approve(let round, let note): try say(.approve(note: note), round)
      case .refuse(let round, let note): try say(.reject(note: note), round)
      case .sign(let round, let note): try say(.sign(note: note), round)
      case .pause(let round):
        guard driven?.id == round else { return send(.failure("round \(round) is not driven here")) }
        driven?.stop.raise()
        send(.notice("round \(round) rests after what is in flight"))
      case .resume(let round): try drive(workspace.round(round))
      case .compare(let a, let b): try compare(workspace.round(a), workspace.round(b))
      }
    } catch {
      send(.failure("\(error)"))
    }
  }

  package func close() async {
    watcher?.cancel()
    driven?.stop.raise()
    await driven?.work?.value
  }

  /// Tells of what is on the screen now, and of what becomes of it.
  private func look(at watch: RoundsWatch) throws {
    let wasOff = self.watch == .nothing
    self.watch = watch
    (reading, hasFailed) = (nil, false)
    guard watch != .nothing else {
      watcher?.cancel()
      watcher = nil
      return
    }
    if wasOff {
      told = [:]
      send(.rounds(.rounds(try workspace.rounds().reversed().map { try entry($0) })))
    }
    if case .stage(let round, let stage) = watch {
      reading = try StageReading(try workspace.round(round), stage, in: workspace)
      try tellItems()
    }
    guard watcher == nil else { return }
    watcher = Task { [weak self] in
      while !Task.isCancelled {
        try? await Task.sleep(for: Self.interval)
        await self?.lookOn()
      }
    }
  }

  /// Tells what has come since the last look. What cannot be read is said once.
  private func lookOn() {
    do {
      for record in try workspace.rounds() {
        let (events, driver) = (try workspace.eventCount(of: record), driver(of: record))
        if let told = told[record.id], told == (events, driver) { continue }
        send(.rounds(.round(try entry(record))))
      }
      try tellItems()
      hasFailed = false
    } catch {
      if !hasFailed { send(.failure("\(error)")) }
      hasFailed = true
    }
  }

  private func tellItems() throws {
    guard let news = try reading?.news(in: workspace), let reading else { return }
    for (first, items) in news {
      send(.rounds(.items(round: reading.record.id, stage: reading.stage, first: first, items)))
    }
  }

  private func entry(_ record: RoundRecord) throws -> RoundEntry {
    let (events, driver) = (try workspace.roundEvents(of: record), driver(of: record))
    told[record.id] = (events.count, driver)
    let plan = try RoundPlan(of: record)
    var entry = RoundEntry(record, plan, events, driver: driver)
    let state = RoundState(plan, events)
    if state.stages[.gate] != .done, state.stages[.filter] == .done, !state.decisions.isEmpty {
      // What persons have said counts before the gate is closed.
      entry.accepted = try passed(of: record).enumerated().count { state.decisions[$0]?.accepted ?? $1 }
    }
    return entry
  }

  /// What the rule said of the filter's list, which does not change any more.
  private func passed(of record: RoundRecord) throws -> [Bool] {
    if let known = passed[record.id] { return known }
    let all = try workspace.items(of: record, .filter, as: RoundCandidate.self).map(\.passed)
    passed[record.id] = all
    return all
  }

  private func driver(of record: RoundRecord) -> RoundDriver {
    if driven?.id == record.id { return .here }
    return workspace.isDriven(record) ? .elsewhere("another process") : .nobody
  }

  /// A person's word on a trajectory: it counts until what is accepted has been committed.
  private func decide(_ record: RoundRecord, _ item: Int, _ isAccepted: Bool, _ note: String) throws {
    guard try workspace.state(of: record).stages[.gate] != .done else {
      return send(.failure("round \(record.id): its gate is closed: what was accepted is committed"))
    }
    try workspace.say(.decided(item: item, accepted: isAccepted, note: note), of: record)
    lookOn()
  }

  /// A person's word on the round; one that was waited for lets it go on.
  private func say(_ word: RoundWord, _ id: String) throws {
    let record = try workspace.round(id)
    try word.say(of: record, in: workspace)
    if case .reject = word {
      if driven?.id == id { driven?.stop.raise() }
    } else if driver(of: record) == .nobody {
      let state = try workspace.state(of: record)
      if state.isWaiting(by: try RoundPlan(of: record)) == nil { try drive(record) }
    }
    lookOn()
  }

  /// Lets a round go on in this process, behind this call.
  private func drive(_ record: RoundRecord) throws {
    if let driven { return send(.failure("round \(driven.id) is being driven here; pause it first")) }
    let (stop, pulse) = (Stop(), RoundPulse())
    var control = RoundControl()
    control.isInterrupted = { stop.wasRaised }
    control.progress = { [inputs] progress in
      guard let told = pulse.note(progress) else { return }
      inputs.yield(.action(.rounds(.progress(round: progress.round, stage: progress.stage, told))))
    }
    let runner = RoundRunner(workspace, settings: settings, control: control)
    driven = Driven(id: record.id, stop: stop)
    driven?.work = Task {
      var failure: String?
      do {
        _ = try await runner.run(record)
      } catch {
        failure = "\(error)"
      }
      ended(failure)
    }
    lookOn()
  }

  private func ended(_ failure: String?) {
    driven = nil
    if let failure { send(.failure(failure)) }
    if watch != .nothing { lookOn() }
  }

  private func compare(_ a: RoundRecord, _ b: RoundRecord) throws {
    let (pairs, figures) = try workspace.trials(a, b)
    let problems = try workspace.problems(of: b)
    send(
      .rounds(
        .compared(
          RoundComparison(
            a: a.id, b: b.id, figures: figures.map { RoundFigure($0) },
            problems: pairs.map { TrialItem($0.before, $0.after, problems) }))))
  }

  private func send(_ action: Action) { inputs.yield(.action(action)) }
}

/// How fast a stage comes on, told at most ten times a second.
private final class RoundPulse: Sendable {
  private struct Stretch {
    var stage: RoundStageName
    var began: ContinuousClock.Instant
    var first: Int
    var told: ContinuousClock.Instant
  }

  private let stretch = Mutex<Stretch?>(nil)

  /// What is to be told of a progress; nil where something was told just now.
  func note(_ progress: RoundProgress) -> StageProgress? {
    let now = ContinuousClock.now
    let rate = stretch.withLock { stretch -> Double?? in
      guard let known = stretch, known.stage == progress.stage, known.first <= progress.done else {
        stretch = Stretch(stage: progress.stage, began: now, first: progress.done, told: now)
        return .some(nil)
      }
      guard now - known.told >= .milliseconds(100) || progress.done == progress.all else { return nil }
      stretch?.told = now
      let seconds = (now - known.began) / .seconds(1)
      return .some(seconds > 0.5 ? Double(progress.done - known.first) / seconds : nil)
    }
    guard let rate else { return nil }
    let left = rate.flatMap { $0 > 0 && progress.all > 0 ? Double(progress.all - progress.done) / $0 : nil }
    return StageProgress(
      done: progress.done, all: progress.all, rate: rate, secondsLeft: left, note: progress.note)
  }
}
