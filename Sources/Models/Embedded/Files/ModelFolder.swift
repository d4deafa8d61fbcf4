import Foundation
import Vocabulary

/// A Hugging Face folder with a model of Llama's family: configuration, tokenizer and mapped weights, all checked.
public struct ModelFolder: Sendable {
  /// The folder's path as it was given.
  public let path: String
  /// From `config.json`, and what other files say about the end of a text.
  package let configuration: LlamaConfiguration
  /// From `tokenizer.json`.
  package let tokenizer: BytePairTokenizer
  /// From `etascope.json`, or the defaults.
  package let settings: ModelSettings
  /// `model.safetensors`, or its shards.
  package let weights: Checkpoint
  /// `heads.safetensors`, where `etascope.json` names heads.
  package let heads: SafetensorsFile?

  /// The folder's last component.
  public var name: String { URL(fileURLWithPath: path).lastPathComponent }

  /// Opens the folder at `path`; weights are mapped, not yet read.
  ///
  /// - Parameter others: folders that are open already: a tokenizer that one of them has too is not read again.
  /// - Throws: `ModelError` naming the file and the field.
  public static func load(_ path: String, beside others: [ModelFolder] = []) throws -> ModelFolder {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw ModelError(path, "expected a model folder, there is nothing at this path")
    }
    guard isFolder.boolValue else {
      throw ModelError(path, "expected a model folder (config.json, model.safetensors, tokenizer.json), this is a file")
    }
    var configuration = try LlamaConfiguration(contents("config.json", in: path), file: file("config.json", in: path))
    let vocabulary = try contents("tokenizer.json", in: path)
    let limit = configuration.vocabularySize
    let same = others.first {
      $0.configuration.vocabularySize == limit && (try? contents("tokenizer.json", in: $0.path)) == vocabulary
    }
    let tokenizer =
      try same?.tokenizer ?? BytePairTokenizer(vocabulary, file: file("tokenizer.json", in: path), limit: limit)
    guard tokenizer.size <= configuration.vocabularySize else {
      throw ModelError(
        file("tokenizer.json", in: path), "model.vocab",
        "expected ids below config.json's vocab_size \(configuration.vocabularySize), the highest is \(tokenizer.size - 1)"
      )
    }
    configuration.end(at: try EndTokens.read(URL(fileURLWithPath: path), configuration, tokenizer))
    let settingsFile = file("etascope.json", in: path)
    let settings =
      FileManager.default.fileExists(atPath: settingsFile)
      ? try ModelSettings(contents("etascope.json", in: path), file: settingsFile) : ModelSettings()
    return ModelFolder(
      path: path, configuration: configuration, tokenizer: tokenizer, settings: settings,
      weights: try Checkpoint(folder: path),
      heads: settings.heads.isEmpty ? nil : try SafetensorsFile(path: file("heads.safetensors", in: path)))
  }

  /// No file of a folder but its weights is longer: bytes.
  static let longestText = 256 << 20

  static let missing = "expected this file in a model folder, it is missing or unreadable"

  private static func file(_ name: String, in folder: String) -> String {
    URL(fileURLWithPath: folder).appendingPathComponent(name).relativePath
  }

  static func contents(_ name: String, in folder: String) throws -> Data {
    do {
      return Data(try InputFile.bytes(at: file(name, in: folder), limit: longestText))
    } catch  where error.isMissing {
      throw missing(name, in: folder)
    } catch {
      throw ModelError(file(name, in: folder), "\(error)")
    }
  }

  /// What is wrong where the file `name` is not there: other files of the folder often say what to do about it.
  static func missing(_ name: String, in folder: String) -> ModelError {
    func other(_ names: String...) -> String? {
      names.first { FileManager.default.fileExists(atPath: file($0, in: folder)) }
    }
    func converting(_ from: String, _ packages: String, _ kind: String) -> ModelError {
      ModelError(
        file(name, in: folder),
        "expected this file beside \(from), from which it is made by, in this folder, `pip install transformers \(packages)` "
          + "and `python3 -c 'from transformers import \(kind) as A; A.from_pretrained(\".\").save_pretrained(\".\")'`")
    }
    switch name {
    case "tokenizer.json":
      if let from = other("tokenizer.model", "vocab.json", "tekken.json") {
        return converting(from, "sentencepiece protobuf tiktoken", "AutoTokenizer")
      }
    case "model.safetensors":
      if let from = other("pytorch_model.bin", "pytorch_model.bin.index.json") {
        return converting(from, "torch", "AutoModelForCausalLM")
      }
    case "config.json":
      if other("params.json", "adapter_config.json") != nil {
        let from = other("adapter_config.json") ?? "params.json"
        return ModelError(
          file(name, in: folder),
          "expected a folder in Hugging Face's form (config.json, model.safetensors, tokenizer.json); "
            + (from == "params.json" ? "this one is in the model's own" : "this one holds an adapter: merge it first"))
      }
    default: break
    }
    return ModelError(file(name, in: folder), missing)
  }
}

/// What a model folder's optional `etascope.json` says beyond Hugging Face's files.
package struct ModelSettings: Sendable, Hashable {
  /// The prompt, with `{question}` where the question goes.
  package var promptTemplate = "{question}\n"
  /// What ends an option, as the model was trained.
  package var optionEnd = "newline"
  /// Names of the rows of `heads.safetensors`; empty for a model without critic heads.
  package var heads: [String] = []
  /// What the heads read beside the hidden state, in the order of their weights.
  package var features: [SolutionFeature] = []
  /// The least log-probability a byte, in nats, of questions that the heads were trained on; nil where nobody measured it.
  package var familiar: Double?

  /// The defaults, for folders without the file.
  package init() {}

  /// Reads `data`, the contents of `file`.
  package init(_ data: Data, file: String) throws {
    let json = try JSONObject(data, file: file)
    if json.has("promptTemplate") {
      promptTemplate = try json.string("promptTemplate")
      guard promptTemplate.contains("{question}") else {
        throw json.error("promptTemplate", "expected a template that contains {question}")
      }
    }
    if json.has("optionEnd") {
      optionEnd = try json.string("optionEnd")
      guard optionEnd == "newline" else { throw json.error("optionEnd", "expected newline, got \(optionEnd)") }
    }
    if json.has("heads") {
      guard let names = json.fields["heads"] as? [String], !names.isEmpty, Set(names).count == names.count else {
        throw json.error("heads", "expected a list of different names")
      }
      heads = names
    }
    if json.has("familiar") {
      guard let number = json.fields["familiar"] as? Double, number < 0, number.isFinite else {
        throw json.error("familiar", "expected a number below 0: nats a byte")
      }
      familiar = number
    }
    if json.has("features") {
      let names = json.fields["features"] as? [String] ?? []
      features = names.compactMap(SolutionFeature.init)
      guard !names.isEmpty, features.count == names.count else {
        let known = SolutionFeature.allCases.map(\.rawValue).joined(separator: ", ")
        throw json.error("features", "expected a list of some of \(known)")
      }
    }
  }
}
