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
    return try message(folder.path).components(separatedBy: "config.json: ").last ?? ""
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
        == "architectures: expected LlamaForCausalLM, got GPT2LMHeadModel")
    #expect(
      try message("architectures", ["\u{1B}[31mX"]) == "architectures: expected LlamaForCausalLM, got \u{FFFD}[31mX")
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
    #expect(try message("attention_bias", true) == "attention_bias: expected false: biases are not supported")
    #expect(
      try message("rope_scaling", ["rope_type": "yarn"])
        == "rope_scaling.rope_type: expected default, linear or llama3, got yarn")
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
