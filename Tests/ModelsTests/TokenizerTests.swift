import Foundation
import Testing

@testable import Models

@Suite("Byte-level BPE against Hugging Face's tokenizers")
struct TokenizerTests {
  private struct Case: Decodable {
    let text: String
    let ids: [Int32]
  }

  private func tokenizer(_ name: String) throws -> BytePairTokenizer {
    try BytePairTokenizer(RepositoryFiles.fixture("tokenizer-\(name).json"), file: name)
  }

  private func message(_ edit: (inout [String: Any]) -> Void) throws -> String {
    var json = TinyLlama.tokenizer
    edit(&json)
    let error = try #require(
      #expect(throws: ModelError.self) {
        try BytePairTokenizer(JSONSerialization.data(withJSONObject: json), file: "t")
      })
    return error.description
  }

  @Test("every text of the fixture gives the same ids", arguments: ["stories", "gpt2-like"])
  func fixture(_ name: String) throws {
    let tokenizer = try tokenizer(name)
    let cases = try JSONDecoder().decode([Case].self, from: RepositoryFiles.fixture("tokens-\(name).json"))
    #expect(cases.count >= 60)
    for each in cases {
      // special tokens' names are seen by `tokenizers` always, by us only on request
      #expect(tokenizer.encode(each.text, specials: true) == each.ids, "\(each.text.debugDescription)")
      if !each.text.contains("<") { #expect(tokenizer.encode(each.text) == each.ids) }
    }
  }

  @Test("what is encoded stands for the text's bytes", arguments: ["stories", "gpt2-like"])
  func roundTrip(_ name: String) throws {
    let tokenizer = try tokenizer(name)
    for each in try JSONDecoder().decode([Case].self, from: RepositoryFiles.fixture("tokens-\(name).json")) {
      #expect(tokenizer.bytes(of: tokenizer.encode(each.text)) == Array(each.text.utf8))
    }
  }

  @Test("names of special tokens are plain text unless asked for")
  func specials() throws {
    let tokenizer = try tokenizer("stories")
    #expect(tokenizer.encode("a<eos>", specials: true).last == 2)
    #expect(!tokenizer.encode("a<eos>").contains(2))
    #expect(tokenizer.bytes(of: tokenizer.encode("a<eos>")) == Array("a<eos>".utf8))
    #expect(tokenizer.bytes(of: [1, 2, 0, -1, 99_999]).isEmpty)
    #expect(tokenizer.beginning == [1])
    #expect(tokenizer.size == 498)
  }

  @Test("expressions that are compiled late are right, and the models that come along have one of them")
  func knownExpressions() throws {
    for known in TextPattern.known {
      #expect(throws: Never.self) { try NSRegularExpression(pattern: TextPattern.translated(known)) }
    }
    for model in ["policy", "critic", "careless"] {
      let file = RepositoryFiles.root().appending(path: "SampleData/Models/\(model)/tokenizer.json")
      let text = try String(contentsOf: file, encoding: .utf8)
      #expect(TextPattern.known.contains { known in text.contains(Self.quoted(known)) })
    }
  }

  private static func quoted(_ text: String) -> String { "\"\(text.replacing("\\", with: "\\\\"))\"" }

  @Test("half a character is kept as bytes")
  func halves() throws {
    let tokenizer = try BytePairTokenizer(JSONSerialization.data(withJSONObject: TinyLlama.tokenizer), file: "t")
    let ids = tokenizer.encode("é")
    #expect(ids.count == 2)
    #expect(tokenizer.bytes(of: [ids[0]]) == [0xC3])
  }

  @Test("a word of a million bytes is merged in time that does not square")
  func long() throws {
    let tokenizer = try tokenizer("stories")
    let text = String(repeating: "apples", count: 50_000)
    #expect(tokenizer.bytes(of: tokenizer.encode(text)).count == 300_000)
  }

  @Test("what is not supported is refused by name")
  func refused() throws {
    #expect(try message { $0["model"] = nil } == "t: model: expected an object")
    #expect(try message { $0["model"] = ["type": "Unigram"] } == "t: model.type: expected BPE, got Unigram")
    #expect(
      try message { $0["normalizer"] = ["type": "Precompiled"] }
        == "t: normalizer.type: expected Sequence, Prepend, Replace, Strip, NFC, NFD, NFKC, NFKD or Lowercase, got Precompiled"
    )
    #expect(
      try message { $0["normalizer"] = ["type": "Replace", "pattern": ["Regex": "("], "content": ""] }
        == "t: normalizer.pattern.Regex: expected a regular expression")
    #expect(
      try message { $0["pre_tokenizer"] = ["type": "BertPreTokenizer"] }
        == "t: pre_tokenizer.type: expected ByteLevel, Metaspace, Split, Digits, Punctuation, WhitespaceSplit or a Sequence of them, got BertPreTokenizer"
    )
    #expect(
      try message { $0["pre_tokenizer"] = ["type": "Metaspace", "replacement": "▁", "prepend_scheme": "last"] }
        == "t: pre_tokenizer.prepend_scheme: expected first, always or never, got last")
    #expect(
      try message {
        $0["pre_tokenizer"] = ["type": "Sequence", "pretokenizers": [["type": "ByteLevel"], ["type": "Digits"]]]
      }
        == "t: pre_tokenizer.pretokenizers[1].type: expected nothing after ByteLevel, got Digits")
    #expect(
      try message { $0["decoder"] = ["type": "WordPiece"] }
        == "t: decoder.type: expected ByteLevel, Metaspace, Replace, ByteFallback, Fuse, Strip or a Sequence of them, got WordPiece"
    )
    let split: [String: Any] = ["type": "Split", "pattern": ["Regex": "("], "behavior": "Isolated", "invert": false]
    #expect(
      try message { $0["pre_tokenizer"] = ["type": "Sequence", "pretokenizers": [split]] }
        == "t: pre_tokenizer.pretokenizers[0].pattern.Regex: expected a regular expression")
    let other: [String: Any] = ["type": "Split", "pattern": ["String": " "], "behavior": "Kept"]
    #expect(
      try message { $0["pre_tokenizer"] = ["type": "Sequence", "pretokenizers": [other]] }
        == "t: pre_tokenizer.pretokenizers[0].behavior: expected Isolated, Removed, MergedWithPrevious, MergedWithNext or Contiguous, got Kept"
    )
    #expect(
      try message { $0["post_processor"] = ["type": "BertProcessing"] }.contains(
        "expected TemplateProcessing or ByteLevel"))
    #expect(
      try message { $0["model"] = ["type": "BPE", "vocab": ["a": 0], "merges": ["a b"]] }
        == "t: model.merges[0]: expected both tokens and what they make in model.vocab")
    #expect(
      try message { $0["model"] = ["type": "BPE", "vocab": ["a": 0], "merges": ["a"]] }
        == "t: model.merges[0]: expected two tokens of the byte-level alphabet")
    #expect(
      try message { $0["model"] = ["type": "BPE", "vocab": ["a": -1], "merges": []] }.contains(
        "model.vocab: expected ids in"))
    #expect(try message { $0["model"] = ["type": "BPE", "dropout": 0.1] } == "t: model.dropout: expected null")
    #expect(
      try message { $0["model"] = ["type": "BPE", "vocab": ["a": 0], "merges": [], "byte_fallback": true] }
        == "t: model.byte_fallback: expected false, or a token for every byte")
    #expect(
      try message { $0["model"] = ["type": "BPE", "vocab": ["a": 0], "merges": [], "unk_token": "<unk>"] }
        == "t: model.unk_token: expected a token of model.vocab, got <unk>")
    #expect(
      try message { $0["model"] = ["type": "BPE", "vocab": ["a"]] } == "t: model.vocab: expected an object of token ids"
    )
    #expect(
      try message { $0["model"] = ["type": "BPE", "vocab": ["a": 0.5]] }
        == "t: model.vocab: expected an object of token ids")
    #expect(
      try message { $0["model"] = ["type": "BPE", "vocab": ["a": 0], "merges": "a"] }
        == "t: model.merges: expected an array")
  }
}
