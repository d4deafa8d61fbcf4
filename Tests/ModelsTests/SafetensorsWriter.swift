import Foundation

/// Writes safetensors files, right ones and, through `header`, wrong ones.
enum SafetensorsWriter {
  struct Tensor {
    var name: String
    var shape: [Int]
    var values: [Float]
  }

  /// A file of 32-bit tensors; `edit` may spoil the header.
  static func data(_ tensors: [Tensor], edit: (inout [String: Any]) -> Void = { _ in }) throws -> Data {
    var header: [String: Any] = ["__metadata__": ["format": "pt"]]
    var body = Data()
    for tensor in tensors {
      let start = body.count
      for value in tensor.values { withUnsafeBytes(of: value.bitPattern.littleEndian) { body.append(contentsOf: $0) } }
      header[tensor.name] = ["dtype": "F32", "shape": tensor.shape, "data_offsets": [start, body.count]]
    }
    edit(&header)
    return try file(header: JSONSerialization.data(withJSONObject: header), body: body)
  }

  static func file(header: Data, body: Data) throws -> Data {
    var out = Data()
    withUnsafeBytes(of: UInt64(header.count).littleEndian) { out.append(contentsOf: $0) }
    return out + header + body
  }
}
