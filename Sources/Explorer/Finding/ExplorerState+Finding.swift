import TreeInsight
import TreeSearch

extension ExplorerState {
  /// True while a match is looked for that a key has asked for.
  public var isFinding: Bool { matchSearch != nil }

  /// Selects the next match of the filter, or says that there is none.
  mutating func findMatch(backwards: Bool) -> [Effect] {
    guard let run, let filter = run.filter else { return [] }
    return find(MatchSearch(filter, from: run.cursor, backwards: backwards, none: "no node matches \(filter.source)"))
  }

  /// Selects the next node that passes a filter of the program's own, and says what there is to be seen.
  mutating func find(_ source: String, none: String) -> [Effect] {
    guard let run, let filter = try? NodeFilter(source) else { return [] }
    return find(MatchSearch(filter, from: run.cursor, explains: true, none: none))
  }

  private mutating func find(_ search: MatchSearch) -> [Effect] {
    matchSearch = search
    goOnFinding()
    return keepLooking()
  }

  /// Goes on with what is being looked for, and then with what is counted: a portion, so that keys and frames come in
  /// between.
  mutating func lookOn() -> [Effect] {
    isLooking = false
    if matchSearch != nil { goOnFinding() } else { goOnCounting() }
    return keepLooking()
  }

  /// Puts a filter in force and goes to its first match, unless the selected node is one. The matches are counted after the
  /// frame that shows it.
  mutating func setFilter(_ filter: NodeFilter) -> [Effect] {
    run?.filter = filter
    matchCount = MatchCount(filter)
    if let run, !filter.matches(run.cursor, in: run.tree) { return findMatch(backwards: false) }
    return keepLooking()
  }

  /// Counts what is typed into a filter; what cannot be read yet counts nothing.
  mutating func countMatches() -> [Effect] {
    guard case .prompt(var prompt) = popup, case .filter = prompt.purpose, run != nil else { return [] }
    prompt.count = nil
    popup = .prompt(prompt)
    matchCount = (try? NodeFilter(prompt.field.text)).map { MatchCount($0) }
    goOnCounting()
    return keepLooking()
  }

  /// Asks for another turn where something is left to look at and none has been asked for.
  private mutating func keepLooking() -> [Effect] {
    guard matchSearch != nil || matchCount != nil, !isLooking else { return [] }
    isLooking = true
    return [.session(.lookOn)]
  }

  private mutating func goOnFinding() {
    guard var search = matchSearch, let run else { return matchSearch = nil }
    switch search.goOn(in: run.tree, run.folds) {
    case .found(let match):
      matchSearch = nil
      self.run?.select(match)
      if search.explains, let run = self.run { message = .glance(run.judgement(of: match)) }
    case .none:
      matchSearch = nil
      message = .failure(search.none)
    case .unfinished:
      matchSearch = search
      glance("looking: \(Number.count(search.looked)) nodes so far; any key stops it")
    }
  }

  /// Says how far it has come, unless something of more weight has been said meanwhile.
  private mutating func glance(_ words: String) {
    if message?.isLogged != true { message = .glance(words) }
  }

  private mutating func goOnCounting() {
    guard var count = matchCount, let run else { return matchCount = nil }
    let isDone = count.goOn(in: run.tree)
    matchCount = isDone ? nil : count
    let words = count.words(in: run.tree)
    if case .prompt(var prompt) = popup, case .filter = prompt.purpose {
      prompt.count = words
      popup = .prompt(prompt)
    } else if run.filter == count.filter {
      glance(words)
    }
  }
}

extension OpenRun {
  /// What critics think of a node, and what tools object to.
  fileprivate func judgement(of id: NodeID) -> String {
    let scores = CriticName.learned.compactMap { name in
      tree.score(name, of: id).map { "\(name) \(Number.score($0))" }
    }
    let objections = tree.details[id.offset].scores.filter { CriticName.isContradiction($0.score, by: $0.critic) }
    let words = objections.map { "\($0.critic): \($0.note ?? "contradicts")" } + scores
    return "node \(id): " + words.joined(separator: ", ")
  }
}
