import Vocabulary

extension TreeFormat {
  /// Super_MARIO's and rStar-Math's trees: nodes by index path, as `0`, `0.1`, `0.1.0`.
  static let indexPaths = TreeFormat(
    "index-paths", help: "Super_MARIO's and rStar-Math's trees: states by index path (0, 0.1, …)",
    fits: { IndexPathFile.states($0) != nil },
    read: { try $0.flatMap { try IndexPathFile.trees(of: $0) } })
}

private enum IndexPathFile {
  /// What the writers have where a value was never estimated.
  private static let neverEstimated = -100.0
  /// How the writers' own reasons for giving up begin, which stand in the answer's place.
  private static let failures = [
    "Too many consecutive steps have code errors", "Fail to sove the problem within limited steps",
    "Fail to generate parsable text for next step", "The response does not follow the instruction",
  ]

  /// The object of states: the value itself or one of its members.
  static func states(_ value: JSONView) -> JSONView? {
    guard value.isObject else { return nil }
    if isTree(value) { return value }
    return value.values.first(where: isTree)
  }

  private static func isTree(_ value: JSONView) -> Bool { value.isObject && value["0"]?.isObject == true }

  /// The tree of a problem, or the trees of several by their questions.
  static func trees(of file: JSONView) throws -> [TreeDraft] {
    let isOne = isTree(file) || file.questionText != nil || !file.isObject
    let trees = isOne ? [] : file.values.filter(isTree)
    guard trees.count > 1 || trees.first.map({ $0.key.contains(where: \.isWhitespace) }) == true else {
      return [try read(file)]
    }
    return try trees.map { tree in
      var draft = try read(tree)
      draft.question = draft.question ?? tree.key
      return draft
    }
  }

  static func read(_ file: JSONView) throws -> TreeDraft {
    guard let states = states(file) else { throw TreeFault(file, "rstar", "states by index path") }
    var draft = TreeDraft()
    draft.question = file.questionText ?? states["0"].flatMap { question(of: $0) }
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

  /// The question that the first state has, by itself or behind a word.
  private static func question(of first: JSONView) -> String? {
    if let question = first.questionText { return question }
    let beginning = "question: "
    return first["extra_info"]?.string.flatMap { said in
      said.hasPrefix(beginning) ? String(said.dropFirst(beginning.count)) : nil
    }
  }

  private static func node(_ state: JSONView) -> TreeDraft.Node {
    var node = TreeDraft.Node()
    node.offset = state.offset
    node.text = state.first("text", "step", "action", "content")?.string ?? ""
    node.visits = state.first("visit_count", "visits", "N", "n")?.number
    // Of what was never visited, the mean is no more than a 0 in its place.
    if node.visits != 0 { node.mean = state.first("q_value", "Q", "q")?.number }
    node.prior = state["prior"]?.number
    node.scores = state.scores(["value": CriticName.value]).filter { $0.score != neverEstimated }
    let end = state["final_answer"]?.word.flatMap { $0.isEmpty ? nil : $0 }
    node.answer = end.flatMap { end in failures.contains { end.hasPrefix($0) } ? nil : end }
    node.isTerminal = state.first("is_terminal", "terminal")?.flag ?? (end == nil ? nil : true)
    return node
  }
}
