import Foundation
import Models
import Vocabulary

/// Trains a process reward model on `stepwise` rows: a label for each token, read at each step's last one, by a small script of our
/// own on the packages of `make trainer`. No trainer that is maintained takes such rows.
///
/// The steps are tokenized as the policy writes them, a line each. What is left is a `LlamaForTokenClassification` with the labels
/// bad and good.
public struct CriticTrainer: Trainer {
  /// `critic`.
  public let name = "critic"
  private let environment: TrainerEnvironment

  /// A trainer of critics.
  public init(environment: [String: String] = ProcessInfo.processInfo.environment) {
    self.environment = TrainerEnvironment(environment)
  }

  /// Throws ``TrainingError/unusable(_:)`` where the packages are not installed.
  public func requirePrograms() throws { _ = try environment.python() }

  /// Trains. Throws ``TrainingError``, `CancellationError`; a training that was killed begins again.
  public func train(
    _ job: TrainingJob, tell: @escaping @Sendable (TrainingProgress) -> Void
  ) async throws -> TrainedModel {
    let job = ExternalTraining.absolute(job)
    try job.recipe.validate()
    guard job.recipe.adapterRank == nil else {
      throw TrainingError.unusable("adapter rank: expected none: a critic's weights are trained whole")
    }
    let python = try environment.python()
    let base = try ExternalTraining.base(of: job)
    let content = try TrainingRowForm.steps.check(job.data, for: base)
    let training = ExternalTraining(job: job, trainer: name, base: base, rows: content.digest)
    if let model = await training.finished() { return model }
    try training.open()
    let recipe = String(decoding: try JSONEncoder().encode(job.recipe), as: UTF8.self)
    let variables = environment.variables(adding: TrainerEnvironment.python(keeping: training.work + "/cache"))
    tell(TrainingProgress(step: 0, steps: 0, message: "starting the critic's training"))
    let progress = try await training.run(
      [python, "-c", PythonScripts.critic, job.data, job.model, training.result, "\(job.seed)", recipe],
      environment: variables, progress: ReportedProgress(steps: 0, epochs: job.recipe.epochs), tell: tell)
    return try await training.finish(progress, kinds: [.critic])
  }
}

/// Scripts that are carried along as text.
enum PythonScripts {
  static let critic = String(decoding: PackageResources.train_critic_py, as: UTF8.self)
  static let mergeAdapter = String(decoding: PackageResources.merge_adapter_py, as: UTF8.self)
}
