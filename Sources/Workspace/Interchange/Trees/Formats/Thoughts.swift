import TreeSearch
import Vocabulary

extension TreeFormat {
  /// Tree of Thoughts' logs.
  static let thoughts = TreeFormat(
    "tree-of-thoughts", help: "Tree of Thoughts' logs: candidates, values and choices of each step",
    fits: { $0["steps"]?.list?.contains { $0["new_ys"] != nil } == true },
    tree: { try ThoughtsFile.read($0) })
}

/// Each candidate is the whole text so far: its parent is the chosen text that it goes on from. What was not chosen was pruned.
private enum ThoughtsFile {
  static func read(_ file: JSONView) throws -> TreeDraft {
    var draft = TreeDraft()
    draft.problemID = file["idx"]?.word.map { "tot-\($0)" }
    draft.answer = file.first("answer", "ground_truth")?.word
    // Of texts that were chosen, the node; the longest are looked for first.
    var places: [[UInt8]: Int] = [:]
    var order = 0.0
    for step in try file.elements("steps") {
      draft.question = draft.question ?? step["x"]?.string
      let before = (step["ys"]?.list.map(Array.init) ?? []).compactMap(\.string).map { Array($0.utf8) }
        .sorted { $0.count > $1.count }
      let values = step["values"]?.list.map(Array.init) ?? []
      let chosen = step["select_new_ys"]?.list.map { Set($0.compactMap(\.string)) }
      for (number, candidate) in try step.elements("new_ys").enumerated() {
        guard let text = candidate.string else {
          throw TreeFault(
            offset: candidate.offset, field: "new_ys[\(number)]", "expected a string, found \(candidate.kindWords)")
        }
        var node = TreeDraft.Node()
        let bytes = Array(text.utf8)
        (node.text, node.offset, node.order, node.isWhole) = (text, candidate.offset, order, true)
        order += 1
        if values.indices.contains(number), let value = values[number].number {
          node.scores = [(CriticName.value, value, nil)]
        }
        if let chosen, !chosen.contains(text) { node.marks = [.pruned] }
        if let start = before.first(where: { bytes.starts(with: $0) }) {
          // Where the step begins anew, it goes on from the question.
          if !start.isEmpty, let place = places[start] { node.parent = .place(place) }
        } else if !before.isEmpty {
          draft.findings.add(
            .prefix, .repaired, at: "line \(file.text.line(of: candidate.offset))",
            "a candidate goes on from none of the step's texts: it hangs below the question")
        }
        let place = draft.add(node)
        if places[bytes] == nil { places[bytes] = place }
      }
    }
    return draft
  }
}
