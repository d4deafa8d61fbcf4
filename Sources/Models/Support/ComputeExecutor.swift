import Dispatch

/// Runs an actor's jobs one after another on a queue of its own, so that a long forward pass never holds one of the few
/// threads that all other tasks share.
final class ComputeExecutor: SerialExecutor {
  private let queue: DispatchQueue

  init(label: String) { queue = DispatchQueue(label: label, qos: .userInitiated) }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}
