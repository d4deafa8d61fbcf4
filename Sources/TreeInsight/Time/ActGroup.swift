import TreeSearch

extension SearchTree {
  /// The first of the acts that a person did as one with act `number`: the lines of one insertion, each below the one before, and
  /// the step in whose place they were put.
  ///
  /// Complexity: O(acts of the group).
  public func firstAct(of number: Int) -> Int {
    guard case .prune(let replaced) = interventions[number].intervention, replaced != .root else {
      return firstLine(upTo: number)
    }
    // The line above which the step was pruned is its sibling; those below it were written with it.
    let first = number > 0 ? firstLine(upTo: number - 1) : number
    guard first < number, case .insert(let parent, _) = interventions[first].intervention,
      parent == self[replaced].parent
    else { return number }
    return first
  }

  /// The insertion with which a chain of lines began, the last of which is act `number`.
  private func firstLine(upTo number: Int) -> Int {
    var at = number
    while at > 0, case .insert(let parent, _) = interventions[at].intervention,
      case .insert = interventions[at - 1].intervention, cause(of: parent) == at - 1
    {
      at -= 1
    }
    return at
  }

  /// The last act that stands, with those done as one with it; nil where a person has done nothing, or taken it all back.
  public var lastActs: ClosedRange<Int>? {
    guard let last = undoable.last else { return nil }
    return firstAct(of: last)...last
  }
}
