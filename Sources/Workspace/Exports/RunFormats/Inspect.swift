import Foundation
import TreeSearch
import Vocabulary

extension RunFormat {
  /// A log that Inspect reads.
  public static let inspect = RunFormat(
    name: "inspect", help: "a log for Inspect: a span a node, siblings as branches"
  ) { export, stream in try export.inspect(&stream) }
}

/// A node's first child goes on in its span; each further one is a branch from the node's anchor.
extension RunExport {
  fileprivate func inspect(_ stream: inout ExportStream) throws {
    let problem = tree.header.problem
    let model = tree.header.models["policy"] ?? "none/none"
    let task: ExportValue = .object([
      "run_id": .text(run), "created": .text(Timestamp.text(begun)), "task": .text("etascope"),
      "task_id": .text(run), "task_version": .integer(0),
      "dataset": .object(["name": ExportValue(problem.source), "samples": .integer(1)]), "model": .text(model),
      "config": .object([:]),
    ])
    try stream.put(#"{"version":2,"status":"success","eval":"#)
    try stream.put(task)
    let chosen = tree.chosen
    let path = tree.chosenPath().dropFirst().map { tree.details[$0.offset].option?.text ?? "" }.joined()
    try stream.put(#","samples":[{"id":"#)
    try stream.put(.text(problem.id))
    try stream.put(#","epoch":1,"input":"#)
    try stream.put(.text(problem.question))
    try stream.put(#","target":"#)
    try stream.put(.text(problem.answer ?? ""))
    try stream.put(#","messages":"#)
    try stream.put(
      .list([
        .object(["role": .text("user"), "content": .text(problem.question)]),
        .object(["role": .text("assistant"), "content": .text(path)]),
      ]))
    try stream.put(#","scores":"#)
    let score: ExportValue = .object([
      "value": ExportValue(chosen?.score), "answer": ExportValue(chosen?.answer),
      "metadata": .object(["selection": .text(tree.finalSelection.rawValue)]),
    ])
    try stream.put(.object(chosen == nil ? [:] : ["search": score]))
    try stream.put(#","metadata":"#)
    try stream.put(.object(["seed": .seed(tree.header.seed), "version": .text(tree.header.version)]))
    try stream.put(#","events":["#)
    try events(&stream)
    try stream.put("]}]}\n")
  }

  private func events(_ stream: inout ExportStream) throws {
    /// A node to be begun or ended.
    enum Turn { case begin(NodeID, isBranch: Bool), end(NodeID) }
    var turns: [Turn] = [.begin(.root, isBranch: false)]
    var isFirst = true
    func put(_ fields: [String: ExportValue], _ stream: inout ExportStream) throws {
      var fields = fields
      fields["timestamp"] = .text(Timestamp.text(begun))
      fields["working_start"] = .integer(0)
      if !isFirst { try stream.put(",") }
      isFirst = false
      try stream.put(.object(fields))
    }
    while let turn = turns.popLast() {
      switch turn {
      case .end(let id): try put(["event": .text("span_end"), "id": .text("n\(id)")], &stream)
      case .begin(let id, let isBranch):
        let parent = tree[id].parent
        let span = ExportValue.text("n\(id)")
        try put(
          [
            "event": .text("span_begin"), "id": span, "parent_id": parent.exists ? .text("n\(parent)") : .null,
            "span_id": span, "name": .text(id == .root ? "search" : "node \(id)"),
            "type": .text(isBranch ? "branch" : "step"),
          ], &stream)
        if isBranch {
          try put(["event": .text("branch"), "span_id": span, "from_anchor": .text("n\(parent)")], &stream)
        }
        try put(
          ["event": .text("info"), "span_id": span, "source": .text("etascope"), "data": facts(id)], &stream)
        try put(["event": .text("anchor"), "span_id": span, "anchor_id": span], &stream)
        turns.append(.end(id))
        for (number, child) in tree.children(of: id).enumerated().reversed() {
          turns.append(.begin(child, isBranch: number > 0))
        }
      }
    }
  }

  private func facts(_ id: NodeID) -> ExportValue {
    let row = NodeRow(id, in: tree)
    var scores: [String: ExportValue] = [:]
    for said in tree.details[id.offset].scores { scores[said.critic] = ExportValue(said.score) }
    return .object([
      "id": .integer(row.id), "parent": row.parent.map { .integer($0) } ?? .null,
      "option": id == .root ? .null : .text(row.text), "visits": row.visits.map { .integer($0) } ?? .null,
      "q": ExportValue(row.q), "reward": ExportValue(row.reward), "prior": ExportValue(row.prior),
      "scores": .object(scores),
      "terminal": ExportValue(row.terminal), "answer": ExportValue(row.answer), "pruned": .flag(row.isPruned),
    ])
  }
}
