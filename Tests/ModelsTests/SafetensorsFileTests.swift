import Foundation
import Testing
import Vocabulary

@testable import Models

@Suite("Safetensors: bad files")
struct SafetensorsFileTests {
  private let tensors = [SafetensorsWriter.Tensor(name: "a", shape: [2, 3], values: [1, 2, 3, 4, 5, 6])]

  private func open(_ data: Data) throws -> (SafetensorsFile, TemporaryFolder) {
    let folder = try TemporaryFolder()
    try folder.write("w.safetensors", data)
    return (try SafetensorsFile(path: folder.path("w.safetensors")), folder)
  }

  private func message(_ data: Data) throws -> String {
    let error = #expect(throws: ModelError.self) { try open(data) }
    return try #require(error).description.components(separatedBy: "w.safetensors: ").last ?? ""
  }

  @Test("a right file gives its numbers")
  func right() throws {
    let (file, folder) = try open(SafetensorsWriter.data(tensors))
    defer { withExtendedLifetime(folder) {} }
    var out = [Float](repeating: 0, count: 6)
    try file.read("a", shape: [2, 3], into: &out)
    #expect(out == [1, 2, 3, 4, 5, 6])
    #expect(file.names == ["a"])
    #expect(file.shape(of: "a") == [2, 3])
    #expect(try file.fingerprint == String(SHA256.hex(Data(contentsOf: URL(fileURLWithPath: file.file))).prefix(16)))
  }

  @Test("missing and wrongly shaped tensors are named with the shape that was expected")
  func wrongTensors() throws {
    let (file, folder) = try open(SafetensorsWriter.data(tensors))
    defer { withExtendedLifetime(folder) {} }
    var out = [Float](repeating: 0, count: 6)
    let missing = #expect(throws: ModelError.self) { try file.read("b", shape: [2, 3], into: &out) }
    #expect(missing?.description == "\(file.file): b: expected a tensor of shape [2, 3], it is missing")
    let shape = #expect(throws: ModelError.self) { try file.read("a", shape: [3, 2], into: &out) }
    #expect(shape?.description == "\(file.file): a: expected shape [3, 2], got [2, 3]")
  }

  @Test("an unsupported dtype is an error only when the tensor is read")
  func dtype() throws {
    let data = try SafetensorsWriter.data(tensors) {
      $0["a"] = ["dtype": "I8", "shape": [24], "data_offsets": [0, 24]]
    }
    let (file, folder) = try open(data)
    defer { withExtendedLifetime(folder) {} }
    var out = [Float](repeating: 0, count: 24)
    let error = #expect(throws: ModelError.self) { try file.read("a", shape: [24], into: &out) }
    #expect(error?.expected == "expected dtype F16, BF16 or F32, got I8")
  }

  @Test("truncated anywhere")
  func truncated() throws {
    let data = try SafetensorsWriter.data(tensors)
    #expect(try message(Data()) == "header: expected 8 bytes of header length, the file has 0 bytes")
    #expect(try message(data.prefix(5)) == "header: expected 8 bytes of header length, the file has 5 bytes")
    #expect(try message(data.prefix(20)).hasPrefix("header: expected a header within the file's 20 bytes"))
    #expect(try message(data.dropLast()) == "a: expected 24 bytes of data, the file has 23: truncated?")
    for length in 0..<data.count { #expect(throws: ModelError.self) { try open(data.prefix(length)) } }
  }

  @Test("lengths, offsets and shapes that lie")
  func lies() throws {
    var huge = try SafetensorsWriter.data(tensors)
    huge.replaceSubrange(0..<8, with: [255, 255, 255, 255, 255, 255, 255, 127])
    #expect(try message(huge).hasPrefix("header: expected a header within"))
    #expect(
      try message(SafetensorsWriter.file(header: Data("[1]".utf8), body: Data())) == "header: expected a JSON object")
    #expect(
      try message(SafetensorsWriter.file(header: Data("{\"a\":".utf8), body: Data()))
        == "header: expected a JSON object")
    let lies: [(Any, String)] = [
      (["dtype": "F32", "shape": [2, 3], "data_offsets": [8, 4]], "a: expected data_offsets [begin, end] in order"),
      (
        ["dtype": "F32", "shape": [2, 3], "data_offsets": [-4, 20]], "a: expected data_offsets [begin, end] in order"
      ),
      (
        ["dtype": "F32", "shape": [2, 3], "data_offsets": [0, 400]],
        "a: expected 400 bytes of data, the file has 24: truncated?"
      ),
      (
        ["dtype": "F32", "shape": [2, 4], "data_offsets": [0, 24]],
        "a: expected 32 bytes for shape [2, 4] of F32, data_offsets give 24"
      ),
      (
        ["dtype": "F16", "shape": [2, 3], "data_offsets": [0, 24]],
        "a: expected 12 bytes for shape [2, 3] of F16, data_offsets give 24"
      ),
      (["dtype": "F32", "shape": [-2, 3], "data_offsets": [0, 24]], "a: expected a shape of whole numbers"),
      (
        ["dtype": "F32", "shape": [4_611_686_018_427_387_904, 4], "data_offsets": [0, 24]],
        "a: expected a shape that fits the file, got [4611686018427387904, 4]"
      ),
      (["dtype": "F32", "shape": [2, 3]], "a: expected dtype, shape and data_offsets"),
      ("text", "a: expected dtype, shape and data_offsets"),
    ]
    for (entry, expected) in lies {
      #expect(try message(SafetensorsWriter.data(tensors) { $0["a"] = entry }) == expected)
    }
  }

  @Test("files with changed bytes are refused by name, or give the 24 bytes that stand there; never a trap")
  func fuzz() throws {
    let seed: UInt64 = 1
    var generator = SplitMix(seed: seed, index: 0)
    let right = try SafetensorsWriter.data(tensors)
    let folder = try TemporaryFolder()
    let path = folder.path("w.safetensors")
    var (refused, numbers) = (0, 0)
    for round in 0..<600 {
      var data = right
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        data[Int.random(in: 0..<data.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
      try folder.write("w.safetensors", data)
      var out = [Float](repeating: 0, count: 6)
      do {
        try SafetensorsFile(path: path).read("a", shape: [2, 3], into: &out)
        let there = data.suffix(24).withUnsafeBytes { bytes in
          (0..<6).map { UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self)) }
        }
        #expect(out.map(\.bitPattern) == there, "seed \(seed), round \(round)")
        numbers += 1
      } catch let error as ModelError {
        #expect(error.file == path && error.expected.hasPrefix("expected "), "seed \(seed), round \(round): \(error)")
        refused += 1
      }
    }
    #expect(refused > 300 && numbers > 30, "seed \(seed): \(refused) refused, \(numbers) read")
  }
}
