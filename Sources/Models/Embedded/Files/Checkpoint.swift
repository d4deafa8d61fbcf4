import Foundation
import Synchronization
import Vocabulary

/// The weights of a model folder: one safetensors file, or the shards that `model.safetensors.index.json` lists.
package struct Checkpoint: Sendable {
  /// The files, by name.
  package let files: [SafetensorsFile]
  /// Tensor → place of its file; nil where there is but one file.
  private let places: [String: Int]?
  /// The index, or the one file: where a tensor that is nowhere was expected.
  private let file: String

  /// Maps the weights of the folder at `path`.
  ///
  /// - Throws: `ModelError` naming the file and the tensor.
  package init(folder path: String) throws {
    let folder = URL(fileURLWithPath: path)
    let single = folder.appendingPathComponent("model.safetensors").relativePath
    let index = folder.appendingPathComponent("model.safetensors.index.json").relativePath
    guard !FileManager.default.fileExists(atPath: single), FileManager.default.fileExists(atPath: index) else {
      guard FileManager.default.fileExists(atPath: single) else {
        throw ModelFolder.missing("model.safetensors", in: path)
      }
      (file, files, places) = (single, [try SafetensorsFile(path: single)], nil)
      return
    }
    let json = try JSONObject(ModelFolder.contents("model.safetensors.index.json", in: path), file: index)
    guard let map = json.fields["weight_map"] as? [String: String], !map.isEmpty else {
      throw json.error("weight_map", "expected an object that names a file for each tensor")
    }
    let names = Set(map.values).sorted()
    for name in names where name.contains("/") || name.hasPrefix(".") || !name.hasSuffix(".safetensors") {
      throw json.error("weight_map", "expected names of safetensors files in this folder, got \(name)")
    }
    guard names.count <= 1024 else { throw json.error("weight_map", "expected at most 1024 files, got \(names.count)") }
    files = try names.map { try SafetensorsFile(path: folder.appendingPathComponent($0).relativePath) }
    places = map.compactMapValues(names.firstIndex)
    file = index
  }

  /// Throws unless there is a tensor `name` of this shape in a dtype that can be read.
  package func check(_ name: String, shape: [Int]) throws { try holder(of: name, shape).check(name, shape: shape) }

  /// Writes the tensor `name`, widened to 32 bits, to `out`, which holds its product of `shape` floats.
  ///
  /// - Throws: `ModelError` where the tensor is missing or has another shape or an unsupported dtype.
  package func read(_ name: String, shape: [Int], into out: UnsafeMutablePointer<Float>) throws {
    try holder(of: name, shape).read(name, shape: shape, into: out)
  }

  private func holder(of name: String, _ shape: [Int]) throws -> SafetensorsFile {
    guard let places else { return files[0] }
    guard let place = places[name] else {
      throw ModelError(file, name, "expected a tensor of shape \(shape), it is missing")
    }
    return files[place]
  }

  /// The first 16 hex digits of the SHA-256 of the file, or of all shards one after the other. Complexity: O(bytes).
  package var fingerprint: String {
    var digest = SHA256()
    for file in files { file.hash(into: &digest) }
    return String(digest.finishHex().prefix(16))
  }
}

/// The digest of weights, computed when somebody first asks for it: hashing takes longer than everything else that opening a
/// model does.
final class Fingerprint: Sendable {
  private let weights: Checkpoint
  private let known = Mutex<String?>(nil)

  init(of weights: Checkpoint) { self.weights = weights }

  /// ``Checkpoint/fingerprint``. Complexity: O(bytes) once; whoever asks meanwhile waits.
  var value: String {
    known.withLock { known in
      let value = known ?? weights.fingerprint
      known = value
      return value
    }
  }
}
