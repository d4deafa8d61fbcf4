import Explorer
import Foundation
import Runs
import TreeSearch
import Vocabulary
import Workspace

/// A run that another process writes, read as it grows. Its writer notices nothing of it.
package actor FollowedRun: RunHost {
  private static let interval = Duration.milliseconds(150)

  private let path: String
  private let record: RunRecord
  private let stage: Stage
  private let voter: String
  private let inputs: HostInputs
  private var workspace: Workspace
  private var hadLog: Bool
  private var count = 0
  private var told: (place: PresenterPlace?, problem: String?)?
  private var reader: Task<Void, Never>?

  package init(_ record: RunRecord, in workspace: Workspace, inputs: HostInputs) {
    self.record = record
    self.workspace = workspace
    self.inputs = inputs
    path = workspace.path
    stage = Stage(workspace: workspace.path, run: record.id)
    voter = "\(getuid())-\(getpid())"
    hadLog = FileManager.default.fileExists(atPath: workspace.path + "-wal")
  }

  package func begin(_ opening: RunOpening?) async {
    do {
      let past = try workspace.timeline(of: record.id, upTo: JournalReading.beginning)
      count = past.count
      send(.action(.opened(OpenRun(id: record.id, timeline: past, notes: try workspace.notes(of: record.id)))))
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

  package func perform(_ effect: RunEffect) async {
    switch effect {
    case .vote(let node): vote(node)
    case .findRunsToCompare: answer { .runsToCompare(try workspace.otherRuns(of: record)) }
    case .compareRun(let other): answer { try workspace.comparison(of: record, with: other) }
    case .findRunsToLayOver: answer { .runsToLayOver(try workspace.otherRuns(of: record)) }
    case .layOver(let other): answer { try workspace.laidOver(record, other) }
    // These belong to the run's presenter, and the explorer says so before it asks.
    case .step, .phase, .run, .pause, .runMore, .intervene, .insertText, .undo, .redo, .setBreakpoints, .commit, .fork,
      .openProblem, .openRun, .closeRun, .startTour, .compareQueue:
      break
    // A follower's bookmarks are gone with the program: the run's notes are its owner's.
    case .keep: break
    }
  }

  private func vote(_ node: NodeID?) {
    guard let node else { return stage.retract(voter) }
    if let problem = stage.vote(node.offset, as: voter) {
      send(.action(.failure("the vote does not count: \(problem)")))
    }
  }

  private func answer(_ make: () throws -> Action) {
    do {
      send(.action(try make()))
    } catch {
      send(.action(.failure("\(error)")))
    }
  }

  package func eventCountAtRest() async -> Int? { nil }

  package func close() async {
    reader?.cancel()
    await reader?.value
    stage.retract(voter)
  }

  /// Sends the next portion of what has been added to the journal since the last look; true where there is more.
  private func readOn() -> Bool {
    defer { tellPlace() }
    do {
      try reopenIfNeeded()
      let length = try workspace.eventCount(of: record.id)
      guard length > count else { return false }
      let events = try workspace.events(of: record.id, from: count, upTo: count + JournalReading.portion)
      count += events.count
      send(.action(.events(events)))
      return count < length
    } catch {
      send(.action(.failure("\(error)")))
      reader?.cancel()
      return false
    }
  }

  /// A workspace at which nobody was at work may have been opened as one that cannot change; now somebody is.
  private func reopenIfNeeded() throws {
    guard !hadLog, FileManager.default.fileExists(atPath: path + "-wal") else { return }
    workspace = try Workspace(path: path, readOnly: true)
    hadLog = true
  }

  private func tellPlace() {
    let now = (place: stage.presenter(), problem: stage.votingProblem)
    if let told, told == now { return }
    if told?.place?.state != now.place?.state || told == nil {
      send(.action(.runState(RunState(word: now.place?.state ?? "idle"))))
    }
    told = now
    let place = now.place.map { Place(node: NodeID($0.node), moment: $0.moment) }
    send(.action(.presenter(place, votingProblem: now.problem)))
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
