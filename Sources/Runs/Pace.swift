import TreeSearch
import Vocabulary

/// How far a run is to go, and what keeps it from going on: a value, changed by what a person asks for and by what happens.
///
/// `made` is how many simulations the tree has at that moment.
struct Pace: Equatable, Sendable {
  /// What is wanted.
  enum Goal: Equatable, Sendable {
    /// New simulations begin while fewer than so many have been made; nothing is wanted once they have.
    case simulations(to: Int)
    /// So many phases, at least one, once the simulations asked for before them have been made.
    case phases(Int, after: Int)
    /// Simulations until a limit stops the search.
    case limit
  }

  /// What lies still although something may be due.
  enum Rest: Equatable, Sendable {
    /// Nothing does.
    case no
    /// A simulation, between two phases: what is due waits for the person.
    case betweenPhases
    /// All work, where a breakpoint or a watchdog stopped it: what is due and awaited waits for the person. It may have been
    /// the last phase asked for.
    case halted(betweenPhases: Bool)
    /// All work, for good.
    case closed
  }

  private(set) var goal: Goal
  private(set) var rest = Rest.no

  /// A run that wants nothing yet.
  init(made: Int) { goal = .simulations(to: made) }

  /// How many simulations are wanted in all; without end where a limit is to stop them.
  var target: Int {
    switch goal {
    case .simulations(let target), .phases(_, let target): target
    case .limit: .max
    }
  }

  /// True where the next thing to do is a phase.
  func wantsPhase(made: Int) -> Bool { if case .phases(_, let target) = goal { made >= target } else { false } }

  /// New simulations may begin while fewer than this many have been made: a worker's worth at a time, because one that
  /// only revisits a terminal needs nobody's answer, and the engine would go on by itself past limits and pauses.
  ///
  /// - Parameter budget: the run's own limit on simulations; one already exceeded counts no more.
  func most(made: Int, workers: Int, budget: Int) -> Int {
    guard goal == .limit else { return min(target, made + workers) }
    return made < budget ? min(budget, made + workers) : made + workers
  }

  /// True where a simulation rests between two phases.
  var isBetweenPhases: Bool { rest == .betweenPhases || rest == .halted(betweenPhases: true) }

  /// True where a breakpoint or a watchdog stopped the work.
  var isHalted: Bool { if case .halted = rest { true } else { false } }

  // MARK: - What a person asks for

  /// `count` more simulations; what runs until a limit goes on for these only.
  mutating func step(_ count: Int, made: Int) {
    let asked = goal == .limit ? made : max(target, made)
    if case .phases(let left, _) = goal {
      goal = .phases(left, after: asked + count)
    } else {
      goal = .simulations(to: asked + count)
    }
  }

  /// One more phase; what runs until a limit rests after the next.
  mutating func phase(made: Int) {
    switch goal {
    case .phases(let left, let target): goal = .phases(left + 1, after: target)
    case .simulations(let target): goal = .phases(1, after: target)
    case .limit: goal = .phases(1, after: made)
    }
  }

  /// Simulations until a limit; beyond one that has been reached, `budget` more. Nil: none has been reached.
  mutating func run(made: Int, beyond budget: Int?) { goal = budget.map { .simulations(to: made + $0) } ?? .limit }

  /// Nothing new: simulations under way are finished, or the phase under way where phases are asked for.
  mutating func pause(made: Int) {
    if case .phases = goal { goal = .phases(1, after: made) } else { goal = .simulations(to: made) }
  }

  /// A person added what counts as `count` simulations: they must not eat the ones already asked for.
  mutating func add(_ count: Int, made: Int) {
    switch goal {
    case .simulations(let target) where target > made: goal = .simulations(to: target + count)
    case .phases(let left, let target) where target > made: goal = .phases(left, after: target + count)
    default: break
    }
  }

  /// What rests goes on; what is closed does not.
  mutating func release() { if rest != .closed { rest = .no } }

  // MARK: - What happens

  /// A phase has ended. After the last one asked for, its simulation rests.
  mutating func phaseEnded() {
    guard case .phases(let left, let target) = goal else { return }
    goal = left > 1 ? .phases(left - 1, after: target) : .simulations(to: target)
    guard left == 1 else { return }
    switch rest {
    case .no: rest = .betweenPhases
    case .halted: rest = .halted(betweenPhases: true)
    case .betweenPhases, .closed: break
    }
  }

  /// The work came to its end: phases that were left have nothing to be done on.
  mutating func finish() { if case .phases(_, let target) = goal { goal = .simulations(to: target) } }

  /// A breakpoint or a watchdog stops the work where it is.
  mutating func halt() { if rest != .closed { rest = .halted(betweenPhases: isBetweenPhases) } }

  /// Nothing goes on any more.
  mutating func close() { rest = .closed }
}

extension Intervention {
  /// What a person adds counts as so many simulations.
  var simulations: Int {
    switch self {
    case .expand(_, let count): count
    case .insert, .revise: 1
    default: 0
    }
  }

  /// True where the act leaves no work behind, so that a resting simulation may go on resting.
  var owesNothing: Bool {
    switch self {
    case .prune, .restore, .override: true
    default: false
    }
  }
}

/// The parameters that say how far a run goes by itself, and how many simulations at once.
struct RunLimits {
  /// Simulations that may be under way; the engine asks for no more at once.
  let workers: Int
  /// Simulations of a run to its limit.
  let simulations: Int
  /// Seconds of work; 0 for no limit.
  private let seconds: Double

  init(_ parameters: SearchParameters) {
    workers = parameters[SearchParameters.workers]
    simulations = parameters[SearchParameters.simulationLimit]
    seconds = parameters[SearchParameters.secondsLimit]
  }

  /// The limit that `search` has reached after so many seconds of work; nil: none.
  func reached(by search: inout Search, after worked: Double) -> StopReason? {
    seconds > 0 && worked >= seconds ? .seconds : search.limit
  }
}
