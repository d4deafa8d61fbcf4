import Foundation
import Models
import Vocabulary

/// The folder that a training leaves: weights, the base's configuration and tokenizer, a card, and a record of what was done.
struct TrainedFolder {
  /// Files of a model's folder that stay true when its weights change.
  private static let copied = [
    "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "tokenizer.model",
    "vocab.json", "merges.txt", "chat_template.jinja", "chat_template.json", "generation_config.json", "etascope.json",
  ]

  let path: String

  private func file(_ name: String) -> URL { URL(filePath: path).appending(path: name) }

  /// Makes the folder, or looks whether it is one that this training may write to.
  ///
  /// - Throws: ``TrainingError/unusable(_:)`` for a folder with other things in it and one that cannot be written to.
  func open() throws {
    let files = FileManager.default
    do {
      try files.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw TrainingError.unusable("\(path): expected a folder that can be made: \(error.localizedDescription)")
    }
    guard files.isWritableFile(atPath: path) else {
      throw TrainingError.unusable("\(path): expected a folder that can be written to")
    }
    let there = (try? files.contentsOfDirectory(atPath: path)) ?? []
    guard there.allSatisfy({ $0.hasPrefix(".") }) || files.fileExists(atPath: TrainingState.file(in: path)) else {
      throw TrainingError.unusable(
        "\(path): expected a new or an empty folder, or one where this training was stopped; found \(there.sorted()[0])"
      )
    }
  }

  /// The record of the finished training `job`, where the folder holds its result; nil otherwise.
  func finished(_ job: String) -> TrainingRecord? {
    guard let record = TrainingRecord.read(in: path), record.job == job,
      let weights = try? Data(contentsOf: file("model.safetensors"), options: .alwaysMapped),
      SHA256.hex(weights) == record.weights
    else { return nil }
    return record
  }

  /// Writes the model; the record last, without which the folder is not finished, and then removes the state.
  func write(
    _ weights: FloatMatrix, _ layout: LlamaLayout, _ precision: TrainedPrecision, base: ModelFolder,
    _ record: TrainingRecord
  ) throws {
    var tensors = WeightsFile(precision)
    tensors.add(layout, weights)
    try tensors.write(to: file("model.safetensors").path(percentEncoded: false))
    for name in Self.copied {
      guard let data = try? Data(contentsOf: URL(filePath: base.path).appending(path: name)) else { continue }
      try data.write(to: file(name), options: .atomic)
    }
    let configuration = try String(
      contentsOf: URL(filePath: base.path).appending(path: "config.json"), encoding: .utf8)
    try Data(Self.configuration(configuration, precision).utf8).write(to: file("config.json"), options: .atomic)
    var record = record
    record.weights = SHA256.hex(try Data(contentsOf: file("model.safetensors"), options: .alwaysMapped))
    try Data(Self.card(record).utf8).write(to: file("README.md"), options: .atomic)
    try record.write(in: path)
    try? FileManager.default.removeItem(atPath: TrainingState.file(in: path))
  }

  /// `text` with the precision that the weights now have, under both names that `transformers` knows; all else as it is.
  static func configuration(_ text: String, _ precision: TrainedPrecision) -> String {
    let field = /"(torch_dtype|dtype)"(\s*):(\s*)("[^"]*"|null)/
    if text.contains(field) {
      return text.replacing(field) { "\"\($0.1)\"\($0.2):\($0.3)\"\(precision.rawValue)\"" }
    }
    return text.replacing("{", with: "{\n  \"torch_dtype\": \"\(precision.rawValue)\",", maxReplacements: 1)
  }

  private static func card(_ record: TrainingRecord) -> String {
    let recipe = record.recipe
    let base = record.base.printable
    return """
      ---
      library_name: transformers
      pipeline_tag: text-generation
      tags: [llama, etascope]
      ---

      # \(base), trained further

      Weights of `\(base)` (\(record.baseWeights ?? "unknown")) after \(record.steps) steps of supervised training on \
      \(record.rows ?? 0) rows (SHA-256 `\(record.data)`), \(record.tokens ?? 0) tokens, by etascope's embedded trainer.

      AdamW, learning rate \(recipe.learningRate), betas \(recipe.beta1) and \(recipe.beta2), weight decay \
      \(recipe.weightDecay), \(recipe.batch) rows a step, warm-up of \(recipe.warmup) steps and then a line to 0, gradient norm \
      cut to \(recipe.clip), prompt weight \(recipe.promptWeight), seed \(record.seed). Loss of the last step: \
      \(record.loss.map { String(format: "%.4f", $0) } ?? "unknown") nats a token. `training.json` holds the same as data.

      """
  }
}
