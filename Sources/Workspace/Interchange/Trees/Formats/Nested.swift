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
      let said = child.stepText
      guard let text = key == nil || said != child["answer"]?.string ? said ?? key : key else {
        throw TreeFault(child, "text", "a string")
      }
      made.text = text
      return made
    }
    return draft
  }

  private static let childrenNames = JSONKeys("children", "childs", "child_nodes", "branches", "_children")
  private static let visitsNames = JSONKeys(
    "visits", "visit_count", "num_visits", "n_visits", "visit", "N", "n", "_visits")
  private static let meanNames = JSONKeys(
    "q", "Q", "q_value", "mean_value", "avg_value", "average_value", "mean_reward")
  private static let totalNames = JSONKeys("total_value", "value_sum", "total_reward", "W", "w", "wins")
  private static let priorNames = JSONKeys("prior", "p", "P", "prior_prob", "policy_prob")
  private static let terminalNames = JSONKeys("is_terminal", "terminal", "done", "is_leaf_answer")
  private static let answerNames = JSONKeys("answer", "final_answer")
  private static let idNames = JSONKeys("id", "node_id")
  private static let (value, reward) = (JSONKeys("value"), JSONKeys("reward"))
  private static let critics = [
    ("score", JSONKeys("score")), (CriticName.prm, JSONKeys("prm")), (CriticName.orm, JSONKeys("orm")),
  ]

  private static func children(of node: JSONView) -> JSONMembers? {
    guard let value = node.first(childrenNames), value.isObject || value.list != nil else { return nil }
    return value.values
  }

  private static func visits(_ node: JSONView) -> Double? { node.first(visitsNames)?.number }

  private static func mean(_ node: JSONView) -> Double? { node.first(meanNames)?.number }

  private static func total(_ node: JSONView) -> Double? { node.first(totalNames)?.number }

  private static func node(_ value: JSONView) -> TreeDraft.Node {
    var node = TreeDraft.Node()
    (node.name, node.offset) = (value.first(idNames)?.word, value.offset)
    node.visits = visits(value)
    node.mean = mean(value)
    if node.mean == nil, let total = total(value), let visits = node.visits, visits > 0 { node.mean = total / visits }
    if node.mean == nil { node.mean = value.first(Self.value)?.number }
    node.prior = value.first(priorNames)?.number
    node.reward = value.first(reward)?.number
    for (critic, key) in critics {
      if let score = value.first(key)?.number { node.scores.append((critic, score, nil)) }
    }
    node.isTerminal = value.first(terminalNames)?.flag
    node.answer = value.first(answerNames)?.word
    return node
  }
}
