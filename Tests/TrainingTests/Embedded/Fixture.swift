import Foundation
import Models
import Testing

@testable import Training

/// What `SampleData/Models/Training/training_fixture.py` made with torch.
struct Fixture: Decodable {
  struct Text: Decodable {
    let tokens: [Int32]
    let promptCount: Int
  }

  /// Some numbers of a tensor's gradient, and the norm of all.
  struct Gradient: Decodable {
    let norm: Double
    let at: [Int]
    let values: [Float]
  }

  let seed: UInt64
  let recipe: TrainingRecipe
  let texts: [Text]
  let loss: Double
  let gradients: [String: Gradient]
  /// The loss of each of fifty steps.
  let curve: [Double]

  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  static let folder = root.appending(path: "Tests/TrainingTests/Fixtures")

  static func read() throws -> Fixture {
    try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: folder.appending(path: "expected.json")))
  }

  static var model: String { folder.appending(path: "tiny").path(percentEncoded: false) }
  static var rows: String { folder.appending(path: "rows").path(percentEncoded: false) }

  /// The fixture's training, written to `output`.
  func job(_ output: String) -> TrainingJob {
    TrainingJob(data: Self.rows, model: Self.model, output: output, seed: seed, recipe: recipe)
  }
}

/// A folder that is removed with its owner.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "etascope-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path(percentEncoded: false)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes `text` to a file of it.
  func write(_ name: String, _ text: String) throws -> String {
    let url = URL(filePath: path).appending(path: name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
    return url.path(percentEncoded: false)
  }
}
