import Foundation
import Models
import Vocabulary

/// One training by a program outside: it works in a folder within the result's, `.training`, and what it writes there becomes the
/// result only after it was read back and tried. A training that was killed begins there again, with what it had kept.
struct ExternalTraining {
  /// What is asked for, its paths absolute.
  let job: TrainingJob
  /// What `--trainer` calls the trainer, and what else of it decides what comes out.
  let trainer: String
  /// The model to begin from.
  let base: ModelFolder
  /// SHA-256 of the rows' file, hexadecimal.
  let rows: String

  /// `job` with absolute paths, which no program takes for one of its options.
  static func absolute(_ job: TrainingJob) -> TrainingJob {
    var job = job
    job.data = path(job.data)
    job.model = path(job.model)
    job.output = path(job.output)
    return job
  }

  /// The model that `job` begins from. Throws ``TrainingError/unusable(_:)``.
  static func base(of job: TrainingJob) throws -> ModelFolder {
    do { return try ModelFolder.load(job.model) } catch let error as ModelError {
      throw TrainingError.unusable(error.description)
    }
  }

  private static func path(_ text: String) -> String {
    let path = URL(filePath: text).standardizedFileURL.path(percentEncoded: false)
    return path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  /// Where the program works.
  var work: String { job.output + "/.training" }
  /// Where the program writes the model.
  var result: String { work + "/model" }
  /// What the program says, all of it; kept where it fails.
  var log: String { work + "/log.txt" }

  // MARK: - Before

  /// The result of this very training, where the folder holds it already; nil otherwise.
  func finished() async -> TrainedModel? {
    guard let record = TrainingRecord.read(in: job.output), record.job == digest,
      let model = try? await ModelInspection(base: job.model).inspect(
        job.output, steps: record.steps, loss: record.loss),
      model.digest == record.weights
    else { return nil }
    return model
  }

  /// Makes the folders. What another training left in `.training` goes; what this one did stays.
  ///
  /// - Throws: ``TrainingError/unusable(_:)`` for a folder that holds other things, and one that cannot be written to.
  func open() throws {
    let files = FileManager.default
    let marker = work + "/job"
    let there = ((try? files.contentsOfDirectory(atPath: job.output)) ?? []).filter { !$0.hasPrefix(".") }
    guard there.isEmpty || files.fileExists(atPath: marker) else {
      throw TrainingError.unusable(
        "\(job.output): expected a new or an empty folder, or one where this training was stopped; found "
          + there.sorted()[0].printable)
    }
    do {
      if (try? String(contentsOfFile: marker, encoding: .utf8)) != digest { try? files.removeItem(atPath: work) }
      try files.createDirectory(atPath: result, withIntermediateDirectories: true)
      try Data(digest.utf8).write(to: URL(filePath: marker), options: .atomic)
    } catch {
      throw TrainingError.unusable(
        "\(job.output): expected a folder that can be written to: \(error.localizedDescription)")
    }
  }

  /// Tells two trainings apart by everything that their results depend on. The base's weights count by name, size and time: to read
  /// those of a large model would take minutes.
  private var digest: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let recipe = (try? encoder.encode(job.recipe)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: job.model)) ?? []).sorted()
    let files = names.map { name in
      let facts = try? FileManager.default.attributesOfItem(atPath: "\(job.model)/\(name)")
      let time = (facts?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
      return "\(name) \(facts?[.size] ?? 0) \(time)"
    }
    return SHA256.hex(([trainer, rows, recipe, "\(job.seed)", job.model] + files).joined(separator: "\n").utf8)
  }

  // MARK: - Running

  /// Runs the program and tells what it reports.
  ///
  /// - Throws: ``TrainingError/failed(_:)`` with its last words where it fails; `CancellationError`.
  func run(
    _ words: [String], environment: [String: String], progress: ReportedProgress,
    tell: @escaping @Sendable (TrainingProgress) -> Void
  ) async throws -> ReportedProgress {
    let messages = TrainerMessages(log, progress: progress, tell: tell)
    let ending: GuardedProcess.Ending
    do {
      ending = try await GuardedProcess().run(words, environment: environment) { messages.take($0, $1) }
    } catch let error as GuardedProcess.Failure {
      throw TrainingError.unusable("\(words[0].printable): cannot be started: \(error)")
    }
    let said = messages.finish()
    guard ending.isSuccess else {
      throw TrainingError.failed(
        "\(trainer.printable): ended with \(ending.words)\(said.lastWords) (all messages: \(log))")
    }
    if said.progress.hasDiverged {
      throw TrainingError.failed(
        "\(trainer.printable): the loss is no number after \(said.progress.step) steps: it diverged")
    }
    return said.progress
  }

  // MARK: - After

  /// Reads back and tries what stands in ``result``, and makes it the result.
  ///
  /// - Parameter kinds: what the trainer is to leave.
  /// - Throws: ``TrainingError/failed(_:)`` where it cannot be used.
  func finish(_ progress: ReportedProgress, kinds: Set<TrainedModel.Kind>) async throws -> TrainedModel {
    let files = FileManager.default
    do {
      try complete()
      var model = try await ModelInspection(base: job.model).inspect(
        result, steps: progress.step, loss: progress.loss)
      guard kinds.contains(model.kind) else {
        throw TrainingError.failed("\(trainer.printable): left a folder of another kind: \(model.kind.rawValue)")
      }
      for name in try files.contentsOfDirectory(atPath: result) {
        try? files.removeItem(atPath: "\(job.output)/\(name)")
        try files.moveItem(atPath: "\(result)/\(name)", toPath: "\(job.output)/\(name)")
      }
      model.folder = job.output
      let record = TrainingRecord(
        trainer: trainer, job: digest, steps: model.steps, loss: model.loss, recipe: job.recipe, seed: job.seed,
        base: base.name, data: rows, weights: model.digest)
      try record.write(in: job.output)
      try? files.removeItem(atPath: work)
      return model
    } catch let error as CocoaError {
      throw TrainingError.failed("\(job.output): cannot be written: \(error.localizedDescription)")
    }
  }

  /// Takes away what nobody needs, pickles above all, and adds what the program does not know of: how this project prompts.
  private func complete() throws {
    let files = FileManager.default
    for name in try files.contentsOfDirectory(atPath: result)
    where name.hasPrefix("checkpoint-") || name == "training_args.bin" {
      try files.removeItem(atPath: "\(result)/\(name)")
    }
    let place = URL(filePath: result + "/etascope.json")
    guard files.fileExists(atPath: job.model + "/etascope.json"),
      !files.fileExists(atPath: place.path(percentEncoded: false)),
      !files.fileExists(atPath: result + "/adapter_config.json")
    else { return }
    // Heads were trained for the old trunk.
    let settings = ["promptTemplate": base.settings.promptTemplate, "optionEnd": base.settings.optionEnd]
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try encoder.encode(settings).write(to: place, options: .atomic)
  }
}
