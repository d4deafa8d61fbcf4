import Foundation
import Testing
import Vocabulary

@testable import Models

@Suite("Vocabularies are read by bytes")
struct TokenizerFileTests {
  private func file(_ model: String) throws -> TokenizerFile {
    try TokenizerFile(Data("{\"a\": [1, {\"model\": 2}], \"model\": \(model), \"b\": \"}\"}".utf8), file: "t")
  }

  @Test("texts that Swift finds equal are different tokens, escapes are what they stand for")
  func exact() throws {
    let read = try file(
      #"{"type": "BPE", "vocab": {"é": 0, "e\u0301": 1, "\ud83d\ude42\n\"\\\/": 2, "": 3}, "merges": ["a b", ["c", "d e"]]}"#
    )
    #expect(
      read.vocabulary?.map(\.text) == [
        Array("é".utf8), Array("e\u{301}".utf8), Array("🙂\n\"\\/".utf8), [],
      ])
    #expect(read.vocabulary?.map(\.id) == [0, 1, 2, 3])
    #expect(read.merges?.map { $0.map { String(decoding: $0, as: UTF8.self) } } == [["a", "b"], ["c", "d e"]])
    #expect(try read.json.object("model").string("type") == "BPE")
    #expect(try read.json.string("b") == "}")
  }

  @Test("composed and decomposed characters are tokens of their own")
  func tokens() throws {
    let text =
      "{\"model\": {\"vocab\": {\"\u{E9}\": 0, \"e\": 1, \"\u{301}\": 2, \"e\u{301}\": 3, \"\u{212B}\": 4, \"\u{C5}\": 5}, \"merges\": [\"e \u{301}\"]}}"
    let tokenizer = try BytePairTokenizer(Data(text.utf8), file: "t")
    #expect(tokenizer.encode("\u{E9}e\u{301}\u{212B}\u{C5}e") == [0, 3, 4, 5, 1])
    #expect(tokenizer.bytes(of: [3, 4]) == Array("e\u{301}\u{212B}".utf8))
  }

  @Test(
    "what is no vocabulary or no JSON is no vocabulary",
    arguments: [
      #"{"vocab": {"a": "0"}}"#, #"{"vocab": {"a": 1.5}}"#, #"{"vocab": {"a": 1e3}}"#, #"{"vocab": ["a"]}"#,
      #"{"vocab": {"\ud83d": 1}}"#,
      #"{"vocab": {"\x": 1}}"#, #"{"vocab": {"a": 99999999999999999999}}"#, "7", "null",
    ])
  func wrong(_ model: String) throws {
    // A vocabulary that cannot be read stays where it is, for JSON's own reader to judge.
    let read = try? file(model)
    #expect(read?.vocabulary == nil)
  }

  @Test("cut off or changed anywhere: read or refused, never more")
  func fuzz() throws {
    let whole = try RepositoryFiles.fixture("Tokenizers/llama2/tokenizer.json")
    let seed = UInt64.random(in: 0..<1_000_000)
    var random = SplitMix(seed: seed, index: 0)
    var refused = 0
    for _ in 0..<200 {
      var data = whole
      let at = Int.random(in: 0..<whole.count, using: &random)
      if Bool.random(using: &random) {
        data = data.prefix(at)
      } else {
        data[at] = UInt8.random(in: 0...255, using: &random)
      }
      do {
        let tokenizer = try BytePairTokenizer(data, file: "t")
        _ = tokenizer.encode("Ana has 13 🙂")
      } catch let error as ModelError {
        refused += 1
        #expect(error.file == "t" && error.expected.hasPrefix("expected"), "seed \(seed): \(error)")
      }
    }
    #expect(refused > 80, "seed \(seed)")
  }

  @Test("letters of Korean are composed as Unicode says, modern or not")
  func korean() {
    for (text, composed) in [
      ("\u{1112}\u{1161}\u{11AB}", "\u{D55C}"), ("\u{D558}\u{11AB}", "\u{D55C}"),
      ("\u{1101}\u{1176}", "\u{1101}\u{1176}"),
      ("\u{1113}\u{1161}", "\u{1113}\u{1161}"), ("\u{1101}\u{1161}\u{11A7}", "\u{AE4C}\u{11A7}"),
      ("\u{1101}\u{1161}\u{11C3}e\u{301}", "\u{AE4C}\u{11C3}\u{E9}"), ("e\u{301}", "\u{E9}"),
    ] {
      #expect(Array(text.composed.unicodeScalars) == Array(composed.unicodeScalars))
    }
    #expect(Array("\u{FFA1}\u{FFC2}ﬁ".compatiblyComposed.unicodeScalars) == Array("\u{AC00}fi".unicodeScalars))
  }
}
