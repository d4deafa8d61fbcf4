import Vocabulary

extension TreeFormat {
  /// Trees of no program that has a form of its own: nodes within nodes, with the names that people give to what a search keeps.
  static let nested = TreeFormat(
    "nested", help: "any nested tree: nodes with a text, their children, and visits or values under the usual names",
    fits: { NestedFile.top(of: $0).map(NestedFile.holdsValues) ?? false },
    tree: { try NestedFile.read($0) })
}

/// A name that may be the mean or the sum of values (`value`) is the mean; names that say so are sums (`total_value`, `W`).
private enum NestedFile {
  /// The node that everything hangs below: the file itself, or what it calls its root.
  static func top(of file: JSONView) -> JSONView? {
    for candidate in [file.first("root", "tree", "root_node", "search_tree"), file] {
      if let candidate, candidate.isObject, children(of: candidate) != nil { return candidate }
    }
    return nil
  }

  /// True where a search has counted or judged something: texts alone are a loom's.
  static func holdsValues(_ top: JSONView) -> Bool {
    let first = children(of: top)?.first { _ in true }
    return [top, first].contains { node in
      guard let node, node.isObject else { return false }
      return visits(node) != nil || mean(node) != nil || total(node) != nil || node["value"]?.number != nil
    }
  }

  static func read(_ file: JSONView) throws -> TreeDraft {
    guard let top = top(of: file) else { throw TreeFault(file, "children", "a list of nodes") }
    var draft = TreeDraft()
    draft.question = file.questionText ?? top.questionText ?? top.stepText.flatMap { $0.isEmpty ? nil : $0 }
    draft.answer = file.referenceAnswer
    draft.problemID = file.problemName
    draft.root = node(top)
    draft.root.text = ""
    try draft.add(below: top, children: children) { child, place in
      guard child.isObject else {
        throw TreeFault(offset: child.offset, field: "children", "an object for each node")
      }
      var made = node(child)
      // Children by their action have it as their key; what one answers is its text only where nothing else is.
      let key = place.parent.first(childrenNames)?.isObject == true ? child.key : nil
      let isAnswerAlone = child.stepText == child["answer"]?.string
      guard let text = isAnswerAlone ? key ?? child.stepText : child.stepText ?? key else {
        throw TreeFault(child, "text", "a string")
      }
      made.text = text
      return made
    }
    return draft
  }

  private static let childrenNames = ["children", "childs", "child_nodes", "branches", "_children"]

  private static func children(of node: JSONView) -> JSONMembers? {
    guard let value = node.first(childrenNames), value.isObject || value.list != nil else { return nil }
    return value.values
  }

  private static func visits(_ node: JSONView) -> Double? {
    node.first("visits", "visit_count", "num_visits", "n_visits", "visit", "N", "n", "_visits")?.number
  }

  private static func mean(_ node: JSONView) -> Double? {
    node.first("q", "Q", "q_value", "mean_value", "avg_value", "average_value", "mean_reward")?.number
  }

  private static func total(_ node: JSONView) -> Double? {
    node.first("total_value", "value_sum", "total_reward", "W", "w", "wins")?.number
  }

  private static func node(_ value: JSONView) -> TreeDraft.Node {
    var node = TreeDraft.Node()
    (node.name, node.offset) = (value.first("id", "node_id")?.word, value.offset)
    node.visits = visits(value)
    node.mean = mean(value)
    if node.mean == nil, let total = total(value), let visits = node.visits, visits > 0 { node.mean = total / visits }
    if node.mean == nil { node.mean = value["value"]?.number }
    node.prior = value.first("prior", "p", "P", "prior_prob", "policy_prob")?.number
    node.reward = value["reward"]?.number
    node.scores = value.scores(["score": "score", "prm": CriticName.prm, "orm": CriticName.orm])
    node.isTerminal = value.first("is_terminal", "terminal", "done", "is_leaf_answer")?.flag
    node.answer = value.first("answer", "final_answer")?.word
    return node
  }
}
