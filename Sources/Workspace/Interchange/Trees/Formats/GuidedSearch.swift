import Vocabulary

extension TreeFormat {
  /// OpenR's and TS-LLM's trees: each node an object of children by their action, and what is known of it.
  static let guidedSearch = TreeFormat(
    "openr", help: "OpenR's and TS-LLM's nested trees: children by their action",
    fits: { $0["children"]?.isObject == true && $0["info"]?.isObject == true },
    tree: { try GuidedSearchFile.read($0) })
}

private enum GuidedSearchFile {
  static func read(_ file: JSONView) throws -> TreeDraft {
    var draft = TreeDraft()
    draft.question = file["info"]?.first("text_state", "question", "prompt")?.string ?? file.questionText
    draft.answer = file.first("ground_truth", "gold", "answer")?.word
    draft.problemID = file.problemName
    draft.root = node(file, text: "")
    try draft.add(below: file, children: children) { child, _ in
      guard child.isObject else {
        throw TreeFault(offset: child.offset, field: "children", "expected an object, found \(child.kindWords)")
      }
      return node(child, text: child.key)
    }
    return draft
  }

  private static func children(of value: JSONView) throws -> JSONMembers? {
    guard let children = value["children"] else { return nil }
    guard children.isObject else { throw TreeFault(value, "children", "an object with the children by their action") }
    return children.values
  }

  private static func node(_ value: JSONView, text: String) -> TreeDraft.Node {
    var node = TreeDraft.Node()
    (node.text, node.offset) = (text, value.offset)
    guard let info = value["info"] else { return node }
    node.visits = info["visit_cnt"]?.number
    // Where nothing was backed up, the writers put the first value, or a 0, in the mean's place.
    if node.visits != 0 { node.mean = info["value"]?.number }
    node.prior = info["prior_p"]?.number
    node.scores = info.scores(["initial_value": CriticName.value, "prm_value": CriticName.prm])
    node.isTerminal = info["terminated"]?.flag
    return node
  }
}
