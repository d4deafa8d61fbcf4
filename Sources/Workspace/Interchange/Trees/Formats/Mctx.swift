import Vocabulary

extension TreeFormat {
  /// mctx's trees as nested values.
  static let mctx = TreeFormat(
    "mctx", help: "mctx trees: nested statistics of actions without texts",
    fits: { $0["visit"] != nil && $0["child_stats"] != nil },
    tree: { try MctxFile.read($0) })
}

/// An action has a number and no text. The order of evaluation is that of making.
private enum MctxFile {
  static func read(_ file: JSONView) throws -> TreeDraft {
    var draft = TreeDraft()
    draft.root = node(file, text: "")
    try draft.add(below: file, children: children) { child, place in
      if child.isNull { return nil }
      guard child.isObject else {
        throw TreeFault(offset: child.offset, field: "child_stats", "expected an object, found \(child.kindWords)")
      }
      let isNamed = place.parent["child_stats"]?.isObject == true
      return node(child, text: "action \(child["action"]?.word ?? (isNamed ? child.key : String(place.number)))")
    }
    return draft
  }

  private static func children(of value: JSONView) throws -> JSONMembers? {
    guard let children = value["child_stats"], !children.isNull else { return nil }
    guard children.kind == .list || children.isObject else {
      throw TreeFault(value, "child_stats", "a list, or an object by action")
    }
    return children.values
  }

  private static func node(_ value: JSONView, text: String) -> TreeDraft.Node {
    func number(_ key: String) -> Double? { value[key]?.number ?? value[key]?.string.flatMap { Double($0) } }
    var node = TreeDraft.Node()
    (node.text, node.offset) = (text, value.offset)
    node.visits = number("visit")
    node.mean = number("value_view")
    node.prior = number("prior")
    if let raw = number("raw_value_view") { node.scores = [(CriticName.value, raw, nil)] }
    // What was never evaluated has no place among the others.
    node.order = number("evaluation_index").map { $0 < 0 ? .greatestFiniteMagnitude : $0 }
    return node
  }
}
