import Foundation
import Testing

@testable import Models

/// Tokenizers of the kinds that published folders have; Python/make_tokenizers.py makes them.
private enum TokenizerKinds {
  static let folder = RepositoryFiles.root().appending(path: "Tests/ModelsTests/Fixtures/Tokenizers")
  static let all =
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path).filter { !$0.contains(".") }.sorted()) ?? []
}

/// What they make of many lines, against `tokenizers`.
@Suite("Tokenizers of every kind agree with Hugging Face's")
struct TokenizerAgreementTests {
  private struct Expected: Decodable {
    /// Where names of special tokens are those tokens.
    let specials: [Int32]
    /// Where they are text; nil for the same.
    let plain: [Int32]?
  }

  private static func tokenizer(_ kind: String, _ folder: URL) throws -> BytePairTokenizer {
    let file = folder.appending(path: "\(kind)/tokenizer.json")
    return try BytePairTokenizer(Data(contentsOf: file), file: kind)
  }

  private static func lines(_ folder: URL) throws -> [String] {
    try JSONDecoder().decode([String].self, from: Data(contentsOf: folder.appending(path: "lines.json")))
  }

  /// Compares every line; returns how many there were.
  private static func compare(_ kind: String, _ lines: [String], _ folder: URL, _ note: String = "") throws -> Int {
    let tokenizer = try tokenizer(kind, folder)
    let expected = try JSONDecoder().decode(
      [Expected].self, from: Data(contentsOf: folder.appending(path: "\(kind)/expected.json")))
    try #require(expected.count == lines.count)
    for (line, wanted) in zip(lines, expected) {
      let found = tokenizer.encode(line, specials: true)
      #expect(found == wanted.specials, "\(kind): \(line.debugDescription)\(note)")
      guard wanted.plain != nil || line.count % 8 == 0 else { continue }
      let plain = tokenizer.encode(line)
      #expect(plain == wanted.plain ?? wanted.specials, "\(kind), plain: \(line.debugDescription)\(note)")
    }
    return lines.count
  }

  @Test("a hundred lines of mixed languages", arguments: TokenizerKinds.all)
  func pinned(_ kind: String) throws {
    #expect(try Self.compare(kind, Self.lines(TokenizerKinds.folder), TokenizerKinds.folder) == 100)
  }

  /// Kinds that change nothing of a text but put a space before it.
  @Test(
    "tokens stand for the text's bytes, but for the space before it",
    arguments: ["llama2", "llama2-first", "mistral", "converted", "gemma", "llama3", "qwen2", "tekken", "deepseek"])
  func roundTrip(_ kind: String) throws {
    let tokenizer = try Self.tokenizer(kind, TokenizerKinds.folder)
    let isSpaced = ["llama2", "llama2-first", "mistral", "converted"].contains(kind)
    var compared = 0
    // "▁" is a space to SentencePiece, and Qwen composes what is not
    for line in try Self.lines(TokenizerKinds.folder)
    where !line.contains("▁") && Array(line.composed.utf8) == Array(line.utf8) {
      let tokens = tokenizer.encode(line, begins: false)
      #expect(tokenizer.bytes(of: tokens) == Array(line.utf8), "\(line.debugDescription)")
      compared += 1
      // Metaspace puts no second space before a text that has one
      guard isSpaced, !line.isEmpty, ["llama2", "converted"].contains(kind) || !line.utf8.starts(with: " ".utf8),
        !line.contains("[")
      else { continue }
      #expect(tokenizer.bytes(of: tokenizer.encode(line)) == Array((" " + line).utf8), "\(line.debugDescription)")
    }
    #expect(compared > 60)
  }

  @Test(
    "ten thousand lines of mixed languages",
    .enabled(if: PythonEnvironment.withTokenizers != nil, "the Python package tokenizers is not installed"))
  func live() async throws {
    let scratch = try TemporaryFolder()
    let seed = UInt64.random(in: 0..<1_000_000)
    try await PythonEnvironment.run(
      try #require(PythonEnvironment.withTokenizers), "make_tokenizers.py",
      ["--out", scratch.path, "--seed", String(seed)])
    let lines = try Self.lines(scratch.url)
    var compared = 0
    for kind in TokenizerKinds.all { compared += try Self.compare(kind, lines, scratch.url, ", seed \(seed)") }
    #expect(compared == 10_000 * TokenizerKinds.all.count, "seed \(seed)")
  }
}
