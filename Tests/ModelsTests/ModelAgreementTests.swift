import Foundation
import Testing

@testable import Models

/// Random models of each family that is read; Python/make_models.py makes them.
private enum RandomModels {
  static let folder = RepositoryFiles.root().appending(path: "Tests/ModelsTests/Fixtures/Models")
  static let all = names(folder)

  static func names(_ folder: URL) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.contains("-") }.sorted()) ?? []
  }

  private struct Case: Decodable {
    let ids: [Int32]
    let logits: [Double]
  }

  /// Logits after four sequences of tokens, to 1e-3 of what `transformers` computed.
  static func compare(_ folder: URL) async throws {
    let cases = try JSONDecoder().decode(
      [Case].self, from: Data(contentsOf: folder.appending(path: "expected.json")))
    try #require(cases.count == 4)
    let model = try EmbeddedModel(ModelFolder.load(folder.path))
    for each in cases {
      let logits = try await model.logits(after: each.ids)
      let worst = zip(logits, each.logits).map { abs(Double($0) - $1) }.max() ?? .infinity
      #expect(
        logits.count == each.logits.count && worst < 1e-3,
        "\(folder.lastPathComponent), \(each.ids.count) tokens: off by \(worst)")
    }
  }
}

/// What they compute, against `transformers` in 32 bits.
@Suite("Random models of every family agree with transformers")
struct ModelAgreementTests {
  @Test("all logits of two of each family", arguments: RandomModels.all)
  func pinned(_ name: String) async throws {
    try await RandomModels.compare(RandomModels.folder.appending(path: name))
  }

  @Test("every family is among them, with biases, norms, windows, all rotary angles and both spellings of the settings")
  func coverage() throws {
    let configurations = try RandomModels.all.map { name in
      let file = RandomModels.folder.appending(path: "\(name)/config.json")
      return (try LlamaConfiguration(Data(contentsOf: file), file: name), try String(contentsOf: file, encoding: .utf8))
    }
    #expect(configurations.count == 8)
    let read = configurations.map(\.0)
    #expect(Set(read.map(\.architecture)) == Set(LlamaArchitecture.allCases))
    #expect(read.contains { $0.architecture == .llama && $0.biases.output })
    #expect(read.contains { $0.isWindow })
    #expect(read.contains { $0.tiedEmbeddings } && read.contains { !$0.tiedEmbeddings })
    for kind in ["default", "linear", "dynamic", "llama3", "yarn"] {
      #expect(
        configurations.contains { $0.1.contains("\"\(kind)\"") || (kind == "default" && $0.0.ropeScaling == .none) })
    }
    #expect(
      configurations.contains { $0.1.contains("rope_parameters") }
        && configurations.contains { $0.1.contains("torch_dtype") })
  }

  @Test(
    "twelve new ones of each family",
    .enabled(
      if: PythonEnvironment.withTransformers != nil,
      "transformers and torch are not installed: make serving-environment"))
  func live() async throws {
    let scratch = try TemporaryFolder()
    let seed = UInt64.random(in: 0..<1_000_000)
    try await PythonEnvironment.run(
      try #require(PythonEnvironment.withTransformers), "make_models.py",
      ["--out", scratch.path, "--each", "12", "--seed", String(seed)])
    let names = RandomModels.names(scratch.url)
    #expect(names.count == 48, "seed \(seed)")
    for name in names { try await RandomModels.compare(scratch.url.appending(path: name)) }
  }
}
