import Foundation
import Models
import Vocabulary

/// Trains a model of Llama's family in this process, on the processor: supervised rows, AdamW, 32-bit numbers, all weights.
///
/// What it comes to depends on the job alone: not on the number of threads, and not on how often it was stopped.
public struct EmbeddedTrainer: Trainer {
  /// `embedded`.
  public let name = "embedded"
  /// Threads to compute on, ≥ 1.
  public var threads: Int
  /// How the result is written.
  public var precision: TrainedPrecision
  /// How much work a kill may cost.
  public var savesEvery: Duration

  /// A trainer on all processors, which writes 32-bit numbers.
  public init(
    threads: Int = ProcessInfo.processInfo.activeProcessorCount, precision: TrainedPrecision = .float32,
    savesEvery: Duration = .seconds(20)
  ) {
    (self.threads, self.precision, self.savesEvery) = (max(1, threads), precision, savesEvery)
  }

  /// Trains. Complexity: six operations a weight and token, and memory for the weights four times over and once more a thread.
  ///
  /// - Throws: ``TrainingError``, `CancellationError`; a cancelled training has kept what it had done.
  public func train(
    _ job: TrainingJob, tell: @escaping @Sendable (TrainingProgress) -> Void
  ) async throws -> TrainedModel {
    let training = EmbeddedTraining(job, self)
    let done = try await training.run(tell)
    return try await ModelInspection(base: job.model).inspect(job.output, steps: done.step, loss: done.loss)
  }
}

/// One training, on a thread of its own.
actor EmbeddedTraining {
  private nonisolated let executor = ComputeExecutor(label: "training")
  private let job: TrainingJob
  private let options: EmbeddedTrainer

  init(_ job: TrainingJob, _ options: EmbeddedTrainer) { (self.job, self.options) = (job, options) }

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  func run(_ tell: @Sendable (TrainingProgress) -> Void) throws -> TrainingState {
    do {
      return try trained(tell)
    } catch let error as ModelError {
      throw TrainingError.unusable(error.description)
    } catch let error as CocoaError {
      throw TrainingError.failed("\(job.output): cannot be written: \(error.localizedDescription)")
    }
  }

  private func trained(_ tell: @Sendable (TrainingProgress) -> Void) throws -> TrainingState {
    try job.recipe.validate()
    guard job.recipe.adapterRank == nil else {
      throw TrainingError.unusable(
        "adapter rank: expected none: the embedded trainer trains all weights, sft trains adapters")
    }
    let base = try ModelFolder.load(job.model)
    guard base.settings.heads.isEmpty else {
      throw TrainingError.unusable("\(job.model): expected a language model, its etascope.json names critic heads")
    }
    let rows = try TrainingRows(job.data, for: base)
    let digest = try digest(rows, base)
    let folder = TrainedFolder(path: job.output)
    if let record = folder.finished(digest) {
      return TrainingState(step: record.steps, tokens: record.tokens ?? 0, loss: record.loss)
    }
    try folder.open()
    let layout = LlamaLayout(base.configuration)
    // More threads than parts of a step would find nothing to do, and each has a gradient of its own.
    let threads = min(options.threads, TrainingCourse.mostParts)
    try Self.requireMemory(Double(layout.count) * 4 * Double(4 + threads), job.model)
    let loop = TrainingLoop(
      rows, TrainingCourse(job.recipe, seed: job.seed, lengths: rows.texts.map(\.tokens.count)), layout,
      base.configuration, weights: try layout.weights(base.weights), recipe: job.recipe, threads: threads)
    var state = try TrainingState.read(loop.optimizer, layout.count, job: digest, in: job.output)
    var message = state.step > 0 ? "goes on after step \(state.step), where it was stopped" : nil
    let clock = ContinuousClock()
    var saved = clock.now
    while state.step < loop.course.steps {
      if Task.isCancelled || clock.now - saved >= options.savesEvery {
        if state.step > 0 { try state.write(loop.optimizer, layout.count, job: digest, to: job.output) }
        saved = clock.now
        try Task.checkCancellation()
      }
      var progress = try loop.step(&state)
      progress.message = message.take()
      tell(progress)
    }
    try folder.write(
      loop.optimizer.weights, layout, options.precision, base: base,
      TrainingRecord(
        trainer: "embedded", job: digest, steps: state.step, loss: state.loss, tokens: state.tokens,
        rows: rows.texts.count, recipe: job.recipe, seed: job.seed, base: base.name,
        baseWeights: base.weights.fingerprint, data: rows.digest, weights: ""))
    return state
  }

  /// - Throws: ``TrainingError/unusable(_:)`` where the weights, their gradients and means would fill the memory.
  static func requireMemory(_ bytes: Double, _ model: String) throws {
    let there = Double(ProcessInfo.processInfo.physicalMemory)
    guard bytes < 0.8 * there else {
      throw TrainingError.unusable(
        String(
          format:
            "%@: training all its weights here needs %.0f GB, the machine has %.0f: expected a smaller model, or --trainer sft",
          model, bytes / 1e9, there / 1e9))
    }
  }

  /// Tells two trainings apart by everything that their result depends on.
  private func digest(_ rows: TrainingRows, _ base: ModelFolder) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let recipe = String(decoding: try encoder.encode(job.recipe), as: UTF8.self)
    let configuration = try Data(contentsOf: URL(filePath: job.model).appending(path: "config.json"))
    let parts = [
      rows.digest, rows.tokenDigest, base.weights.fingerprint, SHA256.hex(configuration), recipe, "\(job.seed)",
      options.precision.rawValue,
    ]
    return SHA256.hex(parts.joined(separator: "\n").utf8)
  }
}
