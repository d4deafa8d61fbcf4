import Vocabulary

extension TreeFormat {
  /// Moatless's trees of agents' actions.
  static let moatless = TreeFormat(
    "moatless", help: "Moatless tree search: nested nodes of actions, observations and rewards",
    fits: { file in
      if MoatlessFile.flatNodes(file) != nil { return true }
      let top = file["root"] ?? file
      return top["node_id"] != nil && top["children"]?.list != nil
    },
    tree: { file in
      if let nodes = MoatlessFile.flatNodes(file) { return try MoatlessFile.read(nodes, of: file) }
      return try MoatlessFile.read(file)
    })

  /// SWE-Search's trajectories: Moatless before its trees were nested.
  static let sweSearch = TreeFormat(
    "swe-search", help: "SWE-Search trajectories (older Moatless): a flat list of transitions",
    fits: { $0["transitions"]?.list != nil },
    tree: { try MoatlessFile.readTransitions($0) })
}

/// Rewards lie from −100 to 100; `value` is their sum over the visits.
private enum MoatlessFile {
  private static let longestMember = 4_000

  /// Nodes that are listed one by one, with the number of their parent.
  static func flatNodes(_ file: JSONView) -> JSONMembers? {
    guard let list = file.list ?? file["nodes"]?.list, let first = list.first(where: { _ in true }),
      first["node_id"] != nil, first["children"] == nil
    else { return nil }
    return list
  }

  static func read(_ nodes: JSONMembers, of file: JSONView) throws -> TreeDraft {
    var draft = draft(file)
    for value in nodes {
      var node = try node(value)
      if place(&node, below: value["parent_id"]?.word, in: &draft) {
        draft.question = draft.question ?? value.first("user_message", "message")?.string
      }
    }
    return draft
  }

  static func read(_ file: JSONView) throws -> TreeDraft {
    let top = file["root"] ?? file
    var draft = draft(file)
    draft.question = draft.question ?? top.first("user_message", "message")?.string
    draft.root = try node(top)
    draft.root.text = ""
    try draft.add(below: top, children: { try $0.children() }) { child, _ in try node(child) }
    return draft
  }

  private static func draft(_ file: JSONView) -> TreeDraft {
    var draft = TreeDraft()
    draft.question = file.first("initial_message", "problem_statement")?.string ?? file.questionText
    let facts = file["metadata"] ?? file["info"]
    draft.problemID = file.first("instance_id", "id")?.word ?? facts?["instance_id"]?.word
    draft.scales = [TreeScales.mean: .init(low: -100, high: 100)]
    return draft
  }

  private static func node(_ value: JSONView) throws -> TreeDraft.Node {
    guard let id = value["node_id"]?.word else { throw TreeFault(value, "node_id", "a number") }
    var node = TreeDraft.Node()
    (node.name, node.offset) = (id, value.offset)
    node.order = value["node_id"]?.number
    let steps = value["action_steps"]?.list.map(Array.init) ?? []
    let actions = steps.isEmpty ? [value["action"]].compactMap { $0 } : steps.compactMap { $0["action"] }
    node.text = actions.map(words).joined(separator: "\n")
    if node.text.isEmpty { node.text = value.first("user_message", "message", "assistant_message")?.string ?? "" }
    // What came of an action: older files call it the output.
    let observations = (steps.isEmpty ? [value] : steps).compactMap { $0.first("observation", "output") }
    let seen = observations.compactMap { $0.string ?? $0.first("message", "summary", "text")?.string }
    if !seen.isEmpty { node.thinking = seen.joined(separator: "\n") }
    node.visits = value["visits"]?.number
    if let visits = node.visits, visits > 0 { node.mean = value["value"]?.number.map { $0 / visits } }
    let reward = value["reward"]
    node.reward = reward?.number ?? reward?["value"]?.number
    node.isDuplicate = value["is_duplicate"]?.flag == true
    node.isTerminal =
      value.first("terminal", "is_terminal")?.flag
      ?? observations.last?["terminal"]?.flag.flatMap { $0 ? true : nil }
    return node
  }

  static func readTransitions(_ file: JSONView) throws -> TreeDraft {
    var draft = draft(file)
    let transitions = Array(try file.elements("transitions"))
    // The oldest files have no numbers: a transition follows the one before it.
    let isChain = transitions.allSatisfy { $0["id"] == nil }
    for (number, value) in transitions.enumerated() {
      guard let id = value["id"]?.word ?? (isChain ? String(number) : nil) else {
        throw TreeFault(value, "id", "a number")
      }
      var node = TreeDraft.Node()
      (node.name, node.offset) = (id, value.offset)
      node.order = isChain ? Double(number) : value["id"]?.number
      let actions = value["actions"]?.list.map(Array.init) ?? []
      node.text = ([value["name"]?.string ?? ""] + actions.map { words($0.first("action", "request") ?? $0) })
        .joined(separator: "\n")
      if let visits = value["properties"]?["visits"]?.list.map(Array.init) {
        let values = visits.compactMap { $0["value"]?.number }
        node.visits = Double(visits.count)
        if !values.isEmpty { node.mean = values.reduce(0, +) / Double(values.count) }
      }
      if isChain {
        node.parent = number > 0 ? .named(String(number - 1)) : .root
        draft.add(node)
      } else {
        _ = place(&node, below: value.first("previous_state_id", "parent_id")?.word, in: &draft)
      }
    }
    return draft
  }

  /// Puts a node where its file says: the first one without a parent is the question's own. True for that one.
  private static func place(_ node: inout TreeDraft.Node, below parent: String?, in draft: inout TreeDraft) -> Bool {
    if parent == nil, draft.root.name == nil {
      node.text = ""
      draft.root = node
      return true
    }
    node.parent = parent.map { .named($0) } ?? .root
    draft.add(node)
    return false
  }

  /// An action in words: its name, and its plain members a line each.
  private static func words(_ action: JSONView) -> String {
    if let word = action.word { return word }
    let name = action.first("action_name", "name", "action_args_class", "type")?.string
    let short = name.flatMap { $0.split(separator: ".").last.map(String.init) }
    let members = action.values.compactMap { member -> String? in
      if ["action_name", "name", "action_args_class", "type"].contains(member.key) { return nil }
      return member.word.map { "\(member.key): \($0.prefix(longestMember))" }
    }
    return ([short].compactMap { $0 } + members).joined(separator: "\n")
  }
}
