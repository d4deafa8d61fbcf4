import Foundation
import Models

/// A file that says what models are shown: one of those that come with etascope, by its name, or one of a user's own.
package enum PromptFile {
  /// The prompt that `spec` names: a file, or a name in `folder`.
  ///
  /// - Throws: `LabError` that names the file and the field, or the names there are.
  package static func read(_ spec: String, in folder: URL) throws -> ModelPrompt {
    let isPath = spec.contains("/") || spec.hasSuffix(".toml")
    let path = isPath ? spec : folder.appending(path: spec + ".toml").path(percentEncoded: false)
    guard FileManager.default.fileExists(atPath: path) else {
      let names = names(in: folder).joined(separator: ", ")
      throw LabError.settings("--prompt: expected a file, or one of \(names); found '\(spec)'")
    }
    return try read(LabFile.read(path), name: path)
  }

  /// The names of the prompts in `folder`.
  package static func names(in folder: URL) -> [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))) ?? []
    // What questions are imagined by is no prompt of a search.
    let own = files.filter { $0.hasSuffix(".toml") && !$0.hasPrefix("imagine-") }
    return own.map { String($0.dropLast(5)) }.sorted()
  }

  /// Reads what a file holds.
  ///
  /// - Throws: `LabError` for one that cannot be used.
  static func read(_ bytes: [UInt8], name: String) throws -> ModelPrompt {
    let fields = try ConfigurationTable(
      LabFile.table(bytes, name: name), name, keys: ["prompt", "system", "ends", "next", "rest", "answers", "revise"],
      separator: ": ")
    guard let shown = try fields.text("prompt"), shown.contains(ModelPrompt.place) else {
      throw fields.error("prompt", "expected a text with \(ModelPrompt.place) in it")
    }
    var prompt = ModelPrompt(text: shown)
    if let system = try fields.text("system") { prompt.system = system }
    if let ends = try fields.texts("ends") { prompt.ends = ends }
    if let next = try fields.text("next") { prompt.next = next }
    if let rest = try fields.text("rest") { prompt.rest = rest }
    if let revise = try fields.text("revise") {
      guard [ModelPrompt.place, "{objection}"].allSatisfy(revise.contains) else {
        throw fields.error("revise", "expected a text with \(ModelPrompt.place) and {objection} in it")
      }
      prompt.revise = revise
    }
    if let answers = try fields.texts("answers") { prompt.answers = answers }
    return prompt
  }
}
