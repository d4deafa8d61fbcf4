import Explorer
import Lab
import Synchronization
import Workspace

/// The workspace's rounds for those who own it: it drives one where a person asks for it, and keeps what persons say.
package actor LiveRounds: RoundsHost {
  private let workspace: Workspace
  private let settings: Settings
  private let inputs: HostInputs
  private let here = RoundHere()
  /// Tells of them.
  private let watched: WatchedRounds
  private var driven: Driven?

  /// A round that goes on in this process.
  private struct Driven {
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
    watched = WatchedRounds(workspace, here: here, inputs: inputs)
  }

  package func perform(_ effect: RoundsEffect) async {
    do {
      switch effect {
      case .watch, .compare: return await watched.perform(effect)
      case .decide(let round, let item, let isAccepted, let note):
        try decide(workspace.round(round), item, isAccepted, note)
      case .approve(let round, let note): try say(.approve(note: note), round)
      case .refuse(let round, let note): try say(.reject(note: note), round)
      case .sign(let round, let note): try say(.sign(note: note), round)
      case .pause(let round):
        guard here.drives(round) else { return send(.failure("round \(round) is not driven here")) }
        driven?.stop.raise()
        send(.notice("round \(round) rests after what is in flight"))
      case .resume(let round): try drive(workspace.round(round))
      }
      await watched.lookOn()
    } catch {
      send(.failure("\(error)"))
    }
  }

  package func close() async {
    await watched.close()
    driven?.stop.raise()
    await driven?.work?.value
  }

  /// A person's word on a trajectory: it counts until what is accepted has been committed.
  private func decide(_ record: RoundRecord, _ item: Int, _ isAccepted: Bool, _ note: String) throws {
    guard try workspace.state(of: record).stages[.gate] != .done else {
      return send(.failure("round \(record.id): its gate is closed: what was accepted is committed"))
    }
    try workspace.say(.decided(item: item, accepted: isAccepted, note: note), of: record)
  }

  /// A person's word on the round; one that was waited for lets it go on.
  private func say(_ word: RoundWord, _ id: String) throws {
    let record = try workspace.round(id)
    try word.say(of: record, in: workspace)
    if case .reject = word {
      if here.drives(id) { driven?.stop.raise() }
    } else if !here.drives(id), !workspace.isDriven(record) {
      let state = try workspace.state(of: record)
      if state.isWaiting(by: try RoundPlan(of: record)) == nil { try drive(record) }
    }
  }

  /// Lets a round go on in this process, behind this call.
  private func drive(_ record: RoundRecord) throws {
    if let id = here.id { return send(.failure("round \(id) is being driven here; pause it first")) }
    let (stop, pulse) = (Stop(), RoundPulse())
    var control = RoundControl()
    control.isInterrupted = { stop.wasRaised }
    control.progress = { [inputs] progress in
      guard let told = pulse.note(progress) else { return }
      inputs.yield(.action(.rounds(.progress(round: progress.round, stage: progress.stage, told))))
    }
    let runner = RoundRunner(workspace, settings: settings, control: control)
    here.id = record.id
    driven = Driven(stop: stop)
    driven?.work = Task {
      var failure: String?
      do {
        _ = try await runner.run(record)
      } catch {
        failure = "\(error)"
      }
      await ended(failure)
    }
  }

  private func ended(_ failure: String?) async {
    (driven, here.id) = (nil, nil)
    if let failure { send(.failure(failure)) }
    await watched.lookOn()
  }

  private func send(_ action: Action) { inputs.yield(.action(action)) }
}
