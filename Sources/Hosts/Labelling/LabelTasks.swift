import Explorer
import Runs
import TreeSearch
import Vocabulary
import Workspace

/// Gives a person tasks to label without anything that could sway them, or to decide between others, and keeps what they say.
package actor LabelTasks: RunHost {
  private let queue: LabelQueue
  private let inputs: HostInputs
  private var subjects: LabelSubjects?
  private var look = LookTime()

  /// - Parameter decides: Whether the person decides where others differ.
  package init(_ workspace: Workspace, _ catalog: ProblemCatalog, decides: Bool, inputs: HostInputs) {
    queue = LabelQueue(workspace: workspace, catalog: catalog, who: workspace.author, decides: decides)
    self.inputs = inputs
  }

  package func begin(_ opening: RunOpening?) {
    sendProblems()
    if case .problem(let id)? = opening { attempt { try open(id) } }
  }

  package func perform(_ effect: RunEffect) {
    switch effect {
    case .openProblem(let id): attempt { try open(id) }
    case .label(let word): attempt { try keep(word) }
    case .closeRun: sendProblems()
    // A run is not on the screen here, and what a person says of it goes into the log of labels only.
    default: send(.failure("not while labelling: what a search found is hidden here"))
    }
  }

  package func eventCountAtRest() -> Int? { nil }

  package func close() {}

  private func open(_ problem: String) throws {
    guard let (task, subjects) = try queue.task(problem) else {
      return send(.failure("\(problem): no run of it has a path yet"))
    }
    self.subjects = subjects
    look.begin()
    send(.task(task))
  }

  private func keep(_ word: LabelWord) throws {
    guard let subjects, let (act, subject) = subjects.label(word) else { return }
    try queue.workspace.append([
      Label(
        act, of: subject, who: queue.who, role: queue.decides ? .adjudicator : .labeller, isBlind: true,
        milliseconds: look.lap(), evidence: subjects.evidence(of: subject))
    ])
  }

  private func sendProblems() { attempt { send(.problems(try queue.entries())) } }

  private func attempt(_ body: () throws -> Void) {
    do {
      try body()
    } catch {
      send(.failure("\(error)"))
    }
  }

  private func send(_ action: Action) { inputs.yield(.action(action)) }
}

/// How long a person looks at what they label: the time since the last word, or since the thing came on the screen.
struct LookTime {
  private var since = ContinuousClock.now

  /// Begins anew: something else is on the screen.
  mutating func begin() { since = .now }

  /// Milliseconds since the last beginning; from now on it is the next thing.
  mutating func lap() -> Int {
    defer { since = .now }
    return Int((ContinuousClock.now - since) / .milliseconds(1))
  }
}
