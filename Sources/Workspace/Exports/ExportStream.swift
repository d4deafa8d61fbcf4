import Foundation
import Vocabulary

/// Where a format writes a run: portions are handed on as they fill, so that a tree of any size costs a portion's memory.
public struct ExportStream {
  private var waiting: [UInt8] = []
  private let sink: (Data) throws -> Void
  private let encoder = CanonicalJSON.encoder()

  private static let portion = 1 << 18

  /// A stream into `sink`.
  public init(_ sink: @escaping (Data) throws -> Void) { self.sink = sink }

  /// Writes text.
  public mutating func put(_ text: String) throws {
    waiting += text.utf8
    if waiting.count >= Self.portion { try flush() }
  }

  /// Writes bytes.
  mutating func put(_ data: Data) throws {
    waiting += data
    if waiting.count >= Self.portion { try flush() }
  }

  /// Writes a value as JSON in canonical form that a terminal shows as it is.
  public mutating func put(_ value: ExportValue) throws {
    try put(SafeText.json(String(decoding: try encoder.encode(value), as: UTF8.self)))
  }

  /// Hands on what waits.
  public mutating func flush() throws {
    guard !waiting.isEmpty else { return }
    try sink(Data(waiting))
    waiting.removeAll(keepingCapacity: true)
  }
}
