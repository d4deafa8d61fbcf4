import Dispatch
import Foundation
import Testing

/// Tests that start processes and wait for them: each runs on a thread of its own instead of holding one of the few, one a
/// processor, that all other tests share; and only some of them run at a time, because what they start wants the processors too.
struct OwnThread: SuiteTrait, TestTrait, TestScoping {
  let isRecursive = true

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    await Turns.shared.begin()
    let result: Result<Void, any Error>
    do {
      result = .success(try await withTaskExecutorPreference(Threads.shared) { try await function() })
    } catch { result = .failure(error) }
    await Turns.shared.end()
    try result.get()
  }
}

extension Trait where Self == OwnThread {
  /// See ``OwnThread``.
  static var ownThread: OwnThread { OwnThread() }
}

/// Who may run, in the order of asking.
private actor Turns {
  static let shared = Turns(atOnce: max(3, ProcessInfo.processInfo.activeProcessorCount))

  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(atOnce: Int) { free = atOnce }

  func begin() async {
    if free > 0 {
      free -= 1
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  func end() {
    if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
  }
}

/// Threads that may be blocked: Dispatch makes another where one is.
private final class Threads: TaskExecutor {
  static let shared = Threads()

  private let queue = DispatchQueue(label: "tests that wait", attributes: .concurrent)

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
