/// Imported nodes in ``PackedForm``.
extension EventPacker {
  /// Writes an imported node; false for the root, which says where the tree comes from.
  mutating func put(_ id: NodeID, _ parent: NodeID, _ facts: ImportedNode) -> Bool {
    guard let option = facts.option, facts.origin == nil else { return false }
    var (first, second) = (PackedFlags(), PackedFlags())
    for isThere in [
      facts.visits != nil, facts.meanValue != nil, facts.reward != nil, facts.prior != nil, facts.importance != nil,
      facts.draws != nil, facts.terminal != nil, facts.answer != nil,
    ] { first.add(isThere) }
    for isThere in [facts.name != nil, !facts.scores.isEmpty, !facts.rollouts.isEmpty, !facts.marks.isEmpty] {
      second.add(isThere)
    }
    put(.imported, first)
    put(second)
    put(node: id)
    put(node: parent)
    put(option)
    if let visits = facts.visits { put(visits) }
    for number in [facts.meanValue, facts.reward, facts.prior, facts.importance] { if let number { put(number) } }
    if let draws = facts.draws { put(draws) }
    if let terminal = facts.terminal { put(word: terminal.rawValue) }
    for text in [facts.answer, facts.name] { if let text { put(text: text) } }
    if !facts.scores.isEmpty { put(facts.scores) }
    if !facts.rollouts.isEmpty { put(facts.rollouts) }
    if !facts.marks.isEmpty {
      put(facts.marks.count)
      for mark in facts.marks { put(word: mark.rawValue) }
    }
    return true
  }
}

extension EventUnpacker {
  /// Reads an imported node.
  mutating func imported() throws -> SearchEvent {
    var (first, second) = (PackedFlags(try byte()), PackedFlags(try byte()))
    let (id, parent) = (try node(), try node())
    var facts = ImportedNode(option: try option())
    if first.take() { facts.visits = try integer() }
    if first.take() { facts.meanValue = try number() }
    if first.take() { facts.reward = try number() }
    if first.take() { facts.prior = try number() }
    if first.take() { facts.importance = try number() }
    if first.take() { facts.draws = try integer() }
    if first.take() { facts.terminal = try word() }
    if first.take() { facts.answer = try text() }
    if second.take() { facts.name = try text() }
    if second.take() { facts.scores = try many { try $0.score() } }
    if second.take() { facts.rollouts = try many { try $0.rollout() } }
    if second.take() { facts.marks = try many { try $0.word() } }
    return .imported(node: id, parent: parent, facts: facts)
  }
}
