import TreeSearch
import Vocabulary

extension TreeFormat {
  /// Tree of Thoughts' logs.
  static let thoughts = TreeFormat(
    "tree-of-thoughts", help: "Tree of Thoughts' logs: candidates, values and choices of each step",
    fits: { file in
      if CrosswordFile.fits(file) { return true }
      return file["steps"]?.list?.contains { $0["new_ys"] != nil } ?? ThoughtsFile.isNaive(file)
    },
    tree: { file in try CrosswordFile.fits(file) ? CrosswordFile.read(file) : ThoughtsFile.read(file) })
}

/// Each candidate is the whole text so far: its parent is the chosen text that it goes on from. What was not chosen was pruned.
private enum ThoughtsFile {
  /// True for a log without a search: texts that were sampled, and what each came to.
  static func isNaive(_ file: JSONView) -> Bool {
    guard file["steps"] == nil, file["infos"]?.list != nil, let texts = file["ys"]?.list else { return false }
    return texts.contains { $0.string != nil }
  }

  static func read(_ file: JSONView) throws -> TreeDraft {
    var draft = TreeDraft()
    draft.problemID = file["idx"]?.word.map { "tot-\($0)" }
    draft.answer = file.first("answer", "ground_truth")?.word
    // Of whole texts, the node that ends there.
    var places: [[UInt8]: Int] = [:]
    if isNaive(file) {
      for text in try file.elements("ys") {
        guard let whole = text.string else {
          throw TreeFault(offset: text.offset, field: "ys", "expected a string, found \(text.kindWords)")
        }
        var node = TreeDraft.Node()
        (node.text, node.offset, node.isTerminal) = (whole, text.offset, true)
        let place = draft.add(node)
        if places[Array(whole.utf8)] == nil { places[Array(whole.utf8)] = place }
      }
    } else {
      try readSteps(of: file, into: &draft, &places)
    }
    readOutcomes(of: file, into: &draft, places)
    return draft
  }

  private static func readSteps(
    of file: JSONView, into draft: inout TreeDraft, _ places: inout [[UInt8]: Int]
  ) throws {
    var order = 0.0
    for step in try file.elements("steps") {
      draft.question = draft.question ?? step["x"]?.string
      // The longest are looked for first.
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
  }

  /// What the texts at the end came to, in the order of these: `r`, or a number of another name.
  private static func readOutcomes(of file: JSONView, into draft: inout TreeDraft, _ places: [[UInt8]: Int]) {
    let outcomes = file["infos"]?.list.map(Array.init) ?? []
    for (text, outcome) in zip(file["ys"]?.list.map(Array.init) ?? [], outcomes) where outcome.isObject {
      guard let whole = text.string, let place = places[Array(whole.utf8)] else { continue }
      for member in outcome.values {
        let critic = member.key == "r" ? CriticName.orm : member.key
        guard let number = member.number, !draft.nodes[place].scores.contains(where: { $0.critic == critic }) else {
          continue
        }
        draft.nodes[place].scores.append((critic, number, nil))
      }
    }
  }
}

/// The log of a depth-first search, as of crosswords: every state with all the actions that led to it, in the order of their making.
private enum CrosswordFile {
  static func fits(_ file: JSONView) -> Bool {
    guard let first = (file.list.flatMap { $0.first { _ in true } }) else { return false }
    return first["actions"]?.list != nil && first["total_step"]?.number != nil
  }

  static func read(_ file: JSONView) throws -> TreeDraft {
    var draft = TreeDraft()
    draft.root.name = ""
    draft.root.offset = file.offset
    let states: [JSONView] = file.list.map { Array($0) } ?? []
    for (number, state) in states.enumerated() {
      let actions: [String] = try state.elements("actions").map { action in
        guard let text = action.string else {
          throw TreeFault(offset: action.offset, field: "actions", "expected a string, found \(action.kindWords)")
        }
        return text
      }
      guard let last = actions.last else { throw TreeFault(state, "actions", "at least one action") }
      var node = TreeDraft.Node()
      (node.text, node.offset, node.order) = (last, state.offset, state["total_step"]?.number ?? Double(number))
      node.name = actions.joined(separator: "\n")
      node.parent = .named(actions.dropLast().joined(separator: "\n"))
      for said in [state["info"], state["count"]].compactMap({ $0 }) where said.isObject {
        for member in said.values {
          if let score = member.number { node.scores.append((member.key, score, nil)) }
        }
      }
      draft.add(node)
    }
    return draft
  }
}
