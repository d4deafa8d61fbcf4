import Foundation
import Testing

@testable import Models

@Suite("Critic model")
struct CriticModelTests {
  private let tiny = TinyLlama(criticHeads: ["value", "prm", "orm"])

  private func critic() throws -> CriticModel {
    let folder = try tiny.folder()
    defer { withExtendedLifetime(folder) {} }
    return try CriticModel(ModelFolder.load(folder.path))
  }

  private func expected(_ tokens: [Int32], _ head: Int) -> Double {
    let tensors = tiny.headTensors()
    let state = ReferenceForward(tiny).hidden(tokens)[tokens.count - 1]
    let row = tensors[0].values[head * tiny.width..<(head + 1) * tiny.width]
    let z = zip(row, state).reduce(Double(tensors[1].values[head])) { $0 + Double($1.0) * $1.1 }
    return 1 / (1 + exp(-z))
  }

  @Test("scores are the sigmoid of the heads at the last token")
  func scores() async throws {
    let critic = try critic()
    let tokens = TinyLlama.tokens(30, seed: 31)
    let scores = try await critic.headScores(tokens: tokens)
    #expect(critic.heads == ["value", "prm", "orm"])
    for (i, head) in critic.heads.enumerated() {
      #expect(abs((scores.scores[head] ?? -1) - expected(tokens, i)) < 1e-4)
    }
    #expect(scores.usage == ModelUsage(prompted: 30, reused: 0))
  }

  @Test("a child after its parent costs its own tokens; a batch gives what single calls give")
  func usage() async throws {
    let critic = try critic()
    let parent = TinyLlama.tokens(20, seed: 32)
    let children = (0..<4).map { parent + TinyLlama.tokens(6, seed: UInt64(40 + $0)) }
    _ = try await critic.headScores(tokens: parent)
    let batch = try await critic.headScores(batch: children)
    #expect(batch.map(\.usage) == Array(repeating: ModelUsage(prompted: 6, reused: 20), count: 4))
    let fresh = try self.critic()
    for (child, scores) in zip(children, batch) {
      #expect(try await fresh.headScores(tokens: child).scores == scores.scores)
    }
  }

  @Test("several positions in one pass")
  func positions() async throws {
    let critic = try critic()
    let tokens = TinyLlama.tokens(25, seed: 33)
    let scores = try await critic.headScores(tokens: tokens, positions: [4, 24])
    #expect(scores.map(\.usage.prompted) == [25, 0])
    #expect(abs((scores[0].scores["prm"] ?? -1) - expected(Array(tokens[...4]), 1)) < 1e-4)
    #expect(abs((scores[1].scores["orm"] ?? -1) - expected(tokens, 2)) < 1e-4)
    await #expect(throws: ModelError.self) { try await critic.headScores(tokens: tokens, positions: [25]) }
    await #expect(throws: ModelError.self) { try await critic.headScores(tokens: []) }
  }

  @Test("a folder without heads is no critic; heads of the wrong shape are refused")
  func badHeads() throws {
    let plain = try TinyLlama().folder()
    let error = #expect(throws: ModelError.self) { try CriticModel(ModelFolder.load(plain.path)) }
    #expect(error?.description == "\(plain.path): etascope.json: expected a list of heads: this model is no critic")
    let folder = try tiny.folder()
    try folder.write("etascope.json", json: ["heads": ["value", "orm"]])
    let shape = #expect(throws: ModelError.self) { try CriticModel(ModelFolder.load(folder.path)) }
    #expect(
      shape?.description == "\(folder.path("heads.safetensors")): heads.weight: expected shape [2, 20], got [3, 20]")
    try FileManager.default.removeItem(atPath: folder.path("heads.safetensors"))
    #expect(throws: ModelError.self) { try CriticModel(ModelFolder.load(folder.path)) }
  }
}
