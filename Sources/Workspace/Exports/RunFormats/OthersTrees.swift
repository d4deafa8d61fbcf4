import Foundation
import TreeSearch
import Vocabulary

extension RunFormat {
  /// Tree of Thoughts' log.
  public static let thoughts = RunFormat(
    name: "tree-of-thoughts", help: "a log as Tree of Thoughts writes them"
  ) { export, stream in
    try stream.put(.list([try export.thoughts()]))
    try stream.put("\n")
  }

  /// OpenR's and TS-LLM's nested tree.
  public static let guidedSearch = RunFormat(
    name: "openr", help: "a nested tree as OpenR and TS-LLM write them"
  ) { export, stream in try export.guidedSearch(&stream) }
}

extension RunExport {
  /// A step a level: its candidates with the text so far and Q, or what the critics say; those that have children were chosen.
  fileprivate func thoughts() throws -> ExportValue {
    var levels: [[NodeID]] = []
    var texts: [NodeID: String] = [.root: ""]
    for id in shown where id != .root {
      texts[id] = (texts[tree[id].parent] ?? "") + (tree.details[id.offset].option?.text ?? "")
      let depth = Int(tree[id].depth)
      while levels.count < depth { levels.append([]) }
      levels[depth - 1].append(id)
    }
    func list(_ ids: [NodeID]) -> ExportValue { .list(ids.map { .text(texts[$0] ?? "") }) }
    var before = [NodeID.root]
    let steps = levels.enumerated().map { number, level -> ExportValue in
      let chosen = level.filter { tree[$0].openChildren > 0 || tree[$0].terminal != nil && tree[$0].isOpen }
      defer { before = chosen }
      return .object([
        "step": .integer(number), "x": .text(tree.header.problem.question), "ys": list(before), "new_ys": list(level),
        "values": .list(level.map { ExportValue(tree[$0].meanValue ?? tree.value(of: $0)) }),
        "select_new_ys": list(chosen),
      ])
    }
    let answer = tree.chosenPath().last ?? .root
    return .object([
      "idx": .text(tree.header.problem.id), "steps": .list(steps), "ys": list(answer == .root ? [] : [answer]),
      "infos": .list([]),
      "usage_so_far": .object([
        "completion_tokens": .integer(tree.usage.policy + tree.usage.rollout),
        "prompt_tokens": .integer(tree.usage.critic),
      ]),
    ])
  }

  /// Objects of children by their text. Siblings of one text get a number behind it; `last_action` has the text itself.
  fileprivate func guidedSearch(_ stream: inout ExportStream) throws {
    // Depth first, without a stack of calls: a node's children and how far they are written.
    var open: [(children: [NodeID], next: Int, keys: Set<String>, id: NodeID)] = []
    func children(of id: NodeID) -> [NodeID] { Array(tree.children(of: id)) }
    try stream.put(#"{"children":{"#)
    open.append((children(of: .root), 0, [], .root))
    while let level = open.indices.last {
      guard open[level].next < open[level].children.count else {
        try stream.put(#"},"info":"#)
        try stream.put(info(open[level].id))
        try stream.put("}")
        open.removeLast()
        continue
      }
      let id = open[level].children[open[level].next]
      let text = tree.details[id.offset].option?.text ?? ""
      var (key, copy) = (text, 2)
      while !open[level].keys.insert(key).inserted {
        key = "\(text) (\(copy))"
        copy += 1
      }
      if open[level].next > 0 { try stream.put(",") }
      open[level].next += 1
      try stream.put(.text(key))
      try stream.put(#":{"children":{"#)
      open.append((children(of: id), 0, [], id))
    }
    try stream.put("\n")
  }

  private func info(_ id: NodeID) -> ExportValue {
    let row = NodeRow(id, in: tree)
    var fields: [String: ExportValue] = [
      "visit_cnt": row.visits.map { .integer($0) } ?? .null, "value": ExportValue(row.q),
      "prior_p": ExportValue(row.prior),
      "initial_value": ExportValue(row.value), "prm_value": ExportValue(row.prm),
      "terminated": .flag(row.terminal != nil),
    ]
    if id == .root { fields["text_state"] = .text(row.text) } else { fields["last_action"] = .text(row.text) }
    return .object(fields)
  }
}
