import Foundation
import Models
import Vocabulary

/// What rows a trainer outside takes, looked at before it is started: what comes of wrong ones there is a traceback half a minute
/// later, or a model that has learned something else.
enum TrainingRowForm: Sendable {
  /// `prompt` and `completion`, or `messages`.
  case supervised
  /// `prompt`, `chosen` and `rejected`.
  case pairs
  /// `prompt`, `completions` and `labels`.
  case steps

  /// What the rows of a file are: the first decides, because it does for trainers.
  struct Content: Equatable, Sendable {
    /// Rows.
    var count: Int
    /// True for `messages`.
    var isConversational: Bool
    /// SHA-256 of the file, hexadecimal.
    var digest: String
  }

  /// The export's form that fits, for messages.
  private var format: String {
    switch self {
    case .supervised: "prompt-completion or conversational"
    case .pairs: "finished-preference"
    case .steps: "stepwise"
    }
  }

  /// Looks at every row of `data/train.jsonl` in the export's `folder`.
  ///
  /// - Parameter model: whose tokenizer and context the rows are for: what is longer would be cut at its end without a word.
  /// - Throws: ``TrainingError/unusable(_:)`` naming file, line and field.
  /// Complexity: O(bytes).
  func check(_ folder: String, for model: ModelFolder) throws -> Content {
    let file = URL(filePath: folder).appending(path: "data/train.jsonl").path(percentEncoded: false)
    let data: Data
    do {
      data = Data(try InputFile.bytes(at: file, limit: .max))
    } catch {
      throw TrainingError.unusable(
        "\(file): expected a readable file of rows, as `dataset export --format \(format.prefix { $0 != " " })` writes it\(error.unlessMissing)"
      )
    }
    var content = Content(count: 0, isConversational: false, digest: SHA256.hex(data))
    for (index, line) in data.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { continue }
      let row = try Row(line, place: "\(file):\(index + 1)", form: self)
      let isConversational = row.fields["messages"] != nil
      if content.count == 0 { content.isConversational = isConversational }
      guard isConversational == content.isConversational else {
        throw row.wrong(
          isConversational ? "messages" : "prompt", "expected rows of one kind, the first one's; found another kind")
      }
      let texts = try self.texts(row)
      for text in texts {
        let count = model.tokenizer.beginning.count + model.tokenizer.encode(text).count + 1
        guard count <= model.configuration.context else {
          throw row.wrong(
            "expected at most \(model.configuration.context) tokens, the model's context, found \(count)")
        }
      }
      content.count += 1
    }
    guard content.count > 0 else { throw TrainingError.unusable("\(file): expected at least one row") }
    return content
  }

  /// The whole texts that a row stands for. Throws where a field is missing or of another kind.
  private func texts(_ row: Row) throws -> [String] {
    switch self {
    case .supervised where row.fields["messages"] != nil: return [try row.turns().joined(separator: "\n")]
    case .supervised: return [try row.text("prompt", mayBeEmpty: true) + row.text("completion")]
    case .pairs:
      let prompt = try row.text("prompt", mayBeEmpty: true)
      let (chosen, rejected) = (try row.text("chosen"), try row.text("rejected"))
      guard chosen != rejected else { throw row.wrong("rejected", "expected another text than chosen's") }
      return [prompt + chosen, prompt + rejected]
    case .steps:
      let completions = try row.list("completions", of: String.self, "texts")
      let labels = try row.list("labels", of: Bool.self, "true and false")
      guard completions.count == labels.count, !labels.isEmpty else {
        throw row.wrong(
          "labels", "expected one for each of \(completions.count) completions, at least one, found \(labels.count)")
      }
      return [([try row.text("prompt", mayBeEmpty: true)] + completions).joined(separator: "\n") + "\n"]
    }
  }

  /// A row and where it stands.
  private struct Row {
    let place: String
    let form: TrainingRowForm
    let fields: [String: Any]

    init(_ line: Data, place: String, form: TrainingRowForm) throws {
      (self.place, self.form) = (place, form)
      guard let fields = try? JSONSerialization.jsonObject(with: line) as? [String: Any] else {
        throw TrainingError.unusable("\(place): expected a JSON object")
      }
      self.fields = fields
    }

    func wrong(_ parts: String...) -> TrainingError { .unusable(([place] + parts).joined(separator: ": ")) }

    func text(_ name: String, mayBeEmpty: Bool = false) throws -> String {
      guard let value = fields[name] else {
        let found = fields.keys.sorted().prefix(8).joined(separator: ", ").printable
        throw wrong(
          name, "expected the columns of the form \(form.format); the row has \(found.isEmpty ? "none" : found)")
      }
      guard let text = value as? String else { throw wrong(name, "expected a text") }
      guard mayBeEmpty || !text.isEmpty else { throw wrong(name, "expected a text that is not empty") }
      return text
    }

    func list<Value>(_ name: String, of kind: Value.Type, _ words: String) throws -> [Value] {
      if fields[name] == nil { _ = try text(name) }
      guard let values = fields[name] as? [Any] else { throw wrong(name, "expected a list of \(words)") }
      return try values.enumerated().map { index, value in
        // A number is no flag, though Foundation would take one for the other.
        guard let value = value as? Value, kind != Bool.self || isFlag(values[index]) else {
          throw wrong("\(name)[\(index)]", "expected a list of \(words)")
        }
        return value
      }
    }

    private func isFlag(_ value: Any) -> Bool {
      value is Bool && (value as? NSNumber).map { String(cString: $0.objCType) == "c" } ?? true
    }

    /// The contents of a conversation that ends with what is to be learned.
    func turns() throws -> [String] {
      guard let turns = fields["messages"] as? [[String: Any]], let last = turns.last else {
        throw wrong("messages", "expected a list of turns")
      }
      let contents = try turns.enumerated().map { index, turn in
        guard let role = turn["role"] as? String, ["system", "user", "assistant", "tool"].contains(role) else {
          throw wrong("messages[\(index)].role", "expected system, user, assistant or tool")
        }
        guard let content = turn["content"] as? String else {
          throw wrong("messages[\(index)].content", "expected a text")
        }
        return content
      }
      guard last["role"] as? String == "assistant", contents.last?.isEmpty == false else {
        throw wrong("messages", "expected an assistant's turn at the end, with a text")
      }
      return contents
    }
  }
}
