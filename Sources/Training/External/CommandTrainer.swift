import Foundation
import Models
import Vocabulary

/// Trains by a command of the user's own, such as `./train.sh --nodes 4`: folders in, a folder out.
///
/// A shell runs it with four words behind it, the folder of the rows, that of the model to begin from, that of the result and the
/// seed, and says the same in `ETASCOPE_DATA`, `ETASCOPE_MODEL`, `ETASCOPE_OUTPUT` and `ETASCOPE_SEED`, with the recipe as JSON in
/// `ETASCOPE_RECIPE`. What it prints to standard output as JSON, an object a line, is its progress: `step`, `steps`, `loss`,
/// `learning_rate`, `tokens`, `message`; the fields of LLaMA-Factory's `trainer_log.jsonl` and what transformers prints are
/// understood as well. It ends with exit code 0 when the model is written. Where it was killed it is started anew, with what it had
/// left in the folder of the result; where and how it goes on is its own business.
public struct CommandTrainer: Trainer {
  /// The command.
  public let command: String
  private let environment: TrainerEnvironment

  /// `command:` and the command.
  public var name: String { "command:\(command)" }

  /// A trainer by `command`.
  ///
  /// - Throws: ``TrainingError/unusable(_:)`` where it is empty.
  public init(_ command: String, environment: [String: String] = ProcessInfo.processInfo.environment) throws {
    guard !command.allSatisfy(\.isWhitespace) else {
      throw TrainingError.unusable("expected a command behind command:, found none")
    }
    self.command = command
    self.environment = TrainerEnvironment(environment)
  }

  /// Trains. Throws ``TrainingError``, `CancellationError`.
  public func train(
    _ job: TrainingJob, tell: @escaping @Sendable (TrainingProgress) -> Void
  ) async throws -> TrainedModel {
    let job = ExternalTraining.absolute(job)
    try job.recipe.validate()
    let base = try ExternalTraining.base(of: job)
    // Of any form, and of whatever length the command can take.
    let file = job.data + "/data/train.jsonl"
    guard let data = try? InputFile.bytes(at: file, limit: .max), !data.isEmpty else {
      throw TrainingError.unusable("\(file): expected a file with rows")
    }
    let training = ExternalTraining(job: job, trainer: name, base: base, rows: SHA256.hex(data))
    if let model = await training.finished() { return model }
    try training.open()
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let recipe = String(decoding: try encoder.encode(job.recipe), as: UTF8.self)
    let variables = environment.variables(adding: [
      "ETASCOPE_DATA": job.data, "ETASCOPE_MODEL": job.model, "ETASCOPE_OUTPUT": training.result,
      "ETASCOPE_SEED": "\(job.seed)", "ETASCOPE_RECIPE": recipe, "PYTHONUNBUFFERED": "1",
    ])
    let progress = try await training.run(
      ["/bin/sh", "-c", command + " \"$@\"", "trainer", job.data, job.model, training.result, "\(job.seed)"],
      environment: variables, progress: ReportedProgress(steps: 0, epochs: job.recipe.epochs), tell: tell)
    return try await training.finish(progress, kinds: [.model, .adapter, .critic])
  }
}
