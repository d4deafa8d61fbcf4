import Foundation
import Vocabulary

/// A BPE tokenizer, read from a `tokenizer.json` of Hugging Face's `tokenizers`: byte-level ones (GPT-2, Llama 3, Qwen) and
/// those made from SentencePiece (Llama 2, TinyLlama, Mistral).
///
/// Every text can be encoded and every token stands for bytes. What a file asks for and this does not do (other models,
/// normalizers, dropout) is refused when it is read, not silently ignored.
package struct BytePairTokenizer: Sendable {
  /// One more than the highest token id.
  package let size: Int
  /// Tokens a template puts before a text, usually the beginning-of-text token.
  package let beginning: [Int32]
  /// The first 16 hex digits of the file's SHA-256.
  package let fingerprint: String

  private let added: AddedTokens
  private let normalizer: Normalizer
  private let preTokenizer: PreTokenizer
  private let symbols: WordSymbols
  private let merger: BytePairMerger
  private let words: [[UInt8]: Int32]
  private let bytes: [[UInt8]]

  /// Reads `data`, the contents of `file`.
  ///
  /// - Parameter limit: number of ids that the model has; added tokens beyond it are plain text, for it could not read them.
  /// - Throws: `ModelError` naming the field that is missing or not supported.
  package init(_ data: Data, file: String, limit: Int = .max) throws {
    let contents = try TokenizerFile(data, file: file)
    let json = contents.json
    fingerprint = String(SHA256.hex(data).prefix(16))
    let model = try Self.checkedModel(json)
    normalizer = try Normalizer(json)
    added = try AddedTokens(json, normalizer, below: limit)
    preTokenizer = try PreTokenizer(json)
    beginning = try TokenTemplate(json).beginning

    let vocabulary = try BytePairVocabulary(contents, model, isByteLevel: preTokenizer.isByteLevel)
    merger = try vocabulary.merger(contents, model)
    symbols = try WordSymbols(vocabulary, model)
    let specials = Set(added.all.filter(\.isSpecial).map(\.id))
    words = try model.flag("ignore_merges", default: false) ? vocabulary.ids.filter { !specials.contains($1) } : [:]
    let spelling = try TokenSpelling(json, preTokenizer, normalizer)
    var bytes = vocabulary.spellings.map { spelling.bytes(of: $0) }
    for token in added.all {
      let missing = Int(token.id) - bytes.count + 1
      if missing > 0 { bytes += Array(repeating: [], count: missing) }
      bytes[Int(token.id)] = token.isSpecial ? [] : token.content
    }
    self.bytes = bytes
    size = bytes.count
  }

  private static func checkedModel(_ json: JSONObject) throws -> JSONObject {
    let model = try json.object("model")
    if model.has("type"), try model.string("type") != "BPE" {
      throw model.error("type", "expected BPE, got \(try model.string("type"))")
    }
    if try model.number("dropout", default: 0) != 0 { throw model.error("dropout", "expected null") }
    for field in ["continuing_subword_prefix", "end_of_word_suffix"] where model.has(field) {
      if model.fields[field] as? String == "" { continue }
      throw model.error(field, "expected null")
    }
    return model
  }

  /// The tokens of `text`, without a template's additions.
  ///
  /// - Parameters:
  ///   - specials: whether the names of special tokens in the text become those tokens. False by default: texts come from
  ///     strangers, and `<eos>` in a question must not end it.
  ///   - begins: whether the text is a whole one, before which SentencePiece's tokenizers put a space; false for what goes on
  ///     from other text.
  /// - Complexity: O(n log n).
  package func encode(_ text: String, specials: Bool = false, begins: Bool = true) -> [Int32] {
    var tokens: [Int32] = []
    var offset = 0
    for piece in added.raw.pieces(of: text, specials: specials) {
      switch piece {
      case .token(let id): tokens.append(id)
      case .text(let text): encode(text, specials, begins: begins, isFirst: offset == 0, into: &tokens)
      }
      offset += 1
    }
    return tokens
  }

  private func encode(_ text: String, _ specials: Bool, begins: Bool, isFirst: Bool, into tokens: inout [Int32]) {
    var isFirst = isFirst
    for piece in added.normalized.pieces(
      of: normalizer.normalized(text, goesOn: isFirst && !begins), specials: specials)
    {
      switch piece {
      case .token(let id): tokens.append(id)
      case .text(let text):
        for word in preTokenizer.pieces(of: text, isFirst ? (begins ? .first : .goesOn) : .later) {
          if let id = words.isEmpty ? nil : words[Array(word.utf8)] {
            tokens.append(id)
          } else {
            tokens += merger.merged(symbols.of(word))
          }
        }
      }
      isFirst = false
    }
  }

  /// The id of the added token `content`, such as an end-of-text token; nil where there is none.
  package func id(of content: String) -> Int32? { added.all.first { $0.content.elementsEqual(content.utf8) }?.id }

  /// The bytes of one token; none for special tokens and for ids outside the vocabulary.
  package func bytes(of token: Int32) -> [UInt8] {
    bytes.indices.contains(Int(token)) ? bytes[Int(token)] : []
  }

  /// The bytes of `tokens`, one after the other.
  package func bytes(of tokens: [Int32]) -> [UInt8] { tokens.flatMap { bytes(of: $0) } }
}
