import Foundation
import Vocabulary

extension TreeFormat {
  /// OmegaPRM's trees as OpenR writes them.
  static let reasoningSteps = TreeFormat(
    "omegaprm", help: "OmegaPRM's trees: steps with the share of rollouts that came out right",
    fits: { $0["reasoning_steps"]?.isObject == true || ReasoningStepsFile.prefixes($0) != nil },
    tree: { file in
      if let prefixes = ReasoningStepsFile.prefixes(file) { return try ReasoningStepsFile.read(prefixes, of: file) }
      return try ReasoningStepsFile.read(file)
    })
}

private enum ReasoningStepsFile {
  /// The states that a file has as a list, each with the whole text so far.
  static func prefixes(_ file: JSONView) -> JSONMembers? {
    guard let list = file["reasoning_steps"]?.list, let first = list.first(where: { _ in true }),
      first["solution_prefix"]?.string != nil
    else { return nil }
    return list
  }

  static func read(_ file: JSONView) throws -> TreeDraft {
    guard let top = file["reasoning_steps"] else { throw TreeFault(file, "reasoning_steps", "an object") }
    var draft = draft(file)
    let first = try node(top)
    var parent = TreeDraft.Parent.root
    // The tree begins with the question itself, of which its writer cuts the blanks off, or with a first step.
    if first.text.allSatisfy(\.isWhitespace) || trimmed(first.text) == draft.question.map(trimmed) {
      draft.root = first
      draft.root.text = ""
    } else {
      parent = .place(draft.add(first))
    }
    try draft.add(below: top, at: parent, children: { try $0.children() }) { child, _ in try node(child) }
    return draft
  }

  /// The same of a list: a state goes on from the longest one that it begins with; the first is the question. Complexity:
  /// O(states × (log states + length)).
  static func read(_ prefixes: JSONMembers, of file: JSONView) throws -> TreeDraft {
    var draft = draft(file)
    var states: [(bytes: [UInt8], number: Int, node: TreeDraft.Node)] = []
    for (number, value) in prefixes.enumerated() {
      var node = TreeDraft.Node()
      (node.text, node.isWhole, node.offset) = (try value.text("solution_prefix"), true, value.offset)
      (node.order, node.scores) = (Double(number), scores(value))
      if number == 0 { (draft.root, draft.question) = (node, draft.question ?? node.text) }
      states.append((Array(node.text.utf8), number, node))
    }
    let question = states[0].bytes
    // A text stands behind all that it begins with: the last of those that still go on is its parent.
    states.sort { $0.bytes == $1.bytes ? $0.number < $1.number : $0.bytes.lexicographicallyPrecedes($1.bytes) }
    var open: [(bytes: [UInt8], parent: TreeDraft.Parent, own: TreeDraft.Parent)] = []
    for var state in states {
      while let last = open.last, !state.bytes.starts(with: last.bytes) { open.removeLast() }
      guard state.number > 0 else {
        open.append((question, .root, .root))
        continue
      }
      // A step ends with its line: one that begins as another does is no part of it.
      let above = open.last { $0.bytes.count == state.bytes.count || state.bytes[$0.bytes.count] == 0x0A }
      if let above { state.node.parent = above.bytes.count == state.bytes.count ? above.parent : above.own }
      let place = draft.add(state.node)
      if open.last?.bytes != state.bytes { open.append((state.bytes, state.node.parent, .place(place))) }
    }
    return draft
  }

  private static func draft(_ file: JSONView) -> TreeDraft {
    var draft = TreeDraft()
    draft.question = file.questionText
    draft.answer = file.first("final_answer", "answer")?.word
    draft.problemID = file.problemName
    return draft
  }

  private static func trimmed(_ text: String) -> String { text.trimmingCharacters(in: .whitespacesAndNewlines) }

  private static func scores(_ value: JSONView) -> [(critic: String, score: Double?, note: String?)] {
    value.scores(["mc_value": CriticName.value])
  }

  private static func node(_ value: JSONView) throws -> TreeDraft.Node {
    var node = TreeDraft.Node()
    (node.text, node.offset, node.scores) = (try value.text("text"), value.offset, scores(value))
    return node
  }
}
