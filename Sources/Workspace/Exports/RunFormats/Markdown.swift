import Foundation
import TreeInsight
import TreeSearch
import Vocabulary

extension RunFormat {
  /// A report to read.
  public static let markdown = RunFormat(name: "markdown", help: "a report to read") { Data($0.markdown().utf8) }
}

extension RunExport {
  /// A report: the question, what each final selection answers, the best path, and a table of all nodes.
  fileprivate func markdown() -> String {
    let header = tree.header
    let finals = tree.finalAnswers()
    var lines = ["# Run \(Self.cell(run))", "", "## Question", ""]
    lines += header.problem.prompt.split(whereSeparator: \.isNewline).map { "> \(Self.cell(String($0)))" }
    if let answer = header.problem.answer { lines += ["", "Reference answer: \(Self.cell(answer))"] }
    lines += [
      "",
      "\(tree.simulations) simulations, \(tree.nodeCount) nodes, \(tree.draws) draws; tokens: \(tree.usage.policy) policy, "
        + "\(tree.usage.rollout) rollout, \(tree.usage.critic) critic, \(tree.usage.reused) reused; seed \(header.seed).",
      "", "## Final answers", "", "| Selection | Answer | Score | Node | Correct |", "|---|---|---:|---:|---|",
    ]
    for selection in FinalSelection.allCases {
      let choice = finals[selection]
      let agrees = choice.flatMap { header.problem.accepts($0.answer) }
      lines.append(
        "| \(selection.rawValue) | \(Self.cell(choice?.answer ?? "–")) | \(Self.short(choice?.score)) | "
          + "\(choice.map { "\($0.node)" } ?? "–") | \(agrees.map { $0 ? "yes" : "no" } ?? "–") |")
    }
    lines += ["", "## Best path", ""]
    for (number, id) in tree.chosenPath().dropFirst().enumerated() {
      let option = tree.details[id.offset].option?.text ?? ""
      lines.append("\(number + 1). \(Self.cell(option)) (node \(id), Q \(Self.short(tree[id].meanValue)))")
    }
    lines += [
      "", "## Nodes", "", "| Node | Parent | Depth | N | Q | Value | PRM | ORM | Reward | Ends | Option |",
      "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|---|",
    ]
    lines += shown.map { row($0) }
    if withThinking {
      let thought = shown.compactMap { id in tree.details[id.offset].option?.thinking.map { (id, $0) } }
      if !thought.isEmpty { lines += ["", "## Thinking"] }
      for (id, text) in thought {
        lines += ["", "### Node \(id)", ""]
        lines += text.split(whereSeparator: \.isNewline).map { "> \(Self.cell(String($0)))" }
      }
    }
    return (lines + [""]).joined(separator: "\n")
  }

  private func row(_ id: NodeID) -> String {
    let node = tree[id]
    let detail = tree.details[id.offset]
    let cells = [
      "\(id)", node.parent.exists ? "\(node.parent)" : "–", "\(node.depth)", node.knownVisits.map { "\($0)" } ?? "–",
      Self.short(node.meanValue), Self.short(tree.score(CriticName.value, of: id)),
      Self.short(tree.score(CriticName.prm, of: id)), Self.short(tree.score(CriticName.orm, of: id)),
      Self.short(detail.reward), node.terminal?.rawValue ?? (node.marks.contains(.pruned) ? "pruned" : "–"),
      Self.cell(Self.clipped(detail.option?.text ?? "")),
    ]
    return "| " + cells.joined(separator: " | ") + " |"
  }

  /// Text that stays one cell and one line, and is no markup: controls visible, Markdown's own characters escaped.
  static func cell(_ text: String) -> String {
    let line = text.trimmingCharacters(in: .whitespacesAndNewlines).printable
    return line.reduce(into: "") { cell, character in
      if "\\`*_{}[]<>#|!~&$".contains(character) { cell.append("\\") }
      cell.append(character)
    }
  }
}
