import CKernels
import Foundation
import Models

/// How the numbers of a trained model are written.
public enum TrainedPrecision: String, Sendable, Codable, CaseIterable {
  /// As they were trained.
  case float32
  /// Rounded to half of that, which is what the shipped models have.
  case float16

  /// Bytes of a number.
  var size: Int { self == .float32 ? 4 : 2 }
  /// What safetensors files call it.
  var element: String { self == .float32 ? "F32" : "F16" }
}

/// Writes safetensors files: eight bytes of header length, a JSON header, the tensors' bytes.
struct WeightsFile {
  let precision: TrainedPrecision
  /// Words beside the tensors.
  var metadata = ["format": "pt"]
  private var tensors: [(name: String, shape: [Int], numbers: UnsafePointer<Float>)] = []

  init(_ precision: TrainedPrecision) { self.precision = precision }

  /// Adds `numbers`, which must stay where they are until the file is written.
  mutating func add(_ name: String, _ shape: [Int], _ numbers: UnsafePointer<Float>) {
    tensors.append((name, shape, numbers))
  }

  /// Adds every tensor of `layout`, its name after `prefix`.
  mutating func add(_ layout: LlamaLayout, _ numbers: FloatMatrix, prefix: String = "") {
    for tensor in layout.tensors { add(prefix + tensor.name, tensor.shape, numbers.base + tensor.offset) }
  }

  /// Writes the file beside `path` and moves it there: whoever looks finds the old one or the whole new one.
  func write(to path: String) throws {
    var header: [String: Any] = ["__metadata__": metadata]
    var size = 0
    for tensor in tensors {
      let end = size + tensor.shape.reduce(1, *) * precision.size
      header[tensor.name] = ["dtype": precision.element, "shape": tensor.shape, "data_offsets": [size, end]]
      size = end
    }
    var json = try JSONSerialization.data(withJSONObject: header, options: [.sortedKeys, .withoutEscapingSlashes])
    json.append(contentsOf: repeatElement(0x20, count: (8 - json.count % 8) % 8))
    var data = Data(capacity: 8 + json.count + size)
    withUnsafeBytes(of: UInt64(json.count).littleEndian) { data.append(contentsOf: $0) }
    data.append(json)
    for tensor in tensors {
      let count = tensor.shape.reduce(1, *)
      switch precision {
      case .float32: data.append(UnsafeBufferPointer(start: tensor.numbers, count: count))
      case .float16:
        var half = Data(count: 2 * count)
        half.withUnsafeMutableBytes { if let base = $0.baseAddress { ck_narrow_f16(base, tensor.numbers, count) } }
        data.append(half)
      }
    }
    try data.write(to: URL(filePath: path), options: .atomic)
  }
}
