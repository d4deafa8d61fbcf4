import Explorer
import Foundation
import Runs
import TreeSearch
import Vocabulary
import Workspace

/// A run that another process writes, read as it grows. Its writer notices nothing of it.
actor FollowedRun {
  private static let interval = Duration.milliseconds(150)
  /// Looks at this run between two at all the others.
  private static let looksBetween = 4

  /// The run.
  let record: RunRecord
  private let stage: Stage
  private let voter: String
  private let inputs: HostInputs
  /// Why nobody here can change it, for an explorer that may change others.
  private let readOnlyReason: String?
  private let workspace: Workspace
  private var count = 0
  private var told: (place: PresenterPlace?, problem: String?)?
  /// The fork that is searched beside the run.
  private var beside: FollowedFork?
  /// Who presents, or presented last: followers go where they go.
  private var presenter: String?
  /// Looks since nobody presents here.
  private var missed = 0
  private var reader: Task<Void, Never>?

  /// A run of a workspace that is followed.
  init(_ record: RunRecord, in workspace: Workspace, inputs: HostInputs, readOnlyReason: String? = nil) {
    (self.record, self.workspace, self.inputs, self.readOnlyReason) = (record, workspace, inputs, readOnlyReason)
    stage = Stage(workspace: workspace.path, run: record.id)
    // A name that nobody can take first.
    voter = UUID().uuidString
  }

  /// Shows the run, and what comes of it until the end.
  func begin() {
    do {
      let past = try workspace.timeline(of: record.id, upTo: JournalReading.beginning)
      count = past.count
      var run = OpenRun(id: record.id, timeline: past, notes: try workspace.notes(of: record.id, labelledBy: nil))
      run.readOnlyReason = readOnlyReason
      send(.action(.opened(run)))
      tellPlace()
    } catch {
      send(.action(.failure("\(error)")))
      return
    }
    reader = Task {
      while !Task.isCancelled {
        if !readOn() { try? await Task.sleep(for: Self.interval) }
      }
    }
  }

  /// Votes for a node, or (nil) takes the vote back.
  func vote(_ node: NodeID?) {
    guard let node else { return stage.retract(voter) }
    if let problem = stage.vote(node.offset, as: voter) {
      send(.action(.failure("the vote does not count: \(problem)")))
    }
  }

  /// Reads no further; returns when nothing more is sent.
  func close() async {
    reader?.cancel()
    await reader?.value
    stage.retract(voter)
  }

  /// Sends the next portion of what has been added to the journal since the last look; true where there is more.
  private func readOn() -> Bool {
    defer { tellPlace() }
    do {
      let length = try workspace.eventCount(of: record.id)
      guard length > count else { return false }
      let events = try workspace.events(of: record.id, from: count, upTo: count + JournalReading.portion)
      count += events.count
      send(.action(.events(events)))
      return count < length
    } catch let error as WorkspaceError where error.kind == .busy {
      return false  // the presenter was faster; what there is, is there a moment later
    } catch {
      send(.action(.failure("\(error)")))
      reader?.cancel()
      return false
    }
  }

  private func tellPlace() {
    let now = (place: stage.presenter(), problem: stage.votingProblem)
    if let who = now.place?.who { presenter = who }
    missed = now.place == nil ? missed + 1 : 0
    if missed > 0, missed.isMultiple(of: Self.looksBetween) { lookElsewhere() }
    tellFork(now.place?.shows?.fork, isRunning: now.place?.state == "running")
    if let told, told == now { return }
    if told?.place?.state != now.place?.state || told == nil {
      send(.action(.runState(RunState(word: now.place?.state ?? "idle"))))
    }
    let shows = now.place?.shows ?? StageShow()
    if shows != told?.place?.shows ?? StageShow() { send(.action(.shown(shows))) }
    told = now
    let place = now.place.map { Place(node: NodeID($0.node), moment: $0.moment) }
    send(.action(.presenter(place, votingProblem: now.problem)))
  }

  /// Shows the fork that the presenter has beside the run, as it grows.
  private func tellFork(_ fork: StageShow.Fork?, isRunning: Bool) {
    guard let fork else { return }
    do {
      if beside?.run != fork.run { beside = try FollowedFork(fork, in: workspace) { send(.action(.beside($0))) } }
      try beside?.readOn(fork, in: workspace, isRunning: isRunning) { send(.action(.beside($0))) }
    } catch {
      send(.action(.failure("\(error)")))
    }
  }

  /// Looks whether who presented here presents another run now: a fork, another problem, a tour.
  private func lookElsewhere() {
    guard let presenter else { return }
    let others = Stage.presenters(workspace: workspace.path).filter { $0.value == presenter && $0.key != record.id }
    // Who presents two runs at once is followed to neither.
    if others.count == 1, let run = others.first?.key { send(.action(.presenterElsewhere(run))) }
  }

  private func send(_ input: HostInput) { inputs.yield(input) }
}

extension RunState {
  /// The state that a status line calls `word`.
  fileprivate init(word: String) {
    switch word {
    case "running": self = .running
    case "paused": self = .paused
    case "done": self = .done(nil)
    default: self = .idle
    }
  }
}

/// The fork that a presenter has beside the run, read as it grows.
private struct FollowedFork {
  let run: String
  private var count: Int
  private var goal: Int
  private var isRunning = false

  /// A fork that is there, told of.
  init(_ fork: StageShow.Fork, in workspace: Workspace, tell: (BesideUpdate) -> Void) throws {
    let open = OpenRun(id: fork.run, timeline: try workspace.timeline(of: fork.run))
    (run, count, goal) = (fork.run, open.timeline.count, fork.goal)
    tell(.began(open, from: fork.moment, goal: fork.goal))
  }

  /// Tells what has become of it since the last look.
  mutating func readOn(
    _ fork: StageShow.Fork, in workspace: Workspace, isRunning: Bool, tell: (BesideUpdate) -> Void
  ) throws {
    if fork.goal != goal {
      goal = fork.goal
      tell(.goal(goal))
    }
    let length = try workspace.eventCount(of: run)
    if length > count {
      let events = try workspace.events(of: run, from: count, upTo: length)
      count += events.count
      tell(.events(events, of: run))
    }
    if isRunning != self.isRunning {
      self.isRunning = isRunning
      tell(.state(isRunning ? .running : .idle, of: run))
    }
  }
}
