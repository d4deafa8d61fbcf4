import Runs
import TreeInsight
import TreeSearch
import TreeSearchTesting

/// Answers at once from a request's seed and the depth, or holds answers back until it is told to go on.
actor ScriptedResponder: Responder {
  private let policy: SeededPolicy
  /// Requests seen, in order.
  private(set) var asked: [Request] = []
  private var holdsFrom = Int.max
  private var held: [CheckedContinuation<Void, Never>] = []
  private var seen: [CheckedContinuation<Void, Never>] = []
  private var refusals = 0
  private var refused: Set<RequestID> = []
  private let dawdles: Bool
  private var underWay = 0
  /// Most requests that were being answered at once.
  private(set) var mostAtOnce = 0

  /// - Parameter dawdles: answers come in another order than the requests.
  init(answerDepth: Int = 3, dawdles: Bool = false, onlyAnswer: UInt64? = nil) {
    policy = SeededPolicy(answerDepth: answerDepth, onlyAnswer: onlyAnswer)
    self.dawdles = dawdles
  }

  /// Answers wait from now on, or after `count` more requests.
  func hold(after count: Int = 0) { holdsFrom = asked.count + count }

  /// Later answers are given at once; those waiting go on waiting.
  func holdNoMore() { holdsFrom = .max }

  /// Waiting answers are given, and later ones at once.
  func release() {
    holdsFrom = .max
    for waiting in held { waiting.resume() }
    held = []
  }

  /// The next `count` requests fail.
  func refuse(_ count: Int) { refusals = count }

  /// The requests with these numbers fail.
  func refuse(_ ids: Set<RequestID>) { refused = ids }

  /// Returns once `count` requests are held.
  func untilHolding(_ count: Int = 1) async {
    while held.count < count { await withCheckedContinuation { seen.append($0) } }
  }

  func answer(_ context: RequestContext) async throws -> Answer {
    asked.append(context.request)
    underWay += 1
    mostAtOnce = max(mostAtOnce, underWay)
    defer { underWay -= 1 }
    if dawdles { for _ in 0..<context.request.seed % 9 { await Task.yield() } }
    if asked.count > holdsFrom {
      await withTaskCancellationHandler {
        await withCheckedContinuation { continuation in
          held.append(continuation)
          for waiting in seen { waiting.resume() }
          seen = []
        }
      } onCancel: {
        Task { await release() }
      }
    }
    try Task.checkCancellation()
    if refused.contains(context.request.id) { throw RunError("refused") }
    if refusals > 0 {
      refusals -= 1
      throw RunError("refused")
    }
    return policy.answer(context.request, depth: context.options.count)
  }

  nonisolated func option(from text: String) async -> SearchOption { SearchOption(text + "\n", .person) }
}
