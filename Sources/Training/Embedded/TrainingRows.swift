import Foundation
import Models
import Vocabulary

/// The rows of an export as texts of tokens.
///
/// A text is the prompt with what the model expects at a text's beginning, the completion, and the token that ends a text: what
/// TRL makes of the same rows. The completion is tokenized apart from the prompt, as the model meets it when it writes.
struct TrainingRows: Sendable {
  /// In the order of the file.
  let texts: [TrainingText]
  /// SHA-256 of the file, hexadecimal.
  let digest: String
  /// Of the tokens that the tokenizer and the template made of it.
  var tokenDigest: String {
    var digest = SHA256()
    for text in texts {
      for number in [Int32(text.promptCount), Int32(text.tokens.count)] + text.tokens {
        withUnsafeBytes(of: number.littleEndian) { digest.update($0) }
      }
    }
    return digest.finishHex()
  }

  /// Reads the rows at `path`: an export's folder, or the JSON Lines file itself.
  ///
  /// - Throws: ``TrainingError/unusable(_:)`` naming the file, the line and the field.
  init(_ path: String, for folder: ModelFolder) throws {
    let file = Self.file(path)
    let data: Data
    do {
      data = Data(try InputFile.bytes(at: file, limit: .max))
    } catch {
      throw TrainingError.unusable("\(file): expected a readable file of rows, JSON Lines\(error.unlessMissing)")
    }
    digest = SHA256.hex(data)
    guard let end = try folder.endToken() else {
      throw TrainingError.unusable(
        "\(folder.path): tokenizer_config.json: eos_token: expected the token that ends a text")
    }
    let reader = RowReader(file: file, folder: folder, end: end)
    var texts: [TrainingText] = []
    for (index, line) in data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
    where !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) {
      texts.append(try reader.text(line, number: index + 1))
    }
    guard !texts.isEmpty else { throw TrainingError.unusable("\(file): expected at least one row") }
    self.texts = texts
  }

  /// `data/train.jsonl` of a folder; any other path as it is.
  private static func file(_ path: String) -> String {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else { return path }
    return URL(filePath: path).appending(path: "data/train.jsonl").path(percentEncoded: false)
  }
}

/// Reads one row.
private struct RowReader {
  let file: String
  let folder: ModelFolder
  let end: Int32

  func text(_ line: Data, number: Int) throws -> TrainingText {
    func wrong(_ message: String) -> TrainingError { .unusable("\(file):\(number): \(message)") }
    guard let row = try? JSONSerialization.jsonObject(with: line) as? [String: Any] else {
      throw wrong("expected a JSON object")
    }
    let (prompt, completion) = try texts(row, wrong)
    let tokenizer = folder.tokenizer
    let begin = tokenizer.beginning + tokenizer.encode(prompt)
    let tokens = begin + tokenizer.encode(completion, begins: false) + [end]
    let context = folder.configuration.context
    guard tokens.count - 1 <= context else {
      throw wrong("expected at most \(context) tokens, the model's context, found \(tokens.count - 1)")
    }
    guard tokens.count > 1 else { throw wrong("expected a text of which the tokenizer makes tokens") }
    return TrainingText(tokens: tokens, promptCount: begin.count)
  }

  private func texts(
    _ row: [String: Any], _ wrong: (String) -> TrainingError
  ) throws -> (prompt: String, completion: String) {
    if row["messages"] != nil { return try turns(row["messages"], wrong) }
    func field(_ name: String) throws -> String {
      guard let value = row[name] else {
        let names = row.keys.sorted().prefix(8).joined(separator: ", ")
        throw wrong(
          "\(name): expected prompt and completion, or messages; the row has \(names.isEmpty ? "nothing" : names)")
      }
      guard let text = value as? String else { throw wrong("\(name): expected a text") }
      return text
    }
    let (prompt, completion) = (try field("prompt"), try field("completion"))
    guard !completion.isEmpty else { throw wrong("completion: expected a text that is not empty") }
    return (prompt, completion)
  }

  /// A question and its answer, in the folder's own template. Chat templates are programs, and none is run here.
  private func turns(_ value: Any?, _ wrong: (String) -> TrainingError) throws -> (prompt: String, completion: String) {
    guard let turns = value as? [[String: Any]] else { throw wrong("messages: expected an array of turns") }
    let roles = turns.map { $0["role"] as? String ?? "none" }
    guard roles == ["user", "assistant"] else {
      throw wrong(
        "messages: expected a user's turn and an assistant's, found \(roles.prefix(8).joined(separator: ", "))")
    }
    let contents = try turns.indices.map { index in
      guard let content = turns[index]["content"] as? String, !content.isEmpty else {
        throw wrong("messages[\(index)].content: expected a text that is not empty")
      }
      return content
    }
    let prompt = folder.settings.promptTemplate.components(separatedBy: "{question}").joined(separator: contents[0])
    return (prompt, contents[1].hasSuffix("\n") ? contents[1] : contents[1] + "\n")
  }
}
