import Foundation
import Testing

@testable import Models

/// Where the tokens that end a text stand: in several files, and rarely in the same.
@Suite("End tokens from every file of a folder")
struct EndTokenTests {
  /// End tokens of a folder whose `config.json` says `configured` (nil for nothing), with `files` beside it.
  private func ends(
    _ configured: Any? = nil, _ files: [String: Any] = [:], template: String? = nil,
    added: [String] = ["<|im_end|>", "<|eot_id|>"]
  ) throws -> Set<Int32> {
    let folder = try TinyLlama(vocabulary: 300).folder()
    var configuration = TinyLlama(vocabulary: 300).configuration
    configuration["eos_token_id"] = configured
    try folder.write("config.json", json: configuration)
    var tokenizer = TinyLlama.tokenizer
    let known = tokenizer["added_tokens"] as? [[String: Any]] ?? []
    tokenizer["added_tokens"] =
      known + added.enumerated().map { ["id": 270 + $0.offset, "content": $0.element, "special": true] }
    try folder.write("tokenizer.json", json: tokenizer)
    for (name, json) in files { try folder.write(name, json: json) }
    if let template { try folder.write("chat_template.jinja", Data(template.utf8)) }
    return try ModelFolder.load(folder.path).configuration.endOfText
  }

  @Test("generation_config.json adds one or several to those of config.json")
  func generation() throws {
    #expect(try ends(2) == [2])
    #expect(try ends([2, 3]) == [2, 3])
    #expect(try ends(2, ["generation_config.json": ["eos_token_id": 7]]) == [2, 7])
    #expect(try ends(nil, ["generation_config.json": ["eos_token_id": [7, 9]]]) == [7, 9])
    #expect(try ends(NSNull(), ["generation_config.json": ["eos_token_id": 7]]) == [7])
    #expect(try ends(2, ["generation_config.json": ["temperature": 0.6]]) == [2])
  }

  @Test("tokenizer_config.json names one, as a text or as an object; a name that is no token is none")
  func tokenizerSettings() throws {
    #expect(try ends(2, ["tokenizer_config.json": ["eos_token": "<|im_end|>"]]) == [2, 270])
    #expect(try ends(2, ["tokenizer_config.json": ["eos_token": ["content": "<|eot_id|>"]]]) == [2, 271])
    #expect(try ends(2, ["tokenizer_config.json": ["eos_token": "<none>"]]) == [2])
  }

  @Test("a chat template tells what ends a turn, wherever it stands")
  func templates() throws {
    let template = "{% for m in messages %}<|im_start|>{{ m.content }}<|im_end|>{% endfor %}"
    #expect(try ends(2, ["tokenizer_config.json": ["chat_template": template]]) == [2, 270])
    let several = [["name": "default", "template": "x"], ["name": "tool_use", "template": "<|eot_id|>"]]
    #expect(try ends(2, ["tokenizer_config.json": ["chat_template": several]]) == [2, 271])
    #expect(try ends(2, template: template) == [2, 270])
    #expect(try ends(2, ["chat_template.json": ["chat_template": template]]) == [2, 270])
    #expect(try ends(2, template: template, added: []) == [2])
  }

  @Test("where no file says anything, the one that transformers takes; none where a file says that there is none")
  func usual() throws {
    #expect(try ends() == [2])
    #expect(try ends(NSNull()) == [])
    #expect(try ends(nil, ["generation_config.json": ["eos_token_id": NSNull()]]) == [])
  }

  @Test("what is wrong in them is named")
  func refused() throws {
    for (json, expected) in [
      (["eos_token_id": 300], "generation_config.json: eos_token_id: expected a token id in 0..<300, got 300"),
      (["eos_token_id": "</s>"], "generation_config.json: eos_token_id: expected a token id or a list of them"),
      (["eos_token_id": [1, -1]], "generation_config.json: eos_token_id: expected a token id in 0..<300, got -1"),
    ] as [([String: Any], String)] {
      let error = #expect(throws: ModelError.self) { try ends(2, ["generation_config.json": json]) }
      #expect(error?.description.hasSuffix(expected) == true, "\(String(describing: error))")
    }
    let error = #expect(throws: ModelError.self) { try ends(2, ["tokenizer_config.json": ["chat_template": 3]]) }
    #expect(error?.description.hasSuffix("tokenizer_config.json: chat_template: expected an array of objects") == true)
  }

  @Test("a text ends where only generation_config.json says so")
  func sampling() async throws {
    let folder = try TinyLlama().folder()
    let plain = try EmbeddedModel(ModelFolder.load(folder.path))
    let request = SampleRequest(prefix: [1, 70, 80], temperature: 0, maximumTokens: 20, end: .text)
    let long = try await plain.sample(request).samples[0]
    #expect(long.tokens.count > 3)
    let end = long.tokens[2]
    try folder.write("generation_config.json", json: ["eos_token_id": [2, Int(end)]])
    let short = try await EmbeddedModel(ModelFolder.load(folder.path)).sample(request).samples[0]
    #expect(short.ending == .endOfText)
    #expect(short.tokens == Array(long.tokens.prefix { $0 != end }))
  }
}
