import Foundation
import TreeSearch
import Vocabulary

/// A text that is looked for in others, whatever the case.
package struct SoughtText: Hashable, Sendable {
  private let lowercased: String
  /// The same as bytes; nil unless all of it is ASCII.
  private let bytes: [UInt8]?

  /// A text to look for.
  package init(_ text: String) {
    lowercased = text.lowercased()
    bytes = lowercased.utf8.allSatisfy { $0 < 0x80 } ? Array(lowercased.utf8) : nil
  }

  /// True where `text` holds it. Complexity: O(length of both multiplied), in practice O(length of `text`).
  package func isFound(in text: String) -> Bool {
    // A tenth of the price of Foundation's search, which a filter at every key would pay for thousands of nodes.
    if let bytes, let found = text.utf8.withContiguousStorageIfAvailable({ Self.isFound(bytes, in: $0) }) ?? nil {
      return found
    }
    return text.lowercased().contains(lowercased)
  }

  /// The same for ASCII; nil where `text` is something else.
  private static func isFound(_ bytes: [UInt8], in text: UnsafeBufferPointer<UInt8>) -> Bool? {
    guard text.allSatisfy({ $0 < 0x80 }) else { return nil }
    guard let first = bytes.first else { return false }
    func lower(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
    guard text.count >= bytes.count else { return false }
    return (0...text.count - bytes.count).contains { start in
      lower(text[start]) == first && bytes.indices.allSatisfy { lower(text[start + $0]) == bytes[$0] }
    }
  }
}

extension SearchTree {
  /// True where the node's answer agrees with the reference; nil where it states none or there is no reference.
  public func isCorrect(at id: NodeID) -> Bool? { isCorrect(details[id.offset].answer) }

  /// True where `answer` agrees with the reference; nil without an answer or a reference.
  public func isCorrect(_ answer: String?) -> Bool? {
    answer.flatMap { header.problem.accepts($0) }
  }

  /// True where a tool that checks (not a learned critic) found the step wrong.
  public func isContradicted(_ id: NodeID) -> Bool {
    details[id.offset].scores.contains { CriticName.isContradiction($0.score, by: $0.critic) }
  }

  /// How far the learned critics differ at `id`: greatest score less least; nil where fewer than two gave one.
  public func criticSpread(at id: NodeID) -> Double? {
    let scores = CriticName.learned.compactMap { score($0, of: id) }
    guard scores.count > 1, let least = scores.min(), let most = scores.max() else { return nil }
    return most - least
  }
}
