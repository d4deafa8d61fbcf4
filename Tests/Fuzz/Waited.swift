import Foundation
import Synchronization

/// What `body` gives, waited for on the present thread: fuzzing reads one input after the other.
func waited<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) -> Result<Value, any Error> {
  let found = Box<Value>()
  let semaphore = DispatchSemaphore(value: 0)
  Task {
    do {
      let value = try await body()
      found.value.withLock { $0 = .success(value) }
    } catch {
      found.value.withLock { $0 = .failure(error) }
    }
    semaphore.signal()
  }
  semaphore.wait()
  return found.value.withLock { $0 } ?? .failure(CancellationError())
}

private final class Box<Value: Sendable>: Sendable {
  let value = Mutex<Result<Value, any Error>?>(nil)
}
