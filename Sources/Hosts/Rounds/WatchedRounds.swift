import Explorer
import Lab
import Synchronization
import Workspace

/// Keeps the rounds screen told of the workspace's rounds, whoever drives them. Nothing is written through it.
package actor WatchedRounds: RoundsHost {
  /// How often the workspace is asked what is new while somebody looks.
  private static let interval = Duration.milliseconds(400)

  private let here: RoundHere
  private let inputs: HostInputs
  private let workspace: Workspace
  private var watch = RoundsWatch.nothing
  private var watcher: Task<Void, Never>?
  /// What was last told of a round: its events, and who drove it.
  private var told: [String: (events: Int, driver: RoundDriver)] = [:]
  /// How rounds of other processes stand, and how far they were when that was last told.
  private var elsewhere: [String: (plan: RoundPlan, state: RoundState, pulse: RoundPulse, done: Int)] = [:]
  private var passed: [String: [Bool]] = [:]
  private var reading: StageReading?
  private var hasFailed = false

  /// - Parameter here: The round that this process drives.
  init(_ workspace: Workspace, here: RoundHere, inputs: HostInputs) {
    (self.workspace, self.here, self.inputs) = (workspace, here, inputs)
  }

  /// The rounds of a workspace that is only followed.
  package init(_ workspace: Workspace, inputs: HostInputs) { self.init(workspace, here: RoundHere(), inputs: inputs) }

  package func perform(_ effect: RoundsEffect) async {
    do {
      switch effect {
      case .watch(let watch): try look(at: watch)
      case .compare(let a, let b): try compare(a, b)
      // These change something; where rounds are only followed, the explorer says so before it asks.
      case .decide, .approve, .refuse, .sign, .pause, .resume: break
      }
    } catch {
      send(.failure("\(error)"))
    }
  }

  package func close() async {
    watcher?.cancel()
    await watcher?.value
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
      (told, elsewhere) = ([:], [:])
      let list = try workspace.roundList()
      var entries: [RoundEntry] = []
      // One that is damaged hides none.
      var problems = list.damage.map { "\($0.error)" }
      for record in list.rounds.reversed() {
        do { entries.append(try entry(record, workspace)) } catch { problems.append("\(error)") }
      }
      send(.rounds(.rounds(entries)))
      for record in list.rounds where told[record.id] != nil { try tellProgress(of: record, workspace) }
      problems.forEach { send(.failure($0)) }
      hasFailed = !problems.isEmpty
    }
    if case .stage(let round, let stage) = watch {
      reading = try StageReading(try workspace.round(round), stage, in: workspace)
      try tellItems(workspace)
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
  func lookOn() {
    guard watch != .nothing else { return }
    var problem: (any Error)?
    do {
      for record in try workspace.roundList().rounds {
        do { try tellNews(of: record) } catch { problem = error }
      }
      try tellItems(workspace)
    } catch {
      problem = error
    }
    if let problem, !hasFailed { send(.failure("\(problem)")) }
    hasFailed = problem != nil
  }

  private func tellNews(of record: RoundRecord) throws {
    let (events, driver) = (try workspace.eventCount(of: record), driver(of: record, workspace))
    if told[record.id].map({ $0 != (events, driver) }) ?? true { send(.rounds(.round(try entry(record, workspace)))) }
    try tellProgress(of: record, workspace)
  }

  private func tellItems(_ workspace: Workspace) throws {
    guard let news = try reading?.news(in: workspace), let reading else { return }
    for (first, items) in news {
      send(.rounds(.items(round: reading.record.id, stage: reading.stage, first: first, items)))
    }
  }

  /// What a process drives here is told by itself; what another has kept is counted.
  private func tellProgress(of record: RoundRecord, _ workspace: Workspace) throws {
    guard let known = elsewhere[record.id],
      let progress = try workspace.progress(of: record, known.plan, known.state), progress.done != known.done
    else { return }
    guard let told = known.pulse.note(progress) else { return }
    elsewhere[record.id]?.done = progress.done
    send(.rounds(.progress(round: record.id, stage: progress.stage, told)))
  }

  private func entry(_ record: RoundRecord, _ workspace: Workspace) throws -> RoundEntry {
    let (events, driver) = (try workspace.roundEvents(of: record), driver(of: record, workspace))
    let plan = try RoundPlan(of: record)
    told[record.id] = (events.count, driver)
    var entry = RoundEntry(record, plan, events, driver: driver)
    let state = RoundState(plan, events)
    if case .elsewhere = driver {
      elsewhere[record.id] = (plan, state, elsewhere[record.id]?.pulse ?? RoundPulse(), -1)
    } else {
      elsewhere[record.id] = nil
    }
    if state.stages[.gate] != .done, state.stages[.filter] == .done, !state.decisions.isEmpty {
      // What persons have said counts before the gate is closed.
      entry.accepted = try passed(of: record, workspace).enumerated().count { state.decisions[$0]?.accepted ?? $1 }
    }
    return entry
  }

  /// What the rule said of the filter's list, which does not change any more.
  private func passed(of record: RoundRecord, _ workspace: Workspace) throws -> [Bool] {
    if let known = passed[record.id] { return known }
    let all = try workspace.items(of: record, .filter, as: RoundCandidate.self).map(\.passed)
    passed[record.id] = all
    return all
  }

  private func driver(of record: RoundRecord, _ workspace: Workspace) -> RoundDriver {
    if here.drives(record.id) { return .here }
    return workspace.isDriven(record) ? .elsewhere("another process") : .nobody
  }

  private func compare(_ first: String, _ second: String) throws {
    let (a, b) = (try workspace.round(first), try workspace.round(second))
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

/// Which round goes on in this process; asked by those who tell of it, set by the one who drives it.
final class RoundHere: Sendable {
  private let name = Mutex<String?>(nil)

  /// The round's name; nil where none goes on here.
  var id: String? {
    get { name.withLock { $0 } }
    set { name.withLock { $0 = newValue } }
  }

  /// True for the round that goes on here.
  func drives(_ round: String) -> Bool { id == round }
}
