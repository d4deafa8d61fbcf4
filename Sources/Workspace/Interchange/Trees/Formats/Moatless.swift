import Vocabulary

extension TreeFormat {
  /// Moatless's trees of agents' actions.
  static let moatless = TreeFormat(
    "moatless", help: "Moatless tree search: nested nodes of actions, observations and rewards",
    fits: { ($0["root"] ?? $0)["node_id"] != nil && ($0["root"] ?? $0)["children"]?.list != nil },
    tree: { try MoatlessFile.read($0) })

  /// SWE-Search's trajectories: Moatless before its trees were nested.
  static let sweSearch = TreeFormat(
    "swe-search", help: "SWE-Search trajectories (older Moatless): a flat list of transitions",
    fits: { $0["transitions"]?.list != nil },
    tree: { try MoatlessFile.readTransitions($0) })
}

/// Rewards lie from −100 to 100; `value` is their sum over the visits.
private enum MoatlessFile {
  private static let longestMember = 4_000

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
    draft.problemID = file.first("instance_id", "id")?.word ?? file["metadata"]?.first("instance_id")?.word
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
    let seen = (steps + (steps.isEmpty ? [value] : [])).compactMap { step in
      step["observation"].flatMap { $0.string ?? $0.first("message", "summary", "text")?.string }
    }
    if !seen.isEmpty { node.thinking = seen.joined(separator: "\n") }
    node.visits = value["visits"]?.number
    if let visits = node.visits, visits > 0 { node.mean = value["value"]?.number.map { $0 / visits } }
    let reward = value["reward"]
    node.reward = reward?.number ?? reward?["value"]?.number
    node.isDuplicate = value["is_duplicate"]?.flag == true
    node.isTerminal = value.first("terminal", "is_terminal")?.flag
    return node
  }

  static func readTransitions(_ file: JSONView) throws -> TreeDraft {
    var draft = draft(file)
    for value in try file.elements("transitions") {
      guard let id = value["id"]?.word else { throw TreeFault(value, "id", "a number") }
      var node = TreeDraft.Node()
      (node.name, node.offset) = (id, value.offset)
      node.order = value["id"]?.number
      let actions = value["actions"]?.list.map(Array.init) ?? []
      node.text = ([value["name"]?.string ?? ""] + actions.map { words($0["action"] ?? $0) }).joined(separator: "\n")
      if let visits = value["properties"]?["visits"]?.list.map(Array.init) {
        let values = visits.compactMap { $0["value"]?.number }
        node.visits = Double(visits.count)
        if !values.isEmpty { node.mean = values.reduce(0, +) / Double(values.count) }
      }
      let parent = value.first("previous_state_id", "parent_id")?.word
      if parent == nil, draft.root.name == nil {
        node.text = ""
        draft.root = node
      } else {
        node.parent = parent.map { .named($0) } ?? .root
        draft.add(node)
      }
    }
    return draft
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
