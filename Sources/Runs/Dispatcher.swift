import Critics
import TreeInsight
import Models
import TreeSearch
import Vocabulary

/// Sends requests to a responder in batches, each in a task of its own, and hands out what comes back in order of arrival.
struct Dispatcher {
  /// What one request got.
  struct Reply: Sendable {
    let request: RequestID
    let result: Result<Answer, any Error>
  }

  /// What whoever waits is woken by.
  enum Arrival: Sendable {
    /// Batch number `batch` came back, its replies in the order of its requests.
    case replies([Reply], batch: Int)
    /// Nothing came back, but there may be something else to do.
    case nudge
  }

  /// Requests to be sent, the oldest first.
  private(set) var queue: [Request] = []
  /// Requests sent whose batch was not received yet.
  private(set) var inFlight: Set<RequestID> = []
  /// What came back; for one reader at a time.
  let arrivals: AsyncStream<Arrival>

  private let responder: any Responder
  private let executor: (any TaskExecutor)?
  private let arrive: AsyncStream<Arrival>.Continuation
  private var tasks: [Int: Task<Void, Never>] = [:]
  private var sent = 0
  private var failures = FailureLedger()

  /// - Parameter executor: where the tasks run; nil leaves it to the system.
  init(_ responder: any Responder, on executor: (any TaskExecutor)? = nil) {
    self.responder = responder
    self.executor = executor
    (arrivals, arrive) = AsyncStream.makeStream()
  }

  /// Queues what is neither queued nor in flight.
  mutating func enqueue(_ requests: [Request]) {
    queue += requests.filter { request in
      !inFlight.contains(request.id) && !queue.contains { $0.id == request.id }
    }
  }

  /// Drops queued requests that `tree` does not wait for any more, because what they were for was undone.
  mutating func dropUndone(in tree: SearchTree) { queue.removeAll { tree.pending[$0.id] == nil } }

  /// Has the queue answered as one batch, whose replies arrive together; false where there is nothing to send.
  mutating func sendQueue(in tree: SearchTree, tools: ToolContext) -> Bool {
    if queue.isEmpty { return false }
    send(queue.map { RequestContext($0, in: tree, tools: tools) })
    queue = []
    return true
  }

  private mutating func send(_ batch: [RequestContext]) {
    let number = sent
    sent += 1
    inFlight.formUnion(batch.map(\.request.id))
    tasks[number] = Task(executorPreference: executor) { [responder, arrive] in
      let results = await responder.answer(batch)
      let replies = batch.enumerated().map { index, context in
        Reply(
          request: context.request.id,
          result: results.indices.contains(index) ? results[index] : .failure(RunError("nobody answered")))
      }
      arrive.yield(.replies(replies, batch: number))
    }
  }

  /// Takes note of an arrival and tells `search` its replies.
  mutating func receive(_ arrival: Arrival, for search: inout Search) {
    guard case .replies(let replies, let batch) = arrival else { return }
    tasks[batch] = nil
    inFlight.subtract(replies.map(\.request))
    for reply in replies { receive(reply, for: &search) }
  }

  private mutating func receive(_ reply: Reply, for search: inout Search) {
    let asked = search.tree.pending[reply.request]
    switch reply.result {
    case .failure(is CancellationError): break  // stays outstanding: the run asks again when it reopens
    case .failure(let error): fail(reply.request, asked, "\(error)", error.permanence, in: &search)
    case .success(let answer):
      if let asked, let problem = answer.misfit(asked.kind) {
        return fail(reply.request, asked, problem, nil, in: &search)
      }
      if let asked { failures.succeeded(asked.role, at: asked.node) }
      search.tell(reply.request, answer)
    }
  }

  private mutating func fail(
    _ id: RequestID, _ asked: Request?, _ message: String, _ permanence: PermanentFailure?, in search: inout Search
  ) {
    search.fail(id, message, reason: asked.flatMap { failures.failed($0.role, at: $0.node, permanence) })
  }

  /// True where so much failed in a row that ``mustRest()`` will say so.
  var hasTripped: Bool { failures.isTripped }

  /// True once where so much failed in a row that the run should rest.
  mutating func mustRest() -> Bool { failures.trip() }

  /// Wakes the reader.
  func nudge() { arrive.yield(.nudge) }

  /// Stops what is in flight.
  func cancel() { for task in tasks.values { task.cancel() } }

  /// Returns when nothing sent so far is being answered any more.
  func untilDone() async { for task in tasks.values { await task.value } }
}
