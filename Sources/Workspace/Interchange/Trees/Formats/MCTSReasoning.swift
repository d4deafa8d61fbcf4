import Vocabulary

extension TreeFormat {
  /// The trees of queelius's mcts-reasoning.
  static let mctsReasoning = TreeFormat(
    "mcts-reasoning", help: "trees of mcts-reasoning: states that grow, visits and the sum of values",
    fits: { $0["root"]?["state"] != nil && $0["root"]?["visits"] != nil },
    tree: { try MCTSReasoningFile.read($0) })
}

private enum MCTSReasoningFile {
  static func read(_ file: JSONView) throws -> TreeDraft {
    guard let top = file["root"] else { throw TreeFault(file, "root", "an object") }
    var draft = TreeDraft()
    draft.question = file.questionText
    draft.answer = file.first("ground_truth", "answer")?.word
    draft.root = try node(top)
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
