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
  /// The same portion by portion, for trees that are too large to be held twice.
  public let write: @Sendable (RunExport, inout ExportStream) throws -> Void

  /// A format that is written as a whole.
  public init(name: String, help: String, data: @escaping @Sendable (RunExport) throws -> Data) {
    self.name = name
    self.help = help
    self.data = data
    write = { export, stream in try stream.put(data(export)) }
  }

  /// A format that is written portion by portion.
  public init(
    name: String, help: String, write: @escaping @Sendable (RunExport, inout ExportStream) throws -> Void
  ) {
    self.name = name
    self.help = help
    self.write = write
    data = { export in
      var data = Data()
      try withoutActuallyEscaping({ data.append($0) }) { sink in
        var stream = ExportStream(sink)
        try write(export, &stream)
        try stream.flush()
      }
      return data
    }
  }

  /// The formats that `run export` writes beside pictures.
  public static let all: [RunFormat] = [
    .json, .dot, .markdown, .csv, .graphML, .mermaid, .page, .inspect, .telemetry, .thoughts, .guidedSearch,
  ]

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

  /// When the run began, for formats that cannot do without a clock: 1970 unless somebody says it, because a journal has none.
  public let begun: Date

  /// An export of `tree`; the run's name follows from its header.
  public init(
    _ tree: SearchTree, withThinking: Bool = false, begun: Date = Date(timeIntervalSince1970: 0)
  ) throws {
    self.tree = tree
    self.begun = begun
    self.withThinking = withThinking
    run = try RunFingerprint.of(tree.header)
  }

  /// Hands the file's bytes to `sink`, portion by portion. Complexity: O(nodes), and a portion's memory.
  public func write(_ format: RunFormat, to sink: @escaping (Data) throws -> Void) throws {
    var stream = ExportStream(sink)
    try format.write(self, &stream)
    try stream.flush()
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
