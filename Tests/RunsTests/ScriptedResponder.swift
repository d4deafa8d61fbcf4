import Runs
import TreeInsight
import TreeSearch

/// Answers at once from a request's seed and the depth, or holds answers back until it is told to go on.
actor ScriptedResponder: Responder {
  /// Depth at which every option states an answer.
  private let answerDepth: Int
  /// The only answer that options state; nil for several.
  private let onlyAnswer: UInt64?
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
    self.answerDepth = answerDepth
    self.dawdles = dawdles
    self.onlyAnswer = onlyAnswer
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
    return answer(context.request, depth: context.options.count)
  }

  nonisolated func option(from text: String) async -> SearchOption {
    SearchOption(bytes: Array((text + "\n").utf8), termination: .person)
  }

  private func answer(_ request: Request, depth: Int) -> Answer {
    switch request.kind {
    case .propose:
      let text = depth + 1 >= answerDepth ? "#### \(onlyAnswer ?? request.seed % 7)\n" : "line \(request.seed % 1000)\n"
      let option = SearchOption(bytes: Array(text.utf8), termination: .newline)
      return Answer(.options([option]), usage: TokenUsage(policy: 10))
    case .score(let critics):
      let score = Double(request.seed % 101) / 100
      return Answer(.scores(critics.map { CriticScore(critic: $0, score: score) }), usage: TokenUsage(critic: 1))
    case .compare(_, let nodes): return Answer(.similarities(nodes.map { _ in 0 }))
    case .rollOut(let count, _, _):
      let rollouts = (0..<count).map { Rollout(text: "#### \($0)\n", score: 0.5) }
      return Answer(.rollouts(rollouts), usage: TokenUsage(rollout: count))
    }
  }
}
