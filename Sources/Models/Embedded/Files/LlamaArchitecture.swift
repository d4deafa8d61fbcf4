/// Models that compute what Llama does, but for biases, two norms more or a window of attention.
package enum LlamaArchitecture: String, Sendable, Hashable, CaseIterable {
  /// Llama 1 to 3, TinyLlama, SmolLM and everything else published under this name.
  case llama = "LlamaForCausalLM"
  /// Mistral 7B and its kin: attention may be cut to a window.
  case mistral = "MistralForCausalLM"
  /// Qwen 2 and 2.5: queries, keys and values have biases.
  case qwen2 = "Qwen2ForCausalLM"
  /// Qwen 3 (dense): queries and keys are normalized, head by head.
  case qwen3 = "Qwen3ForCausalLM"

  private static let modelTypes = ["llama": Self.llama, "mistral": .mistral, "qwen2": .qwen2, "qwen3": .qwen3]

  /// Reads `architectures`, or `model_type` where it is missing, and refuses what none of the family has.
  init(_ json: JSONObject) throws {
    let known = Self.allCases.map(\.rawValue).joined(separator: ", ")
    if let names = json.fields["architectures"] as? [String] {
      guard let found = names.compactMap(Self.init).first else {
        throw json.error("architectures", "expected one of \(known), got \(names.joined(separator: ", "))")
      }
      self = found
    } else if let type = json.fields["model_type"] as? String {
      guard let found = Self.modelTypes[type] else {
        let types = Self.modelTypes.keys.sorted().joined(separator: ", ")
        throw json.error("model_type", "expected one of \(types), got \(type)")
      }
      self = found
    } else {
      throw json.error("architectures", "expected one of \(known), the field is missing")
    }
    if json.has("hidden_act"), try json.string("hidden_act") != "silu" {
      throw json.error("hidden_act", "expected silu, got \(try json.string("hidden_act"))")
    }
    if json.has("quantization_config") {
      throw json.error("quantization_config", "expected none: quantized weights are not supported")
    }
  }

  /// Whether queries and keys go through a norm of their own, head by head.
  package var normsQueriesAndKeys: Bool { self == .qwen3 }

  /// Key and value heads where the field is missing; nil for as many as queries.
  var keyValueHeads: Int? {
    switch self {
    case .llama: nil
    case .mistral: 8
    case .qwen2, .qwen3: 32
    }
  }

  /// Length of a head where the field is missing; nil for the width's share.
  var headSize: Int? { self == .qwen3 ? 128 : nil }

  /// Longest sequence where the field is missing.
  var context: Int {
    switch self {
    case .llama: 2048
    case .mistral: 131_072
    case .qwen2, .qwen3: 32_768
    }
  }

  /// The token that ends a text where no file names one; nil for none.
  var endOfText: Int32? { self == .llama || self == .mistral ? 2 : nil }

  /// How many tokens the layers that see least attend to; nil where all see everything.
  ///
  /// - Throws: `ModelError` for a kind of attention that is neither full nor a sliding window.
  func window(_ json: JSONObject, layers: Int) throws -> Int? {
    for (index, kind) in (json.fields["layer_types"] as? [Any] ?? []).enumerated() {
      guard let kind = kind as? String, ["full_attention", "sliding_attention"].contains(kind) else {
        throw json.error("layer_types[\(index)]", "expected full_attention or sliding_attention, got \(kind)")
      }
    }
    let slides: Bool
    switch self {
    case .llama: return nil
    case .mistral: slides = true
    case .qwen2, .qwen3:
      guard try json.flag("use_sliding_window", default: false) else { return nil }
      if let kinds = json.fields["layer_types"] as? [String] {
        slides = kinds.contains("sliding_attention")
      } else {
        slides = try json.integer("max_window_layers", in: 0...1_000_000, default: 28) < layers
      }
    }
    // null says "none"; a missing field has the classes' default
    guard slides, json.fields["sliding_window"] == nil || json.has("sliding_window") else { return nil }
    return try json.integer("sliding_window", in: 1...10_000_000, default: 4096)
  }
}

/// Which projections of a layer have biases.
package struct LlamaBiases: Sendable, Hashable {
  /// Queries, keys and values.
  package let input: Bool
  /// The attention's output.
  package let output: Bool
  /// The feed-forward layer's three.
  package let feedForward: Bool

  init(_ json: JSONObject, _ architecture: LlamaArchitecture) throws {
    let attention = try json.flag("attention_bias", default: false)
    let feedForward = try json.flag("mlp_bias", default: false)
    switch architecture {
    case .llama: (input, output, self.feedForward) = (attention, attention, feedForward)
    case .mistral: (input, output, self.feedForward) = (false, false, false)
    case .qwen2: (input, output, self.feedForward) = (true, false, false)
    case .qwen3: (input, output, self.feedForward) = (attention, attention, false)
    }
  }
}
