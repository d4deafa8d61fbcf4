import Foundation
import Testing
import Vocabulary

@testable import Models

/// Random Llama folders against `transformers` in 32 bits; SampleData/Models/Training/random_llamas.py makes them.
@Suite("Random Llama folders agree with transformers")
struct RandomLlamaTests {
  private struct Case: Decodable {
    let text: String
    let ids: [Int32]
    let logits: [Double]
  }

  private func folder(_ name: String) -> String {
    RepositoryFiles.root().appendingPathComponent("Tests/ModelsTests/Fixtures/Random/\(name)").path
  }

  /// Grouped queries, Llama 3's rotary scaling, bf16, shards, tied; or none of these, f16 and an output matrix.
  @Test("tokens are equal, all logits to 1e-3", arguments: ["scaled", "plain"])
  func agreement(_ name: String) async throws {
    let cases = try JSONDecoder().decode(
      [Case].self, from: Data(contentsOf: URL(fileURLWithPath: folder(name) + "/expected.json")))
    let model = try EmbeddedModel(ModelFolder.load(folder(name)))
    try #require(cases.count == 6)
    #expect(cases.contains { $0.ids.count > 64 }, "one is longer than the original context of the scaled angles")
    for each in cases {
      #expect(try ModelFolder.load(folder(name)).tokenizer.beginning + model.tokenize(each.text) == each.ids)
      #expect(String(decoding: model.bytes(of: each.ids), as: UTF8.self) == each.text)
      let logits = try await model.logits(after: each.ids)
      let worst = zip(logits, each.logits).map { abs(Double($0) - $1) }.max() ?? .infinity
      #expect(logits.count == each.logits.count && worst < 1e-3, "\(each.text): \(worst)")
    }
  }

  /// The three regions of Llama 3's scaling, worked out by hand: context 64, factor 8, low 1, high 4.
  @Test func slowAnglesAreDividedAndFastOnesKept() {
    let scaling = RotaryScaling.llama3(factor: 8, low: 1, high: 4, original: 64)
    let turn = 2 * Double.pi
    #expect(scaling.scaled(turn / 16) == turn / 16)  // 4 waves: fast
    #expect(abs(scaling.scaled(turn / 128) - turn / 1024) < 1e-15)  // half a wave: slow
    // 2.5 waves: half of each.
    let middle = turn * 2.5 / 64
    #expect(abs(scaling.scaled(middle) - (middle / 16 + middle / 2)) < 1e-15)
    #expect(RotaryScaling.linear(factor: 4).scaled(2) == 0.5)
  }

  /// Older files say `rope_scaling`, newer ones `rope_parameters`.
  @Test func bothSpellingsOfScalingAreRead() throws {
    let scaling: [String: Any] = [
      "rope_type": "llama3", "factor": 32.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
      "original_max_position_embeddings": 8192,
    ]
    for field in ["rope_scaling", "rope_parameters"] {
      var json = TinyLlama().configuration
      json[field] = scaling
      let configuration = try LlamaConfiguration(JSONSerialization.data(withJSONObject: json), file: "config.json")
      #expect(configuration.ropeScaling == .llama3(factor: 32, low: 1, high: 4, original: 8192))
      #expect(configuration.ropeTheta == 500)
    }
  }

  /// Bytes changed, cut off or doubled anywhere: a folder loads and computes, or an error says what is wrong.
  @Test("damaged files are refused in words or harmless", arguments: ["scaled", "plain"])
  func fuzz(_ name: String) async throws {
    let scratch = try TemporaryFolder()
    let names = try FileManager.default.contentsOfDirectory(atPath: folder(name)).filter { $0 != "expected.json" }
    for file in names { try scratch.write(file, Data(contentsOf: URL(fileURLWithPath: folder(name) + "/" + file))) }
    let seed: UInt64 = 11
    var random = SplitMix(seed: seed, index: name.count)
    var refused = 0
    for round in 0..<90 {
      let file = names.sorted()[round % names.count]
      let whole = try Data(contentsOf: URL(fileURLWithPath: folder(name) + "/" + file))
      try scratch.write(file, damaged(whole, &random))
      do {
        let model = try EmbeddedModel(ModelFolder.load(scratch.path), cacheBytes: 1 << 16)
        _ = try await model.logits(after: [1, 2, 3])
        _ = model.tokenize("Ana has 13 apples\n")
      } catch let error as ModelError {
        refused += 1
        #expect(
          (error.file.hasPrefix(scratch.path) || error.file == scratch.url.lastPathComponent)
            && error.expected.hasPrefix("expected"),
          "seed \(seed), round \(round): \(error)")
        #expect(
          !error.description.unicodeScalars.contains { $0.value < 0x20 }, "seed \(seed), round \(round): \(error)")
      }
      try scratch.write(file, whole)
    }
    #expect(refused > 20, "seed \(seed)")
  }

  private func damaged(_ whole: Data, _ random: inout SplitMix) -> Data {
    var data = whole
    let at = Int.random(in: 0..<whole.count, using: &random)
    switch Int.random(in: 0..<6, using: &random) {
    case 0: data = data.prefix(at)
    case 1: data[at] = UInt8.random(in: 0...255, using: &random)
    case 2: data.insert(contentsOf: data[at..<min(at + 40, data.count)], at: at)
    case 3: data[min(at, 7)] = 0xFF  // the header's length, or the first brace
    case 4:  // a digit of the first kilobyte, where headers and settings stand
      let digits = data.indices.prefix(1024).filter { (0x30...0x39).contains(data[$0]) }
      if let digit = digits.randomElement(using: &random) {
        data[digit] = UInt8.random(in: 0x30...0x39, using: &random)
      }
    default: data.replaceSubrange(at..<min(at + 8, data.count), with: Data("\"},[-1e9".utf8))
    }
    return data
  }
}
