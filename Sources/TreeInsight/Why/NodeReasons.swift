import TreeSearch

/// A question about a node or a moment that is not there.
public struct WhyError: Error, Equatable, CustomStringConvertible {
  /// What was asked for and what there is.
  public let description: String
}

/// Everything that explains one node: how it was chosen among its siblings, how wide it may be, and how it came to be.
public struct NodeReasons: Codable, Hashable, Sendable {
  /// The node.
  public let node: NodeID
  /// The moment asked about: ``selection``, ``width`` and ``draw`` say what was known then.
  public let moment: Int
  /// The last selection up to that moment that passed through the node's parent (for the root: the node itself); what would
  /// be selected next where the present is asked about, and where there was none.
  public let descent: DescentReason
  /// The comparison of the node and its siblings in the tree that ``descent`` speaks of; nil for the root.
  public let selection: SelectionReason?
  /// The width of the parent in the same tree; nil for the root.
  public let parentWidth: WidthReason?
  /// The width of the node at ``moment``; nil for a terminal.
  public let width: WidthReason?
  /// How the node came to be; nil for the root, and where that is not known.
  public let draw: DrawReason?
  /// Of an imported tree, what the rest is worth: its file was written by other rules; nil for others.
  public let history: String?

  /// All of it in words: the descent's end, the comparison, the widths, the draws.
  public var sentences: [String] {
    var lines = [history, heading].compactMap { $0 } + descent.endSentences
    if let selection { lines += selection.sentences }
    if let place { lines.append(place) }
    lines += [parentWidth?.sentence, width?.sentence].compactMap { $0 }
    return lines + (draw?.sentences ?? [])
  }

  /// Which selection it is.
  public var heading: String {
    if let event = descent.event { return "Event \(event) selected node \(descent.node)." }
    if [.waiting, .exhausted].contains(descent.end) { return "As of event \(moment), no simulation can begin." }
    return history == nil
      ? "As of event \(moment), node \(descent.node) would be selected next."
      : "A fork would select node \(descent.node) next."
  }

  /// Where the node stands among its siblings; nil for the winner and the root.
  private var place: String? {
    guard let selection, node != selection.winner else { return nil }
    guard let rank = selection.rank(of: node) else { return "Node \(node) was not compared." }
    if selection.candidates[rank - 1].isDeadEnd { return "Node \(node) was passed over: it is used up." }
    guard let first = selection.candidates.first(where: { $0.node == selection.winner }) else { return nil }
    let behind = Words.number(first.total - selection.candidates[rank - 1].total)
    return "Node \(node) is number \(rank) of \(selection.candidates.count), \(behind) behind."
  }
}

extension Timeline {
  /// What explains `node` at `moment`: its last selection up to then; the next one for nil, the present.
  ///
  /// Throws ``WhyError`` for a moment that is not known and for a node that was not there.
  /// Complexity: O(events × depth), and that of ``tree(at:)`` three times.
  public func reasons(for node: NodeID, at moment: Int? = nil) throws -> NodeReasons {
    if let moment, !(start...count).contains(moment) {
      throw WhyError(description: "expected an event from \(start) to \(count), found \(moment)")
    }
    let shown = tree(at: moment ?? count)
    guard shown.nodes.indices.contains(node.offset), shown.isVisible(node) else {
      throw WhyError(
        description: "there is no node \(node) at event \(shown.eventCount), which has \(shown.nodeCount) nodes")
    }
    let parent = shown[node].parent
    let number = moment.flatMap { lastSelection(through: parent.exists ? parent : node, upTo: $0) }
    let then = Search(tree: number.map { tree(at: $0 - 1) } ?? shown)
    let descent = number.flatMap { descentReason(of: $0) } ?? then.descentReason()
    let now = Search(tree: shown)
    return NodeReasons(
      node: node, moment: shown.eventCount, descent: descent,
      selection: parent.exists ? descent.choice(below: parent) ?? then.selectionReason(below: parent) : nil,
      parentWidth: parent.exists ? then.widthReason(of: parent) : nil,
      width: shown[node].terminal == nil ? now.widthReason(of: node) : nil,
      draw: drawReason(of: node, at: shown.eventCount),
      history: shown.isHistory ? Self.history(of: node, in: shown) : nil)
  }

  private static func history(of node: NodeID, in tree: SearchTree) -> String {
    "This tree was imported, and other rules made it: what follows is what the rules of a fork would do."
      + (tree[node].knownVisits == nil ? " Its file does not say N, which counts as 0." : "")
  }
}
