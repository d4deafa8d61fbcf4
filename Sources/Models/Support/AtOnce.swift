import Synchronization

extension Collection where Self: Sendable, Element: Sendable, Index == Int {
  /// What `transform` makes of each element, in their order, all of them worked on at once.
  ///
  /// - Throws: the first error; the others are cancelled then. Nothing where `transform` throws nothing.
  package func mapAtOnce<Output: Sendable, Failure: Error>(
    _ transform: @escaping @Sendable (Element) async throws(Failure) -> Output
  ) async throws(Failure) -> [Output] {
    let done = await withTaskGroup(of: (Int, Result<Output, Failure>).self) { group in
      for (index, element) in enumerated() {
        group.addTask {
          do throws(Failure) {
            return (index, .success(try await transform(element)))
          } catch {
            return (index, .failure(error))
          }
        }
      }
      var outputs: [Int: Output] = [:]
      for await (index, result) in group {
        switch result {
        case .success(let output): outputs[index] = output
        case .failure(let error):
          group.cancelAll()
          return Result<[Output], Failure>.failure(error)
        }
      }
      return .success((0..<count).compactMap { outputs[$0] })
    }
    return try done.get()
  }
}

/// Lets so many things be under way at once, each as heavy as it is; the others wait their turn, in order.
package final class TaskLimiter: Sendable {
  private struct State {
    var most: Int
    var running = 0
    var next = 0
    var waiting: [(id: Int, weight: Int, continuation: CheckedContinuation<Void, any Error>)] = []

    /// Whether something of this weight may begin; by itself anything may.
    func mayBegin(_ weight: Int) -> Bool { running == 0 || running + weight <= most }

    /// Takes those whose turn has come, in order.
    mutating func letIn() -> [CheckedContinuation<Void, any Error>] {
      var ready: [CheckedContinuation<Void, any Error>] = []
      while let first = waiting.first, mayBegin(first.weight) {
        running += first.weight
        ready.append(waiting.removeFirst().continuation)
      }
      return ready
    }
  }

  private let state: Mutex<State>

  /// At least one at a time.
  package init(_ most: Int) { state = Mutex(State(most: max(1, most))) }

  /// What is under way now.
  package var running: Int { state.withLock { $0.running } }

  /// Changes the limit for what begins from now on.
  package func set(_ most: Int) {
    let ready = state.withLock { state in
      state.most = max(1, most)
      return state.letIn()
    }
    for each in ready { each.resume() }
  }

  /// Does `body` when its turn has come.
  ///
  /// - Parameter weight: how much of the limit it takes, ≥ 1; what is heavier than all of it is done by itself.
  /// - Throws: what `body` throws; `CancellationError` at once where the task is cancelled while it waits.
  package func run<Result: Sendable>(weight: Int = 1, _ body: () async throws -> Result) async throws -> Result {
    try await enter(weight)
    defer { leave(weight) }
    return try await body()
  }

  private func enter(_ weight: Int) async throws {
    let id = state.withLock { state in
      state.next += 1
      return state.next
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let outcome: Result<Void, any Error>? = state.withLock { state in
          if Task.isCancelled { return .failure(CancellationError()) }
          if state.waiting.isEmpty, state.mayBegin(weight) {
            state.running += weight
            return .success(())
          }
          state.waiting.append((id, weight, continuation))
          return nil
        }
        if let outcome { continuation.resume(with: outcome) }
      }
    } onCancel: {
      let (waiting, ready) = state.withLock { state in
        let gone = state.waiting.firstIndex { $0.id == id }.map { state.waiting.remove(at: $0).continuation }
        // Lighter ones may have waited behind it.
        return (gone, gone == nil ? [] : state.letIn())
      }
      waiting?.resume(throwing: CancellationError())
      for each in ready { each.resume() }
    }
  }

  private func leave(_ weight: Int) {
    let ready = state.withLock { state in
      state.running -= weight
      return state.letIn()
    }
    for each in ready { each.resume() }
  }
}
