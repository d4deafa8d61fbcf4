import Vocabulary

extension TreeFormat {
  /// OmegaPRM's trees as OpenR writes them.
  static let reasoningSteps = TreeFormat(
    "omegaprm", help: "OmegaPRM's trees: steps with the share of rollouts that came out right",
    fits: { $0["reasoning_steps"]?.isObject == true },
    tree: { try ReasoningStepsFile.read($0) })
}

private enum ReasoningStepsFile {
  static func read(_ file: JSONView) throws -> TreeDraft {
    guard let top = file["reasoning_steps"] else { throw TreeFault(file, "reasoning_steps", "an object") }
    var draft = TreeDraft()
    draft.question = file.questionText
    draft.answer = file.first("final_answer", "answer")?.word
    draft.problemID = file.problemName
    let first = try node(top)
    var parent = TreeDraft.Parent.root
    // The tree begins with the question itself, or with a first step.
    if first.text.allSatisfy(\.isWhitespace) || first.text == draft.question {
      draft.root = first
      draft.root.text = ""
    } else {
      parent = .place(draft.add(first))
    }
    try draft.add(below: top, at: parent, children: { try $0.children() }) { child, _ in try node(child) }
    return draft
  }

  private static func node(_ value: JSONView) throws -> TreeDraft.Node {
    var node = TreeDraft.Node()
    (node.text, node.offset) = (try value.text("text"), value.offset)
    if let score = value["mc_value"]?.number { node.scores = [(CriticName.value, score, nil)] }
    return node
  }
}
