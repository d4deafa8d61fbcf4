import Vocabulary

extension TreeFormat {
  /// llm-reasoners' TreeLog: a snapshot of the whole tree for every iteration.
  static let reasoners = TreeFormat(
    "llm-reasoners", help: "llm-reasoners' TreeLog: snapshots of nodes and edges",
    fits: { file in
      guard let first = (file["logs"]?.list).flatMap({ $0.first { _ in true } }) else { return false }
      return first["nodes"]?.isObject == true && first["edges"]?.isObject == true
    },
    tree: { try TreeLogFile.read($0) })
}

/// A TreeLog. The last snapshot is the tree; the first one that knows a node says when it was made.
private enum TreeLogFile {
  static func read(_ file: JSONView) throws -> TreeDraft {
    let snapshots = Array(try file.elements("logs"))
    guard let last = snapshots.last, let nodes = last["nodes"], let edges = last["edges"] else {
      throw TreeFault(file, "logs", "snapshots with nodes and edges")
    }
    var made: [String: Int] = [:]
    for (number, snapshot) in snapshots.enumerated() {
      for node in snapshot["nodes"].map(JSONMembers.init).map(Array.init) ?? [] where made[node.key] == nil {
        made[node.key] = number
      }
    }
    var draft = TreeDraft()
    var incoming: [String: JSONView] = [:]
    for edge in edges.values {
      guard let target = edge["target"]?.word, edge["source"]?.word != nil else {
        throw TreeFault(edge, "target", "the id of a node, with that of its source")
      }
      incoming[target] = edge
    }
    var roots = 0
    for value in nodes.values {
      let name = value["id"]?.word ?? value.key
      var node = TreeDraft.Node()
      (node.name, node.offset) = (name, value.offset)
      node.order = (made[value.key] ?? made[name]).map { Double($0) }
      guard let edge = incoming[name] else {
        roots += 1
        // The root has no edge that leads to it.
        if roots == 1 {
          node.text = ""
          draft.root = node
          draft.question = value["data"]?.questionText
          continue
        }
        throw TreeFault(value, "id", "one root; node \(name.printable) is another one")
      }
      node.parent = edge["source"]?.word.map { .named($0) } ?? .root
      let (data, state) = (edge["data"], value["data"])
      // A state that says one thing is that; of one that says several nothing is left out.
      let words = state.flatMap { $0.string ?? (texts(in: $0) == 1 ? $0.stepText : nil) } ?? fields(state)
      if let action = data?.stepText {
        node.text = action
        // What an action led to is no text of the path.
        if !words.isEmpty { node.thinking = words }
      } else {
        node.text = words
      }
      node.visits = state?.first("# visited", "visits")?.number ?? data?.first("# visited", "visits")?.number
      node.mean = data?["Q"]?.number
      node.reward = data?["reward"]?.number
      for member in data.map(JSONMembers.init).map(Array.init) ?? [] where !["Q", "reward"].contains(member.key) {
        if let number = member.number { node.scores.append((member.key, number, nil)) }
      }
      draft.add(node)
    }
    return draft
  }

  private static func texts(in data: JSONView) -> Int {
    data.isObject ? data.values.reduce(0) { $0 + ($1.string == nil ? 0 : 1) } : 0
  }

  /// A state that has no text: its plain members, a line each.
  private static func fields(_ data: JSONView?) -> String {
    guard let data else { return "" }
    if let word = data.word { return word }
    return data.values.compactMap { member in member.word.map { "\(member.key): \($0)" } }.joined(separator: "\n")
  }
}
