import Synchronization

/// How many sequences a server is given at once where nobody says how many it takes: more as long as each is written about as
/// fast as when there were few, fewer as soon as it says that there are too many (429), as TCP finds what a line carries.
struct CapacityRule: Equatable, Sendable {
  /// Sequences at once, ≥ 1.
  private(set) var limit: Int
  /// The most there may be; no more is tried.
  static let most = 64

  /// Times as long as in the best of times that a token may take before there are too many.
  private static let slowness = 2.0
  private var best = Double.infinity
  private var recent: Double?
  private var answers = 0

  /// Begins with `limit`.
  init(_ limit: Int) { self.limit = limit }

  /// A sequence of so many tokens was written in so many seconds, waiting included.
  mutating func wrote(tokens: Int, seconds: Double) {
    guard tokens >= 4 else { return }  // mostly prompt
    let each = seconds / Double(tokens)
    best = min(best, each)
    recent = recent.map { 0.8 * $0 + 0.2 * each } ?? each
    answers += 1
    guard answers >= limit, let recent else { return }
    answers = 0
    if recent <= Self.slowness * best {
      limit = min(Self.most, 2 * limit)
    } else {
      limit = max(8, limit - max(1, limit / 8))
    }
  }

  /// The server refused a request because there were too many.
  mutating func refused() {
    limit = max(1, limit / 2)
    answers = 0
  }
}

/// A server's load: what it is given at once, and what it makes of it.
final class ServerLoad: Sendable {
  private struct State {
    var rule: CapacityRule
    /// False where somebody says how many it takes.
    var finds: Bool
    /// When it last said that there are too many.
    var lastRefusal: ContinuousClock.Instant?
  }

  /// Lets so many sequences be written at once.
  let limiter: TaskLimiter
  private let state: Mutex<State>

  private static let first = 8

  /// - Parameter concurrency: sequences at once; nil to find out.
  init(_ concurrency: Int?) {
    limiter = TaskLimiter(concurrency ?? Self.first)
    state = Mutex(State(rule: CapacityRule(concurrency ?? Self.first), finds: concurrency == nil))
  }

  /// The server itself says how many it takes.
  func set(_ slots: Int) {
    let isNew = state.withLock { state in
      defer { state.finds = false }
      return state.finds
    }
    if isNew { limiter.set(slots) }
  }

  /// A sequence of so many tokens was written in so many seconds.
  func wrote(tokens: Int, seconds: Double) { find { $0.rule.wrote(tokens: tokens, seconds: seconds) } }

  /// The server has too many. What was sent within the same second is one refusal.
  func refused() {
    find { state in
      let now = ContinuousClock.now
      if state.lastRefusal.map({ now - $0 > .seconds(1) }) ?? true { state.rule.refused() }
      state.lastRefusal = now
    }
  }

  /// Lets `change` have its effect, where it is to be found out how many there may be.
  private func find(_ change: (inout State) -> Void) {
    let limit = state.withLock { state -> Int? in
      guard state.finds else { return nil }
      change(&state)
      return state.rule.limit
    }
    if let limit { limiter.set(limit) }
  }
}
