import Foundation
import Models
import Vocabulary

/// What was done to make a model: `training.json` in its folder, written last, so that a folder without it is not finished.
struct TrainingRecord: Codable, Equatable {
  /// What `--trainer` calls the trainer.
  var trainer: String
  /// Digest of everything that the result depends on: another digest is another training.
  var job: String
  var steps: Int
  /// Of the last step, nats a token; nil where the trainer did not tell.
  var loss: Double?
  /// Tokens trained on, and rows; nil where only the program outside knows.
  var tokens: Int?
  var rows: Int?
  var recipe: TrainingRecipe
  var seed: UInt64
  /// Of the base: its folder's last component, and the first 16 hex digits of its weights' SHA-256 (nil where they were not read).
  var base: String
  var baseWeights: String?
  /// SHA-256 of the rows' file.
  var data: String
  /// SHA-256 of the weights.
  var weights: String

  private static func file(in folder: String) -> URL { URL(filePath: folder).appending(path: "training.json") }

  /// The record in `folder`; nil where there is none that can be read. Whether the weights beside it are still those is the
  /// caller's to ask.
  static func read(in folder: String) -> TrainingRecord? {
    (try? Data(contentsOf: file(in: folder))).flatMap { try? JSONDecoder().decode(TrainingRecord.self, from: $0) }
  }

  /// Writes the record, which finishes the folder.
  func write(in folder: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try encoder.encode(self).write(to: Self.file(in: folder), options: .atomic)
  }
}
