import Foundation

/// What a model folder's optional `etascope.json` says beyond Hugging Face's files.
public struct ModelSettings: Sendable, Hashable {
  /// The prompt, with `{question}` where the question goes.
  public var promptTemplate = "{question}\n"
  /// What ends an option, as the model was trained.
  public var optionEnd = "newline"
  /// Names of the rows of `heads.safetensors`; empty for a model without critic heads.
  public var heads: [String] = []
  /// What the heads read beside the hidden state, in the order of their weights.
  public var features: [SolutionFeature] = []

  /// The defaults, for folders without the file.
  public init() {}

  /// Reads `data`, the contents of `file`.
  public init(_ data: Data, file: String) throws {
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
