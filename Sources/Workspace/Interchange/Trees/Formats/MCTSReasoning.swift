import Vocabulary

extension TreeFormat {
  /// The trees of queelius's mcts-reasoning.
  static let mctsReasoning = TreeFormat(
    "mcts-reasoning", help: "trees of mcts-reasoning: states that grow, visits and the sum of values",
    fits: { MCTSReasoningFile.top(of: $0) != nil },
    tree: { try MCTSReasoningFile.read($0) })
}

private enum MCTSReasoningFile {
  /// The first node: that of a tree, or a node that was written by itself, which keeps the continuations that it has not tried.
  static func top(of file: JSONView) -> JSONView? {
    if let root = file["root"] { return root["state"] != nil && root["visits"] != nil ? root : nil }
    return file["state"] != nil && file["visits"] != nil && file["_continuations"] != nil ? file : nil
  }

  static func read(_ file: JSONView) throws -> TreeDraft {
    guard let top = top(of: file) else { throw TreeFault(file, "root", "an object with a state") }
    var draft = TreeDraft()
    draft.question = file.questionText
    draft.answer = file.first("ground_truth", "answer")?.word
    draft.root = try node(top)
    // What is written by itself begins with the question.
    draft.question = draft.question ?? draft.root.text
    try draft.add(below: top, children: { try $0.children() }) { child, _ in try node(child) }
    return draft
  }

  private static func node(_ value: JSONView) throws -> TreeDraft.Node {
    var node = TreeDraft.Node()
    (node.text, node.isWhole, node.offset) = (try value.text("state"), true, value.offset)
    node.visits = value["visits"]?.number
    if let visits = node.visits, visits > 0 { node.mean = value["value"]?.number.map { $0 / visits } }
    node.isTerminal = value["is_terminal"]?.flag
    node.answer = value["answer"]?.word
    return node
  }
}
