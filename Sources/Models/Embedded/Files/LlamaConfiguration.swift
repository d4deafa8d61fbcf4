import Foundation

/// The sizes and constants of a model of Llama's family, from its `config.json`.
///
/// Field names are Hugging Face's, those of `transformers` 4 and 5; its classes give the defaults.
package struct LlamaConfiguration: Sendable, Hashable {
  /// Which of the family it is.
  package let architecture: LlamaArchitecture
  /// Number of token ids.
  package let vocabularySize: Int
  /// Length of a hidden state.
  package let width: Int
  /// Length of the feed-forward layer.
  package let inner: Int
  /// Number of layers.
  package let layers: Int
  /// Query heads.
  package let heads: Int
  /// Key and value heads; divides `heads`.
  package let keyValueHeads: Int
  /// Length of a head; even.
  package let headSize: Int
  /// Longest sequence.
  package let context: Int
  /// Whether the context is that of a layer with a sliding window, and longer texts could be read by a runtime that has one.
  package let isWindow: Bool
  /// Added to the mean square before the root.
  package let epsilon: Float
  /// Base of the rotary angles.
  package let ropeTheta: Double
  /// How the rotary angles are stretched.
  package let ropeScaling: RotaryScaling
  /// Which projections have biases.
  package let biases: LlamaBiases
  /// Whether the embedding is also the output matrix.
  package let tiedEmbeddings: Bool
  /// Tokens that end a text; may be several.
  package private(set) var endOfText: Set<Int32>
  /// Whether `config.json` says nothing about such tokens, not even that there are none.
  package let leavesEndOpen: Bool
  /// The padding token, never sampled.
  package let padding: Int32?
  /// The beginning-of-text token, never sampled.
  package let beginning: Int32?

  /// Length of a token's keys (and of its values) in one layer.
  package var keyValueWidth: Int { keyValueHeads * headSize }

  /// Reads `data`, the contents of `file`.
  ///
  /// - Throws: `ModelError` for another architecture, a missing field or a number out of range.
  package init(_ data: Data, file: String) throws {
    let json = try JSONObject(data, file: file)
    architecture = try LlamaArchitecture(json)
    vocabularySize = try json.integer("vocab_size", in: 2...1_000_000)
    width = try json.integer("hidden_size", in: 1...65_536)
    inner = try json.integer("intermediate_size", in: 1...262_144)
    layers = try json.integer("num_hidden_layers", in: 1...1024)
    heads = try json.integer("num_attention_heads", in: 1...1024)
    // null says "as many as queries"; a missing field has the class's own default
    let keyValueDefault = json.fields["num_key_value_heads"] == nil ? architecture.keyValueHeads ?? heads : heads
    keyValueHeads = try json.integer("num_key_value_heads", in: 1...1024, default: keyValueDefault)
    guard heads % keyValueHeads == 0 else {
      throw json.error(
        "num_key_value_heads", "expected a divisor of num_attention_heads \(heads), got \(keyValueHeads)")
    }
    let headDefault = json.fields["head_dim"] == nil ? architecture.headSize : nil
    if !json.has("head_dim"), headDefault == nil, width % heads != 0 {
      throw json.error("hidden_size", "expected a multiple of num_attention_heads \(heads), got \(width)")
    }
    headSize = try json.integer("head_dim", in: 2...4096, default: headDefault ?? width / heads)
    guard headSize >= 2, headSize.isMultiple(of: 2) else {
      throw json.error("head_dim", "expected an even number of 2 or more, got \(headSize)")
    }
    let epsilon = try json.number("rms_norm_eps", default: 1e-6)
    guard epsilon >= 0, epsilon < 1 else { throw json.error("rms_norm_eps", "expected a number in [0, 1)") }
    self.epsilon = Float(epsilon)
    let positions = try json.integer("max_position_embeddings", in: 1...10_000_000, default: architecture.context)
    (ropeTheta, ropeScaling) = try RotaryScaling.read(json, context: positions)
    let reach = max(positions, ropeScaling.reach)
    let window = try architecture.window(json, layers: layers)
    context = min(reach, window ?? reach)
    isWindow = window.map { $0 < reach } ?? false
    biases = try LlamaBiases(json, architecture)
    tiedEmbeddings = try json.flag("tie_word_embeddings", default: false)
    endOfText = try Set(json.tokens("eos_token_id", below: vocabularySize))
    leavesEndOpen = json.fields["eos_token_id"] == nil
    padding = try json.tokens("pad_token_id", below: vocabularySize).first
    beginning = try json.tokens("bos_token_id", below: vocabularySize).first
  }

  /// Adds tokens that end a text.
  mutating func end(at tokens: Set<Int32>) { endOfText.formUnion(tokens) }
}

extension JSONObject {
  /// A token id or a list of them; none where the field is missing or null.
  func tokens(_ name: String, below size: Int) throws -> [Int32] {
    guard has(name) else { return [] }
    let found = fields[name] as? [Int] ?? (fields[name] as? Int).map { [$0] } ?? []
    guard !found.isEmpty else { throw error(name, "expected a token id or a list of them") }
    for id in found where id < 0 || id >= size {
      if name == "pad_token_id" { return [] }  // some published files say -1 for "none"
      throw error(name, "expected a token id in 0..<\(size), got \(id)")
    }
    return found.map(Int32.init)
  }
}
