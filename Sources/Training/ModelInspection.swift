import Foundation
import Models
import Vocabulary

/// Reads back what a trainer wrote and tries it before it counts: the one place for all trainers.
///
/// A folder is a whole model, an adapter (LoRA that was not merged) or a critic (a score for each token, or this project's own
/// heads). Weights have to be finite numbers of the shapes that the configuration says, under the names that `transformers` writes
/// now or wrote before; a tokenizer has to be there and to read as the base's does; a model has to write a few words.
public struct ModelInspection: Sendable {
  /// Heavier models, in bytes of weights, are not tried: widened to 32 bits they would fill the memory.
  private static let triedBytes = 1 << 31
  /// What a model is shown.
  private static let question = "Ana has 3 pens. Ana buys 2 pens. How many pens does Ana have now?"

  /// Folder of the model from which it was trained.
  public let base: String

  /// - Parameter base: folder of the model from which it was trained.
  public init(base: String) { self.base = base }

  /// Looks at `folder`.
  ///
  /// - Parameters:
  ///   - steps: steps done.
  ///   - loss: the last step's; nil where nobody said.
  /// - Throws: ``TrainingError/failed(_:)`` naming the file and the field for a folder that cannot be used.
  public func inspect(_ folder: String, steps: Int, loss: Double? = nil) async throws -> TrainedModel {
    do {
      return try await inspected(folder, steps, loss)
    } catch let error as ModelError {
      throw TrainingError.failed("what was trained cannot be used: \(error)")
    }
  }

  private func inspected(_ path: String, _ steps: Int, _ loss: Double?) async throws -> TrainedModel {
    if FileManager.default.fileExists(atPath: path + "/adapter_config.json") {
      return TrainedModel(
        folder: path, kind: .adapter, steps: steps, loss: loss, digest: try AdapterFolder(path).checkedDigest())
    }
    let original = try ModelFolder.load(base)
    if let critic = try CriticFolder(path) {
      return TrainedModel(
        folder: path, kind: .critic, steps: steps, loss: loss, digest: try critic.checkedDigest(original))
    }
    let folder = try ModelFolder.load(path)
    try Self.compare(folder, original)
    let digest = try folder.weights.checkedDigest()
    var trained = TrainedModel(folder: path, kind: .model, steps: steps, loss: loss, digest: digest)
    if folder.settings.heads.isEmpty {
      let model = try EmbeddedModel(folder)
      if folder.weights.bytes <= Self.triedBytes { trained.sample = try await Self.sample(model) }
    } else {
      trained.kind = .critic
      let critic = try CriticModel(folder)
      if folder.weights.bytes <= Self.triedBytes {
        _ = try await critic.headScores(tokens: critic.prompt(for: Self.question))
      }
    }
    return trained
  }

  /// The tokenizer has to read as the base's does: what was trained on, and what a journal holds, are its tokens.
  static func compare(_ folder: ModelFolder, _ base: ModelFolder) throws {
    let (new, old) = (folder.tokenizer, base.tokenizer)
    guard folder.configuration.vocabularySize >= base.configuration.vocabularySize else {
      throw ModelError(
        folder.path + "/config.json", "vocab_size",
        "expected the base's \(base.configuration.vocabularySize) or more, found \(folder.configuration.vocabularySize)"
      )
    }
    let text = question + "\n  12 × 3.5 = 42 – Zoë's 漢字\n#### 5\n"
    guard new.fingerprint == old.fingerprint || new.beginning + new.encode(text) == old.beginning + old.encode(text)
    else {
      throw ModelError(
        folder.path + "/tokenizer.json", "expected the base's tokenizer, this one reads a text otherwise")
    }
  }

  /// A few words.
  private static func sample(_ model: EmbeddedModel) async throws -> String {
    let request = SampleRequest(
      prefix: model.prompt(for: question), count: 1, temperature: 0, topP: 1, maximumTokens: 24, end: .text, seed: 1)
    let sample = try await model.sample(request).samples.first
    return model.text(of: sample?.tokens ?? [])
  }
}

/// No JSON file of a model is longer: bytes.
private let longestText = 64 << 20

/// A LoRA adapter as PEFT writes it.
private struct AdapterFolder {
  private let path: String

  init(_ path: String) throws { self.path = path }

  /// - Throws: `ModelError` where it is no such adapter.
  func checkedDigest() throws -> String {
    let name = path + "/adapter_config.json"
    guard let bytes = try? InputFile.bytes(at: name, limit: longestText),
      let json = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
    else { throw ModelError(name, "expected a JSON object") }
    guard json["peft_type"] as? String == "LORA" else { throw ModelError(name, "peft_type", "expected LORA") }
    guard let rank = json["r"] as? Int, rank > 0 else { throw ModelError(name, "r", "expected a rank of 1 or more") }
    let file = try SafetensorsFile(path: path + "/adapter_model.safetensors")
    for name in file.names {
      guard let shape = file.shape(of: name) else { continue }
      if name.contains(".lora_A."), shape.first != rank {
        throw ModelError(file.file, name, "expected \(rank) rows, got \(shape)")
      }
      if name.contains(".lora_B."), shape.last != rank {
        throw ModelError(file.file, name, "expected \(rank) columns, got \(shape)")
      }
    }
    guard file.names.contains(where: { $0.contains(".lora_B.") }) else {
      throw ModelError(file.file, "expected tensors named lora_A and lora_B")
    }
    try file.checkFinite()
    return file.digest
  }
}

/// A critic as `transformers` writes one: a trunk and a matrix from its hidden states to labels.
private struct CriticFolder {
  private static let architecture = "LlamaForTokenClassification"

  private let path: String
  private let configuration: [String: Any]

  /// Nil where the folder is no such critic.
  init?(_ path: String) throws {
    let bytes = (try? InputFile.bytes(at: path + "/config.json", limit: longestText)) ?? []
    guard let json = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any],
      (json["architectures"] as? [String])?.contains(Self.architecture) == true
    else { return nil }
    (self.path, configuration) = (path, json)
  }

  /// - Throws: `ModelError` where the trunk or the matrix is missing or of another shape than `base` has.
  func checkedDigest(_ base: ModelFolder) throws -> String {
    var trunk = configuration
    // The trunk is a language model's, which has no output matrix of its own here.
    trunk["architectures"] = ["LlamaForCausalLM"]
    trunk["tie_word_embeddings"] = true
    let c = try LlamaConfiguration(
      JSONSerialization.data(withJSONObject: trunk), file: path + "/config.json")
    let weights = try Checkpoint(folder: path)
    for tensor in LlamaLayout(c).tensors { try weights.check(tensor.name, shape: tensor.shape) }
    let labels = (configuration["id2label"] as? [String: Any])?.count ?? configuration["num_labels"] as? Int ?? 2
    try weights.check("score.weight", shape: [labels, c.width])
    guard c.width == base.configuration.width, c.layers == base.configuration.layers else {
      throw ModelError(
        path + "/config.json", "hidden_size",
        "expected the base's \(base.configuration.width) and its layers, got \(c.width)")
    }
    guard FileManager.default.fileExists(atPath: path + "/tokenizer.json") else {
      throw ModelError(path + "/tokenizer.json", "expected the tokenizer beside the weights, it is missing")
    }
    return try weights.checkedDigest()
  }
}

extension Checkpoint {
  /// SHA-256 of the weights, hexadecimal, after a look at every number. Complexity: O(bytes).
  fileprivate func checkedDigest() throws -> String {
    var digest = SHA256()
    for file in files {
      try file.checkFinite()
      file.hash(into: &digest)
    }
    return digest.finishHex()
  }

  fileprivate var bytes: Int { files.reduce(0) { $0 + $1.size } }
}

extension SafetensorsFile {
  /// SHA-256, hexadecimal.
  fileprivate var digest: String {
    var digest = SHA256()
    hash(into: &digest)
    return digest.finishHex()
  }

  /// - Throws: `ModelError` naming the first tensor in which a number is infinite or none.
  fileprivate func checkFinite() throws {
    for name in names {
      let shape = shape(of: name) ?? []
      let block = FloatMatrix(1, shape.reduce(1, *))
      try read(name, shape: shape, into: block.base)
      guard UnsafeBufferPointer(start: block.base, count: block.columns).allSatisfy(\.isFinite) else {
        throw ModelError(file, name, "expected finite numbers: the training has diverged")
      }
    }
  }
}
