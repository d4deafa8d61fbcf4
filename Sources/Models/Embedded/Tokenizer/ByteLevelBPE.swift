import Foundation
import Vocabulary

/// A byte-level BPE tokenizer, read from a `tokenizer.json` of Hugging Face's `tokenizers`.
///
/// Every text can be encoded and every token stands for bytes. What a file asks for and this does not do (other models,
/// normalizers, dropout) is refused when it is read, not silently ignored.
package struct ByteLevelBPE: Sendable {
  /// One more than the highest token id.
  package let size: Int
  /// Tokens a template puts before a text, usually the beginning-of-text token.
  package let beginning: [Int32]
  /// The first 16 hex digits of the file's SHA-256.
  package let fingerprint: String

  private let added: AddedTokens
  private let preTokenizer: PreTokenizer
  private let merger: BytePairMerger
  private let composes: Bool
  private let byteTokens: [Int32]
  private let words: [[UInt8]: Int32]
  private let bytes: [[UInt8]]

  /// Reads `data`, the contents of `file`.
  ///
  /// - Throws: `ModelError` naming the field that is missing or not supported.
  package init(_ data: Data, file: String) throws {
    let json = try JSONObject(data, file: file)
    fingerprint = String(SHA256.hex(data).prefix(16))
    let model = try Self.checkedModel(json)
    added = try AddedTokens(json)
    preTokenizer = try PreTokenizer(json)
    composes = try Self.composes(json)
    beginning = try TokenTemplate(json).beginning

    let vocabulary = try VocabularyReader(model)
    merger = try vocabulary.merger(model)
    byteTokens = (0..<256).map { vocabulary.ids[[UInt8($0)]] ?? -1 }
    words = try model.flag("ignore_merges", default: false) ? vocabulary.ids : [:]
    var bytes = vocabulary.bytes
    for token in added.all {
      let missing = Int(token.id) - bytes.count + 1
      if missing > 0 { bytes += Array(repeating: [], count: missing) }
      bytes[Int(token.id)] = token.isSpecial ? [] : Array(token.content.utf8)
    }
    self.bytes = bytes
    size = bytes.count
  }

  private static func checkedModel(_ json: JSONObject) throws -> JSONObject {
    let model = try json.object("model")
    if model.has("type"), try model.string("type") != "BPE" {
      throw model.error("type", "expected BPE, got \(try model.string("type"))")
    }
    if try model.flag("byte_fallback", default: false) { throw model.error("byte_fallback", "expected false") }
    for field in ["dropout", "continuing_subword_prefix", "end_of_word_suffix"] where model.has(field) {
      if model.fields[field] as? String == "" { continue }
      throw model.error(field, "expected null")
    }
    return model
  }

  /// Whether texts are composed (NFC) first; other normalizers are refused.
  private static func composes(_ json: JSONObject) throws -> Bool {
    guard json.has("normalizer") else { return false }
    let normalizer = try json.object("normalizer")
    var parts = [normalizer]
    if try normalizer.string("type") == "Sequence" { parts = try normalizer.objects("normalizers") }
    for part in parts where try part.string("type") != "NFC" {
      throw part.error("type", "expected NFC or no normalizer, got \(try part.string("type"))")
    }
    return !parts.isEmpty
  }

  /// The tokens of `text`, without a template's additions.
  ///
  /// - Parameter specials: whether the names of special tokens in the text become those tokens. False by default:
  ///   texts come from strangers, and `<eos>` in a question must not end it.
  /// - Complexity: O(n log n).
  package func encode(_ text: String, specials: Bool = false) -> [Int32] {
    var tokens: [Int32] = []
    for piece in added.pieces(of: text, specials: specials) {
      switch piece {
      case .token(let id): tokens.append(id)
      case .text(let text):
        let text = composes ? text.precomposedStringWithCanonicalMapping : text
        for word in preTokenizer.pieces(of: text) {
          if let id = words.isEmpty ? nil : words[Array(word.utf8)] {
            tokens.append(id)
          } else {
            tokens += merger.merged(word.utf8.map { byteTokens[Int($0)] }.filter { $0 >= 0 })
          }
        }
      }
    }
    return tokens
  }

  /// The bytes of one token; none for special tokens and for ids outside the vocabulary.
  package func bytes(of token: Int32) -> [UInt8] {
    bytes.indices.contains(Int(token)) ? bytes[Int(token)] : []
  }

  /// The bytes of `tokens`, one after the other.
  package func bytes(of tokens: [Int32]) -> [UInt8] { tokens.flatMap { bytes(of: $0) } }
}
