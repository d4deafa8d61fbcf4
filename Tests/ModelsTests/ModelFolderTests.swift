import Foundation
import Testing

@testable import Models

@Suite("Model folders: what is refused, and with which words")
struct ModelFolderTests {
  private func message(_ path: String) throws -> String {
    let error = #expect(throws: ModelError.self) { try EmbeddedModel(ModelFolder.load(path)) }
    return try #require(error).description
  }

  /// The message for a folder whose `config.json` has `field` set to `value` (nil removes it).
  private func message(_ field: String, _ value: Any?) throws -> String {
    let folder = try TinyLlama().folder()
    var configuration = TinyLlama().configuration
    configuration[field] = value
    try folder.write("config.json", json: configuration)
    return try message(folder.path).components(separatedBy: "config.json: ").last?
      .components(separatedBy: "safetensors: ").last ?? ""
  }

  @Test("a path that is none, a file, an empty folder")
  func paths() throws {
    #expect(try message("/no/such/folder") == "/no/such/folder: expected a model folder, there is nothing at this path")
    let folder = try TemporaryFolder()
    #expect(
      try message(folder.path)
        == "\(folder.path("config.json")): expected this file in a model folder, it is missing or unreadable")
    try folder.write("file", Data())
    #expect(
      try message(folder.path("file"))
        == "\(folder.path("file")): expected a model folder (config.json, model.safetensors, tokenizer.json), this is a file"
    )
  }

  @Test("each file that is missing is named", arguments: ["config.json", "tokenizer.json", "model.safetensors"])
  func missing(_ name: String) throws {
    let folder = try TinyLlama().folder()
    try FileManager.default.removeItem(atPath: folder.path(name))
    #expect(
      try message(folder.path)
        == "\(folder.path(name)): expected this file in a model folder, it is missing or unreadable")
  }

  @Test("an index of shards that lists nothing, another folder, a file or a tensor that is not there")
  func shards() throws {
    let folder = try TinyLlama().folder()
    try FileManager.default.moveItem(atPath: folder.path("model.safetensors"), toPath: folder.path("a.safetensors"))
    for (map, expected) in [
      ([:], "weight_map: expected an object that names a file for each tensor"),
      (
        ["x": "../a.safetensors"],
        "weight_map: expected names of safetensors files in this folder, got ../a.safetensors"
      ),
      (["x": "b.safetensors"], "b.safetensors: expected a readable safetensors file"),
      (
        ["x": "a.safetensors"],
        "model.safetensors.index.json: model.embed_tokens.weight: expected a tensor of shape [262, 20], it is missing"
      ),
    ] {
      try folder.write("model.safetensors.index.json", json: ["weight_map": map])
      #expect(try message(folder.path).hasSuffix(expected))
    }
  }

  @Test("another architecture, and each field that is missing or out of range")
  func configuration() throws {
    #expect(
      try message("architectures", ["GPT2LMHeadModel"])
        == "architectures: expected one of LlamaForCausalLM, MistralForCausalLM, Qwen2ForCausalLM, Qwen3ForCausalLM, got GPT2LMHeadModel"
    )
    #expect(
      try message("architectures", ["\u{1B}[31mX"]).hasSuffix("Qwen3ForCausalLM, got \u{FFFD}[31mX"))
    #expect(try message("hidden_size", nil) == "hidden_size: expected an integer, the field is missing")
    #expect(try message("hidden_size", "20") == "hidden_size: expected an integer")
    #expect(try message("hidden_size", 20.5) == "hidden_size: expected an integer")
    #expect(try message("num_hidden_layers", 0) == "num_hidden_layers: expected an integer in 1…1024, got 0")
    #expect(try message("vocab_size", -5) == "vocab_size: expected an integer in 2…1000000, got -5")
    #expect(
      try message("num_key_value_heads", 3) == "num_key_value_heads: expected a divisor of num_attention_heads 4, got 3"
    )
    #expect(try message("head_dim", 5) == "head_dim: expected an even number of 2 or more, got 5")
    #expect(try message("hidden_act", "gelu") == "hidden_act: expected silu, got gelu")
    #expect(try message("attention_bias", "yes") == "attention_bias: expected true or false")
    #expect(
      try message("attention_bias", true)
        == "model.layers.0.self_attn.q_proj.bias: expected a tensor of shape [24], it is missing")
    #expect(
      try message("rope_scaling", ["rope_type": "longrope"])
        == "rope_scaling.rope_type: expected default, linear, dynamic, llama3 or yarn, got longrope")
    #expect(
      try message("rope_scaling", ["type": "dynamic"]) == "rope_scaling.factor: expected a number, the field is missing"
    )
    #expect(
      try message("rope_parameters", ["full_attention": ["rope_type": "default"]])
        == "rope_parameters.full_attention: expected the same angles in all layers")
    #expect(try message("partial_rotary_factor", 0.5) == "partial_rotary_factor: expected 1, got 0.5")
    #expect(
      try message("rope_scaling", ["rope_type": "llama3"])
        == "rope_scaling.low_freq_factor: expected a number, the field is missing")
    #expect(try message("rope_theta", -1) == "rope_theta: expected a positive number, got -1.0")
    #expect(try message("eos_token_id", 262) == "eos_token_id: expected a token id in 0..<262, got 262")
    #expect(try message("eos_token_id", "x") == "eos_token_id: expected a token id or a list of them")
    #expect(
      try message("quantization_config", ["bits": 4])
        == "quantization_config: expected none: quantized weights are not supported")
  }

  @Test("files that hold no JSON object", arguments: ["", "[]", "{", "null", "\u{0}"])
  func noJSON(_ text: String) throws {
    for name in ["config.json", "tokenizer.json"] {
      let folder = try TinyLlama().folder()
      try folder.write(name, Data(text.utf8))
      #expect(try message(folder.path) == "\(folder.path(name)): expected a JSON object")
    }
  }

  @Test("a missing tensor, and sizes that disagree with the weights")
  func tensors() throws {
    let folder = try TinyLlama().folder { $0.removeAll { $0.name == "model.layers.1.mlp.up_proj.weight" } }
    #expect(
      try message(folder.path)
        == "\(folder.path("model.safetensors")): model.layers.1.mlp.up_proj.weight: expected a tensor of shape [37, 20], it is missing"
    )
    let other = try TinyLlama().folder()
    var configuration = TinyLlama().configuration
    configuration["intermediate_size"] = 36
    try other.write("config.json", json: configuration)
    #expect(
      try message(other.path).hasSuffix("model.layers.0.mlp.gate_proj.weight: expected shape [36, 20], got [37, 20]"))
    configuration["vocab_size"] = 1_000_000  // a quarter of a terabyte, if it were believed
    configuration["hidden_size"] = 65_536
    try other.write("config.json", json: configuration)
    #expect(
      try message(other.path).hasSuffix("model.embed_tokens.weight: expected shape [1000000, 65536], got [262, 20]"))
    let untied = try TinyLlama(tied: true).folder()
    configuration = TinyLlama().configuration
    try untied.write("config.json", json: configuration)
    #expect(try message(untied.path).hasSuffix("lm_head.weight: expected a tensor of shape [262, 20], it is missing"))
  }

  @Test("where a file is missing that another can be made into, the words to make it with")
  func otherForms() throws {
    for (missing, there, command) in [
      ("tokenizer.json", "tokenizer.model", "AutoTokenizer"), ("tokenizer.json", "vocab.json", "AutoTokenizer"),
      ("model.safetensors", "pytorch_model.bin", "AutoModelForCausalLM"),
    ] {
      let folder = try TinyLlama().folder()
      try FileManager.default.removeItem(atPath: folder.path(missing))
      try folder.write(there, Data())
      let message = try message(folder.path)
      #expect(
        message.hasPrefix("\(folder.path(missing)): expected this file beside \(there), from which it is made by"))
      #expect(message.contains("from transformers import \(command) as A;"))
    }
    for (there, word) in [("params.json", "the model's own"), ("adapter_config.json", "merge it first")] {
      let folder = try TemporaryFolder()
      try folder.write(there, Data())
      let message = try message(folder.path)
      #expect(message.hasPrefix("\(folder.path("config.json")): expected a folder in Hugging Face's form"))
      #expect(message.contains(word))
    }
  }

  @Test("a text longer than a window of attention is refused, one that fits is read")
  func window() async throws {
    var configuration = TinyLlama().configuration
    configuration["architectures"] = ["MistralForCausalLM"]
    configuration["sliding_window"] = 8
    let folder = try TinyLlama().folder()
    try folder.write("config.json", json: configuration)
    let model = try EmbeddedModel(ModelFolder.load(folder.path))
    #expect(model.contextLength == 8)
    let tokens = TinyLlama.tokens(9, seed: 1)
    #expect(
      try await model.logits(after: Array(tokens.prefix(8)))
        == TinyLlama().model().logits(after: Array(tokens.prefix(8))))
    let error = await #expect(throws: ModelError.self) { try await model.logits(after: tokens) }
    #expect(
      error?.expected == "expected at most 8 tokens, the window of its attention, which cannot slide here; got 9")
    configuration["sliding_window"] = NSNull()
    try folder.write("config.json", json: configuration)
    #expect(try EmbeddedModel(ModelFolder.load(folder.path)).contextLength == 96)
    configuration["architectures"] = ["Qwen2ForCausalLM"]
    configuration["use_sliding_window"] = true
    configuration["layer_types"] = ["full_attention", "chunked_attention"]
    try folder.write("config.json", json: configuration)
    #expect(
      try message(folder.path).hasSuffix(
        "layer_types[1]: expected full_attention or sliding_attention, got chunked_attention"))
  }

  @Test("added tokens that the model has no row for are plain text")
  func beyond() throws {
    let folder = try TinyLlama().folder()
    var tokenizer = TinyLlama.tokenizer
    let added: [String: Any] = ["id": 262, "content": "<extra>", "special": true]
    tokenizer["added_tokens"] = (tokenizer["added_tokens"] as? [[String: Any]] ?? []) + [added]
    try folder.write("tokenizer.json", json: tokenizer)
    let read = try ModelFolder.load(folder.path).tokenizer
    #expect(read.encode("<extra>", specials: true) == read.encode("<extra>"))
    #expect(read.bytes(of: read.encode("<extra>")) == Array("<extra>".utf8))
  }

  @Test("a vocabulary larger than the model's")
  func vocabulary() throws {
    let folder = try TinyLlama(vocabulary: 100).folder()
    var configuration = TinyLlama().configuration
    configuration["vocab_size"] = 100
    try folder.write("config.json", json: configuration)
    #expect(
      try message(folder.path).contains(
        "tokenizer.json: model.vocab: expected ids below config.json's vocab_size 100, the highest is 258"))
  }

  @Test("beside other folders a tokenizer is the same as alone, whether one of them has it too or not")
  func beside() throws {
    let (folder, same) = (try TinyLlama().folder(), try TinyLlama().folder())
    let tokenizers = try [same.path, RepositoryFiles.policy].map { other in
      try ModelFolder.load(folder.path, beside: [ModelFolder.load(other)]).tokenizer
    }
    let alone = try ModelFolder.load(folder.path).tokenizer
    for tokenizer in tokenizers {
      #expect(tokenizer.fingerprint == alone.fingerprint)
      #expect(tokenizer.encode("tell me 12") == alone.encode("tell me 12"))
    }
  }

  @Test("settings: defaults, a template of its own, bad ones")
  func settings() throws {
    let folder = try TinyLlama().folder()
    let plain = try EmbeddedModel(ModelFolder.load(folder.path))
    #expect(plain.prompt(for: "Hi?") == [1] + plain.tokenize("Hi?\n"))
    #expect(plain.name == folder.url.lastPathComponent)
    #expect(plain.fingerprint.count == 16)
    try folder.write("etascope.json", json: ["promptTemplate": "Q: {question}\nA:"])
    let own = try EmbeddedModel(ModelFolder.load(folder.path))
    #expect(own.prompt(for: "{question}") == [1] + own.tokenize("Q: {question}\nA:"))
    try folder.write("etascope.json", json: ["promptTemplate": "Q:"])
    #expect(
      try message(folder.path).hasSuffix("etascope.json: promptTemplate: expected a template that contains {question}"))
    try folder.write("etascope.json", json: ["optionEnd": "token"])
    #expect(try message(folder.path).hasSuffix("etascope.json: optionEnd: expected newline, got token"))
    try folder.write("etascope.json", json: ["heads": ["a", "a"]])
    #expect(try message(folder.path).hasSuffix("etascope.json: heads: expected a list of different names"))
  }
}
