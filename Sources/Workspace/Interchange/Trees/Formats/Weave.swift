import Vocabulary

extension TreeFormat {
  /// Trees that people write with a language model: loom's, and weaves whose nodes are listed by name.
  static let weave = TreeFormat(
    "loom", help: "loom trees and weaves: texts with their continuations",
    fits: { WeaveFile.root($0) != nil || WeaveFile.nodes($0) != nil },
    tree: { try WeaveFile.read($0) })
}

/// Texts stand one behind the other as they are: a continuation may begin within a word.
private enum WeaveFile {
  /// The top of a nested tree.
  static func root(_ file: JSONView) -> JSONView? {
    guard let top = file["root"] ?? (file["text"]?.string == nil ? nil : file), top["children"]?.list != nil,
      top["text"]?.string != nil
    else { return nil }
    return top
  }

  /// Nodes by name, or listed with their names.
  static func nodes(_ file: JSONView) -> JSONView? {
    guard let nodes = file["nodes"] ?? file["tree"]?["nodes"], nodes.isObject || nodes.list != nil else { return nil }
    // The first may be a root without any text.
    let isOne = nodes.values.prefix(2).contains { node in
      node.isObject && text(node) != nil && (nodes.isObject || node["id"] != nil && node.hasMember(among: parents))
    }
    return isOne ? nodes : nil
  }

  private static let parents = ["parent", "parent_id", "parentId", "from", "parents", "parentIds"]

  private static func text(_ node: JSONView) -> String? {
    let content = node.first("text", "content", "contents", "value")
    return content?.string ?? content?.first("text", "content", "contents")?.string
  }

  static func read(_ file: JSONView) throws -> TreeDraft {
    var draft = TreeDraft()
    draft.joining = .exact
    if let nodes = nodes(file) {
      try readNamed(nodes, into: &draft)
    } else {
      guard let top = root(file) else { throw TreeFault(file, "root", "a text with its children") }
      try readNested(top, below: file.questionText, into: &draft)
    }
    return draft
  }

  private static func readNested(_ top: JSONView, below question: String?, into draft: inout TreeDraft) throws {
    // The first text is what everything goes on from.
    draft.question = text(top).flatMap { $0.isEmpty ? question : $0 }
    draft.root.offset = top.offset
    try draft.add(below: top, children: { try $0.children() }) { child, _ in
      guard let text = text(child) else { throw TreeFault(child, "text", "a string") }
      var node = TreeDraft.Node()
      (node.text, node.name, node.offset) = (text, child["id"]?.word, child.offset)
      return node
    }
  }

  private static func readNamed(_ nodes: JSONView, into draft: inout TreeDraft) throws {
    draft.root.offset = nodes.offset
    for value in nodes.values {
      let above = value.first(parents)
      let parent = above?.word ?? above?.list?.first { _ in true }?.word
      guard let text = text(value) ?? (parent == nil ? "" : nil) else { throw TreeFault(value, "text", "a string") }
      if let list = above?.list, Array(list).count > 1 {
        draft.findings.add(
          .field, .dropped, at: "line \(nodes.text.line(of: value.offset)), node \(value.key.printable)",
          "a text with several parents hangs below the first of them")
      }
      var node = TreeDraft.Node()
      (node.text, node.name, node.offset) = (text, value["id"]?.word ?? value.key, value.offset)
      node.parent = parent.map { .named($0) } ?? .root
      // A root without a text is no step.
      if parent == nil, text.isEmpty, draft.root.name == nil {
        draft.root.name = node.name
      } else {
        draft.add(node)
      }
    }
  }
}
