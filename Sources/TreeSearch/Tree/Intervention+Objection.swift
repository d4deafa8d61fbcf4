extension Intervention {
  /// Why it makes no sense in `tree` as it stands, in words for a person; nil where it does.
  func objection(in tree: SearchTree) -> String? {
    if tree.isHistory { return "this tree was imported and stays as it was: a fork of it can be changed and searched" }
    guard tree.nodes.indices.contains(node.offset), tree.isVisible(node) else { return "there is no node \(node)" }
    switch self {
    case .expand(_, let count):
      if tree[node].terminal != nil { return "node \(node) is terminal: nothing can follow it" }
      if !tree.isReachable(node) { return "node \(node) lies in a pruned branch" }
      return (1...64).contains(count) ? nil : "expected 1 to 64 children, found \(count)"
    case .insert(_, let option):
      if tree[node].terminal != nil { return "node \(node) is terminal: nothing can follow it" }
      if !tree.isReachable(node) { return "node \(node) lies in a pruned branch" }
      return option.bytes.isEmpty ? "an option needs some text" : nil
    case .prune:
      if node == .root { return "the root cannot be pruned" }
      return tree[node].marks.contains(.pruned) ? "node \(node) is pruned already" : nil
    case .restore:
      return tree[node].marks.contains(.pruned) ? nil : "node \(node) is not pruned"
    case .override(_, let critic, let score):
      guard tree.header.critics.contains(where: { $0.name == critic }) else { return "there is no critic '\(critic)'" }
      if !tree[node].marks.contains(.evaluated) { return "node \(node) has not been evaluated yet" }
      return score.map { $0 >= 0 && $0 <= 1 } ?? true ? nil : "expected a score from 0 to 1"
    case .rollOut(_, let count):
      if tree[node].terminal != nil { return "node \(node) is terminal: nothing can follow it" }
      return (1...64).contains(count) ? nil : "expected 1 to 64 rollouts, found \(count)"
    case .separate(_, let member):
      let members = tree.arena.details.extras[node.index]?.members ?? []
      guard members.indices.contains(member) else { return "node \(node) has no member \(member)" }
      if members[member].separatedBy != nil { return "member \(member) is a node of its own already" }
      return tree.isReachable(tree[node].parent) ? nil : "node \(node) lies in a pruned branch"
    case .split(_, let first, let second):
      if node == .root { return "the question is no step: it cannot be split" }
      if !tree.isReachable(node) { return "node \(node) lies in a pruned branch" }
      return tree.arena.details.option(at: node.offset)?.objection(to: first, and: second, at: node)
    case .join:
      if node == .root || tree[node].parent == .root { return "node \(node) has no step before it to be joined with" }
      return tree.isReachable(node) ? nil : "node \(node) lies in a pruned branch"
    case .revise(_, let revision):
      if node == .root { return "the question is no step: it cannot be revised" }
      if !tree.isReachable(tree[node].parent) { return "node \(node) lies in a pruned branch" }
      return (1...Revision.longest).contains(revision.objection.utf8.count)
        ? nil : "expected an objection of 1 to \(Revision.longest) bytes"
    case .set(let id, let value):
      var changed = tree.parameters
      do { try changed.set(id, to: value.description) } catch { return "\(error)" }
      return id == SearchParameters.calibration.id ? changed.calibrations.objection(to: tree.header.critics) : nil
    }
  }
}

extension SearchOption {
  /// Why `first` and `second` are not its two parts; nil where they are.
  fileprivate func objection(to first: SearchOption, and second: SearchOption, at node: NodeID) -> String? {
    if first.bytes.isEmpty || second.bytes.isEmpty { return "expected some text on both sides of the cut" }
    if first.bytes + second.bytes != bytes { return "the two parts are not the text of node \(node)" }
    let isWhole =
      String(validating: bytes, as: UTF8.self) == nil || String(validating: first.bytes, as: UTF8.self) != nil
    if !isWhole { return "expected a cut between two characters" }
    let haveTokens = !first.tokens.isEmpty || !second.tokens.isEmpty
    return !haveTokens || first.tokens + second.tokens == tokens
      ? nil : "the two parts are not the tokens of node \(node)"
  }
}
