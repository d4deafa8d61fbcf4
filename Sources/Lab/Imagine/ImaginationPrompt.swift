import Foundation
import Vocabulary

/// What a model is shown so that it writes a question of one kind: a file of `SampleData/Prompts`, or one of a user's own.
struct ImaginationPrompt: Sendable, Equatable {
  /// What may stand in braces, and what it stands for.
  static let places = [
    "{question}": "the problem", "{second}": "another problem, for compose",
    "{answer}": "the problem's reference answer",
    "{examples}": "some of the problems, each as `example` says",
  ]

  /// What the model goes on from.
  var text: String
  /// How each of the ``examples`` is written.
  var example: String
  /// How many there are.
  var examples: Int
  /// Texts that end what it writes, and are no part of it.
  var ends: [String]

  /// Reads the file that `spec` names: a path, or a name in `folder`.
  ///
  /// - Throws: `LabError` that names the file and the field.
  init(_ spec: String, in folder: URL) throws {
    let isPath = spec.contains("/") || spec.hasSuffix(".toml")
    let path = isPath ? spec : folder.appending(path: spec + ".toml").path(percentEncoded: false)
    let missing = "expected a prompt file, as those in SampleData/Prompts; it cannot be read"
    try self.init(LabFile.read(path, missing: missing), name: path)
  }

  /// Reads what a file holds.
  ///
  /// - Throws: `LabError` for one that cannot be used.
  init(_ bytes: [UInt8], name: String) throws {
    let fields = try ConfigurationTable(
      LabFile.table(bytes, name: name), name, keys: ["prompt", "example", "examples", "ends"], separator: ": ")
    guard let text = try fields.text("prompt"), !text.isEmpty else { throw fields.error("prompt", "expected a text") }
    self.text = text
    example = try fields.text("example") ?? "{question}\n\n"
    guard example.contains("{question}") else {
      throw fields.error("example", "expected a text with {question} in it")
    }
    examples = Int(try fields.number("examples", 1...64) ?? 4)
    ends = try fields.texts("ends") ?? []
  }
}
