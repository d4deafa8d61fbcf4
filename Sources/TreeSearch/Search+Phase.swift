extension Search {
  /// Does at most one thing that is due, or begins one simulation: the smallest step of a search.
  ///
  /// Returns what was newly asked, which may be nothing; nil where there is nothing to do but wait or stop. Simulations begin
  /// on the conditions of ``ask(upTo:)``, and repeated calls record the events that it would record. Complexity: O(depth × width).
  public mutating func askOnce(upTo target: Int) -> [Request]? {
    if let due = tree.agenda.first { return perform(due) }
    guard tree.pending.isEmpty, tree.simulations < target else { return nil }
    guard let found = select() else {
      stop(.exhausted)
      return nil
    }
    record(.selected(node: found.node, widen: found.widen))
    return []
  }
}
