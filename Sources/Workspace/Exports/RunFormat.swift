import Foundation
import TreeSearch

/// The forms of ``RunExport``.
public enum RunFormat: String, CaseIterable, Codable, Sendable {
  /// Every node with everything known about it.
  case json
  /// A graph for Graphviz.
  case dot
  /// A report to read.
  case markdown
}

/// A run written out: a pure function of header and tree, without wall-clock values, so that the same seed gives the same
/// bytes in every workspace.
public struct RunExport: Sendable {
  /// Fingerprint of the run.
  public let run: String
  /// The tree.
  public let tree: SearchTree

  /// An export of `tree`; the run's name follows from its header.
  public init(_ tree: SearchTree) throws {
    self.tree = tree
    run = try RunFingerprint.of(tree.header)
  }

  /// The file's bytes, with a line break at the end. Complexity: O(nodes).
  public func data(_ format: RunFormat) throws -> Data {
    switch format {
    case .json:
      var data = try CanonicalJSON.data(try json())
      data.append(0x0A)
      return data
    case .dot: return Data(dot().utf8)
    case .markdown: return Data(markdown().utf8)
    }
  }

  /// Nodes that are shown, in order: neither they nor an ancestor were taken back or failed. Complexity: O(nodes).
  var shown: [NodeID] {
    var isShown = [Bool](repeating: true, count: tree.nodes.count)
    return tree.nodes.indices.compactMap { index in
      let node = tree.nodes[index]
      isShown[index] = node.isShown && (!node.parent.exists || isShown[node.parent.offset])
      return isShown[index] ? NodeID(index) : nil
    }
  }
}

extension Workspace {
  /// Writes out `run` as of now. Complexity: O(events × depth).
  public func export(run: String, format: RunFormat) throws -> Data {
    try RunExport(try tree(of: run)).data(format)
  }
}
