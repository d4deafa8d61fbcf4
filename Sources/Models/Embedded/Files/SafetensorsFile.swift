import CKernels
import Foundation
import Vocabulary

/// A memory-mapped safetensors file: eight bytes of header length, a JSON header, the tensors' bytes.
///
/// Format: https://huggingface.co/docs/safetensors. Every offset is checked when the file is opened.
package struct SafetensorsFile: Sendable {
  /// How a tensor's numbers are stored.
  enum Element: String {
    case f16 = "F16"
    case bf16 = "BF16"
    case f32 = "F32"

    var size: Int { self == .f32 ? 4 : 2 }
  }

  private struct Entry {
    let element: String
    let shape: [Int]
    let range: Range<Int>
  }

  /// The file's path, as messages name it.
  package let file: String
  /// Words beside the tensors.
  package let metadata: [String: String]
  private let data: Data
  private let entries: [String: Entry]

  /// Opens `path` and checks its header.
  ///
  /// - Throws: `ModelError` for a file that is missing, truncated or inconsistent.
  package init(path: String) throws {
    file = path
    do {
      _ = try InputFile.head(at: path, 8)  // what is no plain file cannot be mapped
    } catch  where !error.isMissing {
      throw ModelError(path, "\(error)")
    } catch {}
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped) else {
      throw ModelError(path, "expected a readable safetensors file")
    }
    self.data = data
    guard data.count >= 8 else {
      throw ModelError(path, "header", "expected 8 bytes of header length, the file has \(data.count) bytes")
    }
    let length = data.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
    guard length >= 2, length <= 100_000_000, length <= UInt64(data.count - 8) else {
      throw ModelError(
        path, "header", "expected a header within the file's \(data.count) bytes, its length says \(length)")
    }
    let start = 8 + Int(length)
    guard let value = try? JSONSerialization.jsonObject(with: data.subdata(in: 8..<start)),
      let header = value as? [String: Any]
    else { throw ModelError(path, "header", "expected a JSON object") }
    metadata = header["__metadata__"] as? [String: String] ?? [:]
    var entries: [String: Entry] = [:]
    for (name, value) in header where name != "__metadata__" {
      entries[name] = try Self.entry(name, value, file: path, start: start, end: data.count)
    }
    self.entries = entries
  }

  private static func entry(_ name: String, _ value: Any, file: String, start: Int, end: Int) throws -> Entry {
    guard let fields = value as? [String: Any], let type = fields["dtype"] as? String,
      let shape = (fields["shape"] as? [Any])?.map({ $0 as? Int }), let offsets = fields["data_offsets"] as? [Int]
    else { throw ModelError(file, name, "expected dtype, shape and data_offsets") }
    let sizes = shape.compactMap { $0 }.filter { $0 >= 0 }
    guard sizes.count == shape.count else { throw ModelError(file, name, "expected a shape of whole numbers") }
    guard offsets.count == 2, offsets[0] >= 0, offsets[0] <= offsets[1] else {
      throw ModelError(file, name, "expected data_offsets [begin, end] in order")
    }
    guard offsets[1] <= end - start else {
      throw ModelError(file, name, "expected \(offsets[1]) bytes of data, the file has \(end - start): truncated?")
    }
    if let element = Element(rawValue: type) {
      var bytes = element.size
      for size in sizes {
        let (product, overflow) = bytes.multipliedReportingOverflow(by: size)
        guard !overflow else { throw ModelError(file, name, "expected a shape that fits the file, got \(sizes)") }
        bytes = product
      }
      guard bytes == offsets[1] - offsets[0] else {
        throw ModelError(
          file, name,
          "expected \(bytes) bytes for shape \(sizes) of \(type), data_offsets give \(offsets[1] - offsets[0])")
      }
    }
    return Entry(element: type, shape: sizes, range: start + offsets[0]..<start + offsets[1])
  }

  /// The tensors' names, sorted.
  package var names: [String] { entries.keys.sorted() }

  /// The tensor's shape, nil where there is none of this name.
  package func shape(of name: String) -> [Int]? { entries[name]?.shape }

  /// Throws unless there is a tensor `name` of this shape in a dtype that can be read.
  package func check(_ name: String, shape: [Int]) throws { _ = try entry(name, shape) }

  private func entry(_ name: String, _ shape: [Int]) throws -> (range: Range<Int>, element: Element) {
    guard let entry = entries[name] else {
      throw ModelError(file, name, "expected a tensor of shape \(shape), it is missing")
    }
    guard entry.shape == shape else { throw ModelError(file, name, "expected shape \(shape), got \(entry.shape)") }
    guard let element = Element(rawValue: entry.element) else {
      throw ModelError(file, name, "expected dtype F16, BF16 or F32, got \(entry.element)")
    }
    return (entry.range, element)
  }

  /// Writes the tensor `name`, widened to 32 bits, to `out`, which holds its product of `shape` floats.
  ///
  /// - Throws: `ModelError` where the tensor is missing or has another shape or an unsupported dtype.
  package func read(_ name: String, shape: [Int], into out: UnsafeMutablePointer<Float>) throws {
    let (range, element) = try entry(name, shape)
    let count = shape.reduce(1, *)
    data.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress, count > 0 else { return }
      let from = base + range.lowerBound
      switch element {
      case .f16: ck_widen_f16(out, from, count)
      case .bf16: ck_widen_bf16(out, from, count)
      case .f32: UnsafeMutableRawPointer(out).copyMemory(from: from, byteCount: 4 * count)
      }
    }
  }

  /// The first 16 hex digits of the file's SHA-256. Complexity: O(file).
  package var fingerprint: String {
    var digest = SHA256()
    hash(into: &digest)
    return String(digest.finishHex().prefix(16))
  }

  /// Bytes of the file.
  package var size: Int { data.count }

  /// Takes the file's bytes into `digest`. Complexity: O(file).
  package func hash(into digest: inout SHA256) { data.withUnsafeBytes { digest.update($0) } }
}
