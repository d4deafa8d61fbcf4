import Foundation
import Testing

/// Model folders that cannot be used.
@Suite(.ownThread)
struct BadModelTests {
  private func policy(_ scratch: Scratch) throws -> URL {
    let copy = scratch.url.appending(path: "policy")
    try FileManager.default.copyItem(at: Program.repository.appending(path: "SampleData/Models/policy"), to: copy)
    return copy
  }

  private func message(_ folder: String, _ scratch: Scratch) throws -> String {
    let problem = try scratch.file("p.jsonl", ExplorerSession.story + "\n")
    let result = try Program.run(["search", problem, "--model", folder, "--workspace", scratch.path("w.sqlite")])
    #expect(result.code == 1)
    #expect(!FileManager.default.fileExists(atPath: scratch.path("w.sqlite")))
    return try #require(result.message, "\(result.errors)")
  }

  @Test func aMissingTensor() throws {
    let scratch = try Scratch()
    let folder = try policy(scratch)
    let file = folder.appending(path: "model.safetensors")
    var data = try Data(contentsOf: file)
    let length = data.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    let header = try #require(
      try JSONSerialization.jsonObject(with: data[8..<8 + length]) as? [String: Any])
    let name = try #require(header.keys.sorted().first { $0.hasPrefix("model.layers.1.") })
    // The same length keeps the offsets of the data that follows.
    var text = try JSONSerialization.data(
      withJSONObject: header.filter { $0.key != name }, options: .withoutEscapingSlashes)
    text += Data(repeating: 0x20, count: length - text.count)
    data.replaceSubrange(8..<8 + length, with: text)
    try data.write(to: file)
    let said = try message(folder.path(percentEncoded: false), scratch)
    #expect(said.contains("model.safetensors"))
    #expect(said.contains(name))
  }

  @Test(arguments: [0, 4, 100, 200_000])
  func truncatedWeights(_ bytes: Int) throws {
    let scratch = try Scratch()
    let folder = try policy(scratch)
    let file = folder.appending(path: "model.safetensors")
    try Data(contentsOf: file).prefix(bytes).write(to: file)
    #expect(try message(folder.path(percentEncoded: false), scratch).contains("model.safetensors"))
  }

  @Test func anotherArchitecture() throws {
    let scratch = try Scratch()
    let folder = try policy(scratch)
    let file = folder.appending(path: "config.json")
    let text = try String(contentsOf: file, encoding: .utf8)
    try #require(text.contains("LlamaForCausalLM"))
    try text.replacingOccurrences(of: "LlamaForCausalLM", with: "GPT2LMHeadModel").write(
      to: file, atomically: true, encoding: .utf8)
    let said = try message(folder.path(percentEncoded: false), scratch)
    #expect(said.contains("config.json"))
    #expect(said.contains("LlamaForCausalLM") && said.contains("GPT2LMHeadModel"))
  }

  @Test func noSuchFolder() throws {
    let scratch = try Scratch()
    #expect(try message(scratch.path("nowhere"), scratch).contains("nowhere"))
  }

  @Test func aFileInsteadOfAFolder() throws {
    let scratch = try Scratch()
    #expect(try message(try scratch.file("model", "x"), scratch).contains("model"))
  }

  @Test func aBrokenTokenizer() throws {
    let scratch = try Scratch()
    let folder = try policy(scratch)
    try Data(#"{"model": {"#.utf8).write(to: folder.appending(path: "tokenizer.json"))
    #expect(try message(folder.path(percentEncoded: false), scratch).contains("tokenizer.json"))
  }
}
