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
    var open: [(value: JSONView, parent: TreeDraft.Parent)] = [(top, .root)]
    // The tree begins with the question itself, or with a first step.
    if first.text.allSatisfy(\.isWhitespace) || first.text == draft.question {
      draft.root = first
      draft.root.text = ""
    } else {
      open = [(top, .place(draft.add(first)))]
    }
    while let (value, parent) = open.popLast() {
      guard let children = value["children"], !children.isNull else { continue }
      guard let list = children.list else { throw TreeFault(value, "children", "a list") }
      var below: [(JSONView, TreeDraft.Parent)] = []
      for child in list {
        var made = try node(child)
        made.parent = parent
        below.append((child, .place(draft.add(made))))
      }
      open += below.reversed()
    }
    return draft
  }

  private static func node(_ value: JSONView) throws -> TreeDraft.Node {
    var node = TreeDraft.Node()
    (node.text, node.offset) = (try value.text("text"), value.offset)
    if let score = value["mc_value"]?.number { node.scores = [(CriticName.value, score, nil)] }
    return node
  }
}
