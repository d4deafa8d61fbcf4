import Foundation
import Models

/// Where a training stands, as a file of its output folder: what was stopped, or killed, goes on from there and comes to the same
/// bytes.
struct TrainingState: Equatable {
  /// Steps done.
  var step = 0
  /// Tokens seen.
  var tokens = 0
  /// The last step's mean loss.
  var loss: Double?

  private static let name = "training-state.safetensors"

  /// The file in the folder at `path`.
  static func file(in path: String) -> String { path + "/" + name }

  /// Writes the state of `job` beside the one that is there and moves it over it.
  func write(_ optimizer: Optimizer, _ count: Int, job: String, to folder: String) throws {
    var file = WeightsFile(.float32)
    file.metadata = ["job": job, "step": "\(step)", "tokens": "\(tokens)"]
    file.metadata["loss"] = loss.map { "\($0)" }
    file.add("weights", [count], optimizer.weights.base)
    file.add("mean", [count], optimizer.mean.base)
    file.add("square", [count], optimizer.square.base)
    try file.write(to: Self.file(in: folder))
  }

  /// The state of `job` that `folder` holds, its numbers put into `optimizer`; a new one where there is none.
  ///
  /// - Throws: ``TrainingError/unusable(_:)`` for the state of another training and a damaged one.
  static func read(_ optimizer: Optimizer, _ count: Int, job: String, in folder: String) throws -> TrainingState {
    let path = file(in: folder)
    guard FileManager.default.fileExists(atPath: path) else { return TrainingState() }
    let file = try SafetensorsFile(path: path)
    func wrong(_ expected: String) -> TrainingError {
      .unusable("\(path): expected \(expected); remove it to begin anew, or choose another folder")
    }
    guard file.metadata["job"] == job else { throw wrong("the state of this training, found another's") }
    guard let step = file.metadata["step"].flatMap({ Int($0) }),
      let tokens = file.metadata["tokens"].flatMap({ Int($0) }),
      step > 0, tokens > 0
    else { throw wrong("the numbers of steps and tokens") }
    for (name, block) in [("weights", optimizer.weights), ("mean", optimizer.mean), ("square", optimizer.square)] {
      try file.read(name, shape: [count], into: block.base)
    }
    return TrainingState(step: step, tokens: tokens, loss: file.metadata["loss"].flatMap { Double($0) })
  }
}
