import Foundation
import Models
import Vocabulary

/// Trains by a script module of TRL, in a process of its own, offline: supervised rows (`sft`) or preference pairs (`dpo`); all
/// weights or an adapter.
///
/// Prompts are not trained on: TRL masks them, whatever the recipe's prompt weight. It puts the end of the text behind every
/// completion. What it does depends on the seed and on the machine's arithmetic.
public struct TRLTrainer: Trainer {
  /// A script module of TRL.
  public enum Script: String, Sendable, CaseIterable {
    /// Supervised fine-tuning on `prompt-completion` or `conversational` rows.
    case sft
    /// Direct preference optimisation on `finished-preference` rows.
    case dpo
  }

  /// Which one.
  public let script: Script
  private let environment: TrainerEnvironment

  /// `sft` or `dpo`.
  public var name: String { script.rawValue }

  /// A trainer by `script`.
  ///
  /// - Parameter environment: variables: `ETASCOPE_TRAINER_PYTHON` names a Python that has TRL, `ETASCOPE_TRAINER_LAUNCHER` what
  ///   starts it on several accelerators or machines, `ETASCOPE_TRAINER_ARGUMENTS` more arguments for it.
  public init(_ script: Script, environment: [String: String] = ProcessInfo.processInfo.environment) {
    self.script = script
    self.environment = TrainerEnvironment(environment)
  }

  /// Throws ``TrainingError/unusable(_:)`` where TRL is not installed, or the launcher is not there.
  public func requirePrograms() throws { _ = try environment.launcher() }

  /// The Python that it would run on.
  ///
  /// - Throws: ``TrainingError/unusable(_:)`` where there is none, with what to do about it.
  public static func python(
    _ environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws -> String {
    try TrainerEnvironment(environment).python()
  }

  /// Trains. Throws ``TrainingError``, `CancellationError`; a training that was killed goes on from its last checkpoint.
  public func train(
    _ job: TrainingJob, tell: @escaping @Sendable (TrainingProgress) -> Void
  ) async throws -> TrainedModel {
    let job = ExternalTraining.absolute(job)
    try job.recipe.validate()
    if script == .dpo, job.recipe.adapterRank == nil, job.recipe.learningRate > 2e-4 {
      throw TrainingError.unusable(
        "learning rate: expected 0.0002 or less for preference pairs: above it models have collapsed; found "
          + "\(job.recipe.learningRate)")
    }
    let leavesAdapter = job.recipe.adapterRank != nil && job.recipe.leavesAdapter == true
    let launcher = try environment.launcher()
    let base = try ExternalTraining.base(of: job)
    guard base.settings.heads.isEmpty else {
      throw TrainingError.unusable("\(job.model): expected a language model, its etascope.json names critic heads")
    }
    let content = try (script == .sft ? TrainingRowForm.supervised : .pairs).check(job.data, for: base)
    let training = ExternalTraining(
      job: job, trainer: ([name] + environment.arguments).joined(separator: " "), base: base, rows: content.digest)
    if let model = await training.finished() { return model }
    try training.open()
    let checkpoint = Checkpoints.latest(in: training.result)
    if checkpoint == nil { try Checkpoints.clear(training.result) }
    let arguments = TRLArguments(
      job: job, script: script, rows: content, context: base.configuration.context, output: training.result,
      onProcessor: !environment.hasAccelerator, checkpoint: checkpoint?.path)
    let variables = environment.variables(adding: TrainerEnvironment.python(keeping: training.work + "/cache"))
    tell(TrainingProgress(step: checkpoint?.step ?? 0, steps: arguments.steps, message: "starting TRL's \(name)"))
    // Several processes, and arguments of the user's own, may take other steps than the recipe comes to.
    let isUsual = launcher.count == 1 && environment.arguments.isEmpty
    let progress = try await training.run(
      launcher + arguments.words + environment.arguments, environment: variables,
      progress: ReportedProgress(
        steps: isUsual ? arguments.steps : 0, epochs: job.recipe.epochs, done: checkpoint?.step ?? 0),
      tell: tell)
    if job.recipe.adapterRank != nil, !leavesAdapter {
      tell(TrainingProgress(step: progress.step, steps: progress.step, message: "merging the adapter"))
      let merged = training.work + "/merged"
      try? FileManager.default.removeItem(atPath: merged)
      let python = try environment.python()
      _ = try await training.run(
        [python, "-c", PythonScripts.mergeAdapter, job.model, training.result, merged], environment: variables,
        progress: progress, tell: { _ in })
      try FileManager.default.removeItem(atPath: training.result)
      try FileManager.default.moveItem(atPath: merged, toPath: training.result)
    }
    return try await training.finish(
      progress, kinds: leavesAdapter ? [.adapter] : [.model])
  }
}

/// The checkpoints that a stopped training of TRL's left.
private enum Checkpoints {
  /// The last that is whole: its state is written at its end.
  static func latest(in folder: String) -> (path: String, step: Int)? {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let steps = names.compactMap { $0.hasPrefix("checkpoint-") ? Int($0.dropFirst(11)) : nil }.sorted(by: >)
    return steps.lazy.map { (path: "\(folder)/checkpoint-\($0)", step: $0) }.first { found in
      let state = FileManager.default.contents(atPath: found.path + "/trainer_state.json") ?? Data()
      let json = try? JSONSerialization.jsonObject(with: state) as? [String: Any]
      return json?["global_step"] as? Int == found.step
    }
  }

  /// Removes what a training left that cannot go on.
  static func clear(_ folder: String) throws {
    try FileManager.default.removeItem(atPath: folder)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }
}
