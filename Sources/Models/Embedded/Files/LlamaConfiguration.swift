import Foundation

/// The sizes and constants of a Llama-architecture model, from its `config.json`.
///
/// Field names are Hugging Face's; `LlamaConfig` in `transformers` gives the defaults.
package struct LlamaConfiguration: Sendable, Hashable {
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
  /// Added to the mean square before the root.
  package let epsilon: Float
  /// Base of the rotary angles.
  package let ropeTheta: Double
  /// How the rotary angles are stretched.
  package let ropeScaling: RotaryScaling
  /// Whether the embedding is also the output matrix.
  package let tiedEmbeddings: Bool
  /// Tokens that end a text; may be several.
  package let endOfText: Set<Int32>
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
    try Self.checkArchitecture(json)
    vocabularySize = try json.integer("vocab_size", in: 2...1_000_000)
    width = try json.integer("hidden_size", in: 1...65_536)
    inner = try json.integer("intermediate_size", in: 1...262_144)
    layers = try json.integer("num_hidden_layers", in: 1...1024)
    heads = try json.integer("num_attention_heads", in: 1...1024)
    keyValueHeads = try json.integer("num_key_value_heads", in: 1...1024, default: heads)
    guard heads % keyValueHeads == 0 else {
      throw json.error(
        "num_key_value_heads", "expected a divisor of num_attention_heads \(heads), got \(keyValueHeads)")
    }
    if !json.has("head_dim"), width % heads != 0 {
      throw json.error("hidden_size", "expected a multiple of num_attention_heads \(heads), got \(width)")
    }
    headSize = try json.integer("head_dim", in: 2...4096, default: width / heads)
    guard headSize >= 2, headSize.isMultiple(of: 2) else {
      throw json.error("head_dim", "expected an even number of 2 or more, got \(headSize)")
    }
    context = try json.integer("max_position_embeddings", in: 1...10_000_000, default: 2048)
    let epsilon = try json.number("rms_norm_eps", default: 1e-6)
    guard epsilon >= 0, epsilon < 1 else { throw json.error("rms_norm_eps", "expected a number in [0, 1)") }
    self.epsilon = Float(epsilon)
    ropeTheta = try Self.theta(json)
    ropeScaling = try RotaryScaling(json)
    tiedEmbeddings = try json.flag("tie_word_embeddings", default: false)
    endOfText = try Set(Self.tokens(json, "eos_token_id", below: vocabularySize))
    padding = try Self.tokens(json, "pad_token_id", below: vocabularySize).first
    beginning = try Self.tokens(json, "bos_token_id", below: vocabularySize).first
  }

  private static func checkArchitecture(_ json: JSONObject) throws {
    let names = json.fields["architectures"] as? [String]
    if let names, !names.contains("LlamaForCausalLM") {
      throw json.error("architectures", "expected LlamaForCausalLM, got \(names.joined(separator: ", "))")
    }
    if names == nil, json.fields["model_type"] as? String != "llama" {
      throw json.error("architectures", "expected LlamaForCausalLM, the field is missing")
    }
    for name in ["attention_bias", "mlp_bias"] where try json.flag(name, default: false) {
      throw json.error(name, "expected false: biases are not supported")
    }
    if json.has("hidden_act"), try json.string("hidden_act") != "silu" {
      throw json.error("hidden_act", "expected silu, got \(try json.string("hidden_act"))")
    }
    if json.has("quantization_config") {
      throw json.error("quantization_config", "expected none: quantized weights are not supported")
    }
  }

  /// `rope_theta`, or newer files' `rope_parameters.rope_theta`.
  private static func theta(_ json: JSONObject) throws -> Double {
    var theta = try json.number("rope_theta", default: 10_000)
    for name in ["rope_scaling", "rope_parameters"] where json.has(name) {
      theta = try json.object(name).number("rope_theta", default: theta)
    }
    guard theta > 0 else { throw json.error("rope_theta", "expected a positive number, got \(theta)") }
    return theta
  }

  private static func tokens(_ json: JSONObject, _ name: String, below size: Int) throws -> [Int32] {
    guard json.has(name) else { return [] }
    let found = json.fields[name] as? [Int] ?? (json.fields[name] as? Int).map { [$0] } ?? []
    guard !found.isEmpty else { throw json.error(name, "expected a token id or a list of them") }
    for id in found where id < 0 || id >= size {
      if name == "pad_token_id" { return [] }  // some published files say -1 for "none"
      throw json.error(name, "expected a token id in 0..<\(size), got \(id)")
    }
    return found.map(Int32.init)
  }
}
