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

/// Lets so many things be under way at once; the others wait their turn, in order.
package final class TaskLimiter: Sendable {
  private struct State {
    var most: Int
    var running = 0
    var next = 0
    var waiting: [(id: Int, continuation: CheckedContinuation<Void, any Error>)] = []
  }

  private let state: Mutex<State>

  /// At least one at a time.
  package init(_ most: Int) { state = Mutex(State(most: max(1, most))) }

  /// Changes the limit for what begins from now on.
  package func set(_ most: Int) { state.withLock { $0.most = max(1, most) } }

  /// Does `body` when its turn has come.
  ///
  /// - Throws: what `body` throws; `CancellationError` at once where the task is cancelled while it waits.
  package func run<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
    try await enter()
    defer { leave() }
    return try await body()
  }

  private func enter() async throws {
    let id = state.withLock { state in
      state.next += 1
      return state.next
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let outcome: Result<Void, any Error>? = state.withLock { state in
          if Task.isCancelled { return .failure(CancellationError()) }
          if state.running < state.most {
            state.running += 1
            return .success(())
          }
          state.waiting.append((id, continuation))
          return nil
        }
        if let outcome { continuation.resume(with: outcome) }
      }
    } onCancel: {
      let waiting = state.withLock { state in
        state.waiting.firstIndex { $0.id == id }.map { state.waiting.remove(at: $0).continuation }
      }
      waiting?.resume(throwing: CancellationError())
    }
  }

  private func leave() {
    let next = state.withLock { state -> CheckedContinuation<Void, any Error>? in
      guard !state.waiting.isEmpty, state.running <= state.most else {
        state.running -= 1
        return nil
      }
      return state.waiting.removeFirst().continuation
    }
    next?.resume()
  }
}
