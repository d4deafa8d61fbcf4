import Vocabulary

extension TreeFormat {
  /// Super_MARIO's and rStar-Math's trees: nodes by index path, as `0`, `0.1`, `0.1.0`.
  static let indexPaths = TreeFormat(
    "index-paths", help: "Super_MARIO's and rStar-Math's trees: states by index path (0, 0.1, …)",
    fits: { IndexPathFile.states($0) != nil },
    tree: { try IndexPathFile.read($0) })
}

private enum IndexPathFile {
  /// The object of states: the value itself or one of its members.
  static func states(_ value: JSONView) -> JSONView? {
    guard value.isObject else { return nil }
    if value["0"]?.isObject == true { return value }
    return value.values.first { $0.isObject && $0["0"]?.isObject == true }
  }

  static func read(_ file: JSONView) throws -> TreeDraft {
    guard let states = states(file) else { throw TreeFault(file, "rstar", "states by index path") }
    var draft = TreeDraft()
    draft.question = file.questionText ?? states["0"]?.questionText
    draft.answer = file.referenceAnswer
    draft.problemID = file.problemName
    for state in states.values {
      let tag = state.key
      guard isTag(tag) else {
        // Around the states other things may be said of the problem.
        if states.offset == file.offset { continue }
        throw TreeFault(offset: state.offset, field: tag.printable, "expected an index path such as 0.1")
      }
      guard state.isObject else {
        throw TreeFault(offset: state.offset, field: tag, "expected an object, found \(state.kindWords)")
      }
      var node = node(state)
      node.name = tag
      guard let cut = tag.lastIndex(of: ".") else {
        guard tag == "0" else {
          throw TreeFault(offset: state.offset, field: tag, "expected a path that begins with 0")
        }
        node.text = ""
        draft.root = node
        continue
      }
      node.parent = .named(String(tag[..<cut]))
      draft.add(node)
    }
    return draft
  }

  private static func isTag(_ key: String) -> Bool {
    key.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty && part.utf8.allSatisfy { $0 &- 0x30 < 10 }
    }
  }

  private static func node(_ state: JSONView) -> TreeDraft.Node {
    var node = TreeDraft.Node()
    node.offset = state.offset
    node.text = state.first("text", "step", "action", "content")?.string ?? ""
    node.visits = state.first("visit_count", "visits", "N", "n")?.number
    node.mean = state.first("q_value", "Q", "q")?.number
    node.prior = state["prior"]?.number
    node.scores = state.scores(["value": CriticName.value])
    node.answer = state["final_answer"]?.word.flatMap { $0.isEmpty ? nil : $0 }
    node.isTerminal = state.first("is_terminal", "terminal")?.flag ?? (node.answer == nil ? nil : true)
    return node
  }
}
