import Foundation
import Vocabulary

@testable import Models

/// A random Llama of awkward sizes (nothing a multiple of 16), as a folder and as a plain reference forward pass.
struct TinyLlama {
  var vocabulary = 262
  var width = 20
  var inner = 37
  var layers = 2
  var heads = 4
  var keyValueHeads = 2
  var headSize = 6
  var context = 96
  var tied = false
  var criticHeads: [String] = []
  var seed: UInt64 = 1
  /// Multiplies all matrices: larger numbers make sharper distributions.
  var scale: Float = 1

  static let pad: Int32 = 0
  static let bos: Int32 = 1
  static let eos: Int32 = 2
  /// Byte `b` is token `firstByte + b`.
  static let firstByte: Int32 = 3
  static let newline: Int32 = 3 + 0x0A

  /// All tensors, drawn from the seed in a fixed order.
  func tensors() -> [SafetensorsWriter.Tensor] {
    var generator = SplitMix(seed: seed, index: 0)
    func random(_ name: String, _ shape: [Int], around center: Float = 0, spread: Float) -> SafetensorsWriter.Tensor {
      let values = (0..<shape.reduce(1, *)).map { _ in
        center + spread * Float(generator.unit() + generator.unit() + generator.unit() - 1.5)
      }
      return .init(name: name, shape: shape, values: values)
    }
    let queries = heads * headSize
    let keys = keyValueHeads * headSize
    var out = [random("model.embed_tokens.weight", [vocabulary, width], spread: 0.8)]
    for i in 0..<layers {
      let at = "model.layers.\(i)."
      out += [
        random(at + "input_layernorm.weight", [width], around: 1, spread: 0.3),
        random(at + "self_attn.q_proj.weight", [queries, width], spread: 0.6 * scale),
        random(at + "self_attn.k_proj.weight", [keys, width], spread: 0.6 * scale),
        random(at + "self_attn.v_proj.weight", [keys, width], spread: 0.6 * scale),
        random(at + "self_attn.o_proj.weight", [width, queries], spread: 0.4 * scale),
        random(at + "post_attention_layernorm.weight", [width], around: 1, spread: 0.3),
        random(at + "mlp.gate_proj.weight", [inner, width], spread: 0.5 * scale),
        random(at + "mlp.up_proj.weight", [inner, width], spread: 0.5 * scale),
        random(at + "mlp.down_proj.weight", [width, inner], spread: 0.3 * scale),
      ]
    }
    out.append(random("model.norm.weight", [width], around: 1, spread: 0.3))
    if !tied { out.append(random("lm_head.weight", [vocabulary, width], spread: 0.8)) }
    return out
  }

  func headTensors() -> [SafetensorsWriter.Tensor] {
    var generator = SplitMix(seed: seed, index: 1)
    func values(_ count: Int) -> [Float] { (0..<count).map { _ in Float(generator.unit() - 0.5) } }
    return [
      .init(name: "heads.weight", shape: [criticHeads.count, width], values: values(criticHeads.count * width)),
      .init(name: "heads.bias", shape: [criticHeads.count], values: values(criticHeads.count)),
    ]
  }

  var configuration: [String: Any] {
    [
      "architectures": ["LlamaForCausalLM"], "model_type": "llama", "vocab_size": vocabulary, "hidden_size": width,
      "intermediate_size": inner, "num_hidden_layers": layers, "num_attention_heads": heads,
      "num_key_value_heads": keyValueHeads, "head_dim": headSize, "hidden_act": "silu",
      "max_position_embeddings": context, "rms_norm_eps": 1e-5, "rope_theta": 500.0, "tie_word_embeddings": tied,
      "bos_token_id": 1, "eos_token_id": 2, "pad_token_id": 0,
    ]
  }

  /// A tokenizer without merges: one token a byte.
  static var tokenizer: [String: Any] {
    var vocabulary: [String: Int] = ["<pad>": 0, "<bos>": 1, "<eos>": 2]
    for (scalar, byte) in ByteAlphabet.bytes { vocabulary[String(scalar)] = Int(firstByte) + Int(byte) }
    return [
      "added_tokens": ["<pad>", "<bos>", "<eos>"].enumerated().map {
        ["id": $0.offset, "content": $0.element, "special": true]
      },
      "pre_tokenizer": ["type": "ByteLevel", "add_prefix_space": false, "use_regex": true],
      "post_processor": [
        "type": "TemplateProcessing",
        "single": [["SpecialToken": ["id": "<bos>", "type_id": 0]], ["Sequence": ["id": "A", "type_id": 0]]],
        "special_tokens": ["<bos>": ["id": "<bos>", "ids": [1], "tokens": ["<bos>"]]],
      ],
      "model": ["type": "BPE", "vocab": vocabulary, "merges": [String]()],
    ]
  }

  /// Writes the folder; `edit` may change tensors first.
  func folder(edit: (inout [SafetensorsWriter.Tensor]) -> Void = { _ in }) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    var tensors = tensors()
    edit(&tensors)
    try folder.write("model.safetensors", SafetensorsWriter.data(tensors))
    try folder.write("config.json", json: configuration)
    try folder.write("tokenizer.json", json: Self.tokenizer)
    if !criticHeads.isEmpty {
      try folder.write("heads.safetensors", SafetensorsWriter.data(headTensors()))
      try folder.write("etascope.json", json: ["heads": criticHeads])
    }
    return folder
  }

  func model(cacheBytes: Int = 1 << 20, edit: (inout [SafetensorsWriter.Tensor]) -> Void = { _ in }) throws
    -> EmbeddedModel
  {
    let folder = try folder(edit: edit)
    defer { withExtendedLifetime(folder) {} }
    return try EmbeddedModel(ModelFolder.load(folder.path), cacheBytes: cacheBytes)
  }

  /// Random tokens without special ones.
  static func tokens(_ count: Int, seed: UInt64) -> [Int32] {
    var generator = SplitMix(seed: seed, index: 9)
    return (0..<count).map { _ in firstByte + Int32.random(in: 0..<256, using: &generator) }
  }
}
