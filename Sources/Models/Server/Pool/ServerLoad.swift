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

  /// The server refused a request because there were too many. Those that were sent together are one refusal.
  mutating func refused() {
    guard answers > 0 || limit > 1 else { return }
    limit = max(1, limit / 2)
    answers = 0
  }
}

/// A server's load: what it is given at once, and what it makes of it.
final class ServerLoad: Sendable {
  /// Lets so many sequences be written at once.
  let limiter: TaskLimiter
  private let rule: Mutex<CapacityRule>
  /// False where somebody says how many it takes.
  private let finds: Mutex<Bool>
  /// When it last said that there are too many.
  private let lastRefusal = Mutex<ContinuousClock.Instant?>(nil)

  private static let first = 8

  /// - Parameter concurrency: sequences at once; nil to find out.
  init(_ concurrency: Int?) {
    limiter = TaskLimiter(concurrency ?? Self.first)
    rule = Mutex(CapacityRule(concurrency ?? Self.first))
    finds = Mutex(concurrency == nil)
  }

  /// The server itself says how many it takes.
  func set(_ slots: Int) {
    let isNew = finds.withLock { finds in
      defer { finds = false }
      return finds
    }
    if isNew { limiter.set(slots) }
  }

  /// A sequence of so many tokens was written in so many seconds.
  func wrote(tokens: Int, seconds: Double) {
    guard finds.withLock({ $0 }) else { return }
    limiter.set(
      rule.withLock {
        $0.wrote(tokens: tokens, seconds: seconds)
        return $0.limit
      })
  }

  /// The server has too many. What was sent within the same second is one refusal.
  func refused() {
    let isNew = lastRefusal.withLock { last in
      let now = ContinuousClock.now
      defer { last = now }
      return last.map { now - $0 > .seconds(1) } ?? true
    }
    guard isNew, finds.withLock({ $0 }) else { return }
    limiter.set(
      rule.withLock {
        $0.refused()
        return $0.limit
      })
  }
}
