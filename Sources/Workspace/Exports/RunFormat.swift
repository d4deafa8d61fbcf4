import Foundation
import TreeSearch
import Vocabulary

/// A form in which a run is written out: its name, its words and its bytes in one value.
///
/// A form of your own is a file beside those in `RunFormats/` and a line in ``all``; one that is in no list is written with
/// ``RunExport/data(_:)`` just the same.
public struct RunFormat: Sendable {
  /// What `--format` calls it.
  public let name: String
  /// What it is, in a few words.
  public let help: String
  /// The file's bytes, with a line break at the end. Pure: the export decides every byte.
  public let data: @Sendable (RunExport) throws -> Data

  /// A format with its fields as given.
  public init(name: String, help: String, data: @escaping @Sendable (RunExport) throws -> Data) {
    self.name = name
    self.help = help
    self.data = data
  }

  /// The formats that `run export` writes beside pictures.
  public static let all: [RunFormat] = [.json, .dot, .markdown]

  /// The format of ``all`` that is called `name`; nil where none is.
  public static func named(_ name: String) -> RunFormat? { all.first { $0.name == name } }
}

extension RunFormat: CustomStringConvertible {
  /// Its name.
  public var description: String { name }
}

/// A run written out: a pure function of header and tree, without wall-clock values, so that the same seed gives the same
/// bytes in every workspace.
public struct RunExport: Sendable {
  /// Fingerprint of the run.
  public let run: String
  /// The tree.
  public let tree: SearchTree
  /// True where what the model thought is written as well.
  public let withThinking: Bool

  /// An export of `tree`; the run's name follows from its header.
  public init(_ tree: SearchTree, withThinking: Bool = false) throws {
    self.tree = tree
    self.withThinking = withThinking
    run = try RunFingerprint.of(tree.header)
  }

  /// The file's bytes, with a line break at the end. Complexity: O(nodes).
  public func data(_ format: RunFormat) throws -> Data { try format.data(self) }

  /// Nodes that are shown, in order: neither they nor an ancestor were taken back or failed. Complexity: O(nodes).
  public var shown: [NodeID] {
    var isShown = [Bool](repeating: true, count: tree.nodes.count)
    return tree.nodes.indices.compactMap { index in
      let node = tree.nodes[index]
      isShown[index] = node.isShown && (!node.parent.exists || isShown[node.parent.offset])
      return isShown[index] ? NodeID(index) : nil
    }
  }
}

/// Texts and numbers as the formats write them.
extension RunExport {
  /// The first 60 characters of the text, trimmed.
  static func clipped(_ text: String) -> String {
    let line = text.trimmingCharacters(in: .whitespacesAndNewlines)
    return line.count > 60 ? line.prefix(59) + "…" : line
  }

  /// Three decimals; a dash where there is no number.
  static func short(_ value: Double?) -> String { FixedNumber.text(value, decimals: 3, none: "–") }
}

extension Workspace {
  /// Writes out `run` as of now, with what the model thought where that is asked for. Complexity: O(events × depth).
  public func export(run: String, format: RunFormat, withThinking: Bool = false) throws -> Data {
    try RunExport(try tree(of: run), withThinking: withThinking).data(format)
  }
}
