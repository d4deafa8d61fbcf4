import Foundation
import Vocabulary

/// Tokens that end a text, from all the files of a folder that name some.
///
/// `transformers` stops where `generation_config.json` says, and at the end of a turn where a chat template says how one ends.
/// Published folders often name one token in `config.json` and the one that their model writes elsewhere.
enum EndTokens {
  /// What ends a turn in the chat templates there are.
  private static let turnEnds = [
    "<|im_end|>", "<|eot_id|>", "<|eom_id|>", "<|end|>", "<|end_of_turn|>", "<end_of_turn>", "<|endofturn|>",
    "<|end_of_text|>",
    "</s>",
  ]

  /// The tokens that end a text, beside those of `configuration`.
  ///
  /// - Throws: `ModelError` naming the file and the field that says no token.
  static func read(
    _ folder: URL, _ configuration: LlamaConfiguration, _ tokenizer: BytePairTokenizer
  ) throws -> Set<Int32> {
    var found: Set<Int32> = []
    var isOpen = configuration.leavesEndOpen
    if let json = try object("generation_config.json", folder) {
      let tokens = try json.tokens("eos_token_id", below: configuration.vocabularySize)
      found.formUnion(tokens)
      if json.fields["eos_token_id"] is NSNull { isOpen = false }
    }
    let settings = try object("tokenizer_config.json", folder)
    var names = turnEnds(of: try settings.map(template) ?? "")
    for file in ["chat_template.jinja", "chat_template.json"] {
      let path = folder.appendingPathComponent(file)
      if let bytes = try? InputFile.bytes(at: path.path(percentEncoded: false), limit: ModelFolder.longestText) {
        names += turnEnds(of: String(decoding: bytes, as: UTF8.self))
      }
    }
    let end = settings?.fields["eos_token"]
    if let name = end as? String ?? (end as? [String: Any])?["content"] as? String { names.append(name) }
    found.formUnion(names.compactMap(tokenizer.id))
    if found.isEmpty, isOpen, let usual = configuration.architecture.endOfText, usual < configuration.vocabularySize {
      found.insert(usual)
    }
    return found
  }

  private static func turnEnds(of template: String) -> [String] { turnEnds.filter { template.contains($0) } }

  /// The chat template, or all of them where there are several by name.
  private static func template(_ json: JSONObject) throws -> String {
    guard json.has("chat_template") else { return "" }
    if let text = json.fields["chat_template"] as? String { return text }
    return try json.objects("chat_template").map { try $0.string("template") }.joined(separator: "\n")
  }

  fileprivate static func object(_ name: String, _ folder: URL) throws -> JSONObject? {
    let path = folder.appendingPathComponent(name)
    guard FileManager.default.fileExists(atPath: path.path) else { return nil }
    do {
      let bytes = try InputFile.bytes(at: path.path(percentEncoded: false), limit: ModelFolder.longestText)
      return try JSONObject(Data(bytes), file: path.relativePath)
    } catch let error as InputFile.Failure {
      throw ModelError(path.relativePath, "\(error)")
    }
  }
}

extension ModelFolder {
  /// The token that trainers put at the end of a text: the one that `tokenizer_config.json` names, else `config.json`'s first,
  /// else the only one that any file names; nil where nothing tells.
  ///
  /// - Throws: `ModelError` for a file that is no JSON object.
  package func endToken() throws -> Int32? {
    let folder = URL(fileURLWithPath: path)
    let end = try EndTokens.object("tokenizer_config.json", folder)?.fields["eos_token"]
    if let name = end as? String ?? (end as? [String: Any])?["content"] as? String, let id = tokenizer.id(of: name) {
      return id
    }
    let first = try EndTokens.object("config.json", folder)?.tokens("eos_token_id", below: configuration.vocabularySize)
      .first
    return first ?? (configuration.endOfText.count == 1 ? configuration.endOfText.first : nil)
  }
}
