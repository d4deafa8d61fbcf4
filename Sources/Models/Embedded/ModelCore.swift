import Dispatch
import Foundation

/// What a model folder says about texts and names: everything about a model that needs no computing.
struct ModelText: Sendable {
  let name: String
  let vocabularySize: Int
  let contextLength: Int
  let settings: ModelSettings
  let tokenizer: BytePairTokenizer
  private let weights: Fingerprint

  init(_ folder: ModelFolder) {
    name = folder.name
    weights = Fingerprint(of: folder.weights)
    vocabularySize = folder.configuration.vocabularySize
    contextLength = folder.configuration.context
    settings = folder.settings
    tokenizer = folder.tokenizer
  }

  /// The first 16 hex digits of the SHA-256 of the weights. Complexity: O(bytes) the first time.
  var fingerprint: String { weights.value }

  func prompt(for question: String) -> [Int32] {
    let parts = settings.promptTemplate.components(separatedBy: "{question}")
    return tokenizer.beginning + tokenizer.encode(parts.joined(separator: question))
  }
}

/// A model's runtime, made when it is first needed: a program that only looks at a run never widens a weight.
struct LazyRuntime {
  private let folder: ModelFolder
  private let cacheBytes: Int
  /// The runtime; nil while nobody has needed it.
  private(set) var made: LlamaRuntime?

  /// Looks whether all of the folder's weights are there.
  ///
  /// - Throws: `ModelError` naming the file, the tensor and the expected shape.
  init(_ folder: ModelFolder, cacheBytes: Int) throws {
    try LlamaWeights.check(folder.weights, folder.configuration)
    self.folder = folder
    self.cacheBytes = cacheBytes
  }

  /// The runtime. Complexity: O(weights) the first time.
  var runtime: LlamaRuntime {
    mutating get throws {
      let runtime = try made ?? LlamaRuntime(folder, cacheBytes: cacheBytes)
      made = runtime
      return runtime
    }
  }
}

/// Runs an actor's jobs one after another on a queue of its own, so that a long forward pass never holds one of the few
/// threads that all other tasks share. It gives way to whoever answers a person: on Linux a queue's class is its threads' niceness.
package final class ComputeExecutor: SerialExecutor {
  private let queue: DispatchQueue

  /// A thread of this name; `lane`, where one is given.
  package init(label: String, on lane: LaneThread? = nil) {
    queue = lane?.queue ?? DispatchQueue(label: label, qos: .utility)
  }

  /// Runs the job after all that came before it.
  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}

/// One thread for all that a lane does: its tasks and the models that they ask.
///
/// Whoever asks a model on another thread waits until that one has woken up, twice a request, and sleeps meanwhile. With one
/// lane nobody else wants the processor then; with a lane for each core that was a fifth of the time.
package final class LaneThread: TaskExecutor {
  fileprivate let queue: DispatchQueue

  /// A thread of this name.
  package init(label: String) { queue = DispatchQueue(label: label, qos: .default) }

  /// Runs the job after all that came before it.
  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
