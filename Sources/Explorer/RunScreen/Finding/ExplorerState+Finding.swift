import TreeInsight
import TreeSearch
import Vocabulary

extension ExplorerState {
  /// True while a match is looked for that a key has asked for.
  public var isFinding: Bool { finder.search != nil }

  /// Selects the next match of the filter, or says that there is none.
  mutating func findMatch(backwards: Bool) -> [Effect] {
    guard let run, let filter = run.filter else { return [] }
    let rollouts = filter.source.contains("answer=") ? "; rollout= asks for what rollouts answer" : ""
    return find(
      MatchSearch(filter, from: run.cursor, backwards: backwards, none: "no node matches \(filter.source)\(rollouts)"))
  }

  /// Selects the next node that passes a filter of the program's own, and says what there is to be seen.
  mutating func find(_ source: String, none: String) -> [Effect] {
    guard let run, let filter = try? NodeFilter(source) else { return [] }
    return find(MatchSearch(filter, from: run.cursor, explains: true, none: none))
  }

  private mutating func find(_ search: MatchSearch) -> [Effect] {
    finder.search = search
    goOnFinding()
    return keepLooking()
  }

  /// Goes on with what is being looked for, and then with what is counted: a portion, so that keys and frames come in
  /// between.
  mutating func lookOn() -> [Effect] {
    finder.isLooking = false
    if finder.search != nil { goOnFinding() } else { goOnCounting() }
    return keepLooking()
  }

  /// Puts a filter in force and goes to its first match, unless the selected node is one. The matches are counted after the
  /// frame that shows it.
  mutating func setFilter(_ filter: NodeFilter) -> [Effect] {
    run?.filter = filter
    run?.refreshFilterFacts()
    finder.count = MatchCount(filter)
    if let run, !filter.matches(run.cursor, in: run.tree, facts: run.filterFacts?.facts) {
      return findMatch(backwards: false)
    }
    return keepLooking()
  }

  /// Counts what is typed into a filter's prompt; what cannot be read yet counts nothing.
  mutating func countMatches(of text: String) -> [Effect] {
    guard var prompt = overlay as? Prompt, run != nil else { return [] }
    prompt.count = nil
    overlay = prompt
    finder.count = (try? NodeFilter(text)).map { MatchCount($0) }
    goOnCounting()
    return keepLooking()
  }

  /// Asks for another turn where something is left to look at and none has been asked for.
  private mutating func keepLooking() -> [Effect] {
    guard finder.search != nil || finder.count != nil, !finder.isLooking else { return [] }
    finder.isLooking = true
    return [.session(.lookOn)]
  }

  private mutating func goOnFinding() {
    guard var search = finder.search, let run else { return finder.search = nil }
    switch search.goOn(in: run.tree, run.folds, labels: run.labels) {
    case .found(let match):
      finder.search = nil
      self.run?.select(match)
      if search.explains, let run = self.run { message = .glance(run.judgement(of: match)) }
    case .none:
      finder.search = nil
      message = .failure(search.none)
    case .unfinished:
      finder.search = search
      glance("looking: \(Number.count(search.looked)) nodes so far; any key stops it")
    }
  }

  /// Says how far it has come, unless something of more weight has been said meanwhile.
  private mutating func glance(_ words: String) {
    if message?.isLogged != true { message = .glance(words) }
  }

  private mutating func goOnCounting() {
    guard var count = finder.count, let run else { return finder.count = nil }
    let isDone = count.goOn(in: run.tree, labels: run.labels)
    finder.count = isDone ? nil : count
    let words = count.words(in: run.tree)
    if var prompt = overlay as? Prompt, prompt.question.countsMatches {
      prompt.count = words
      overlay = prompt
    } else if run.filter == count.filter {
      glance(words)
    }
  }
}

extension OpenRun {
  /// Nodes beyond which what a filter asks of the whole tree is found anew only while the search rests: a frame waits for it.
  private static let mostLive = 20_000

  /// Finds anew what the filter asks of the tree as a whole, where that has changed.
  ///
  /// Complexity: O(1) while nothing has, or nothing is asked; else O(nodes × depth).
  mutating func refreshFilterFacts() {
    guard let filter, filter.asksOfWhole else {
      filterFacts = nil
      return
    }
    if let known = filterFacts, known.filter == filter {
      if known.moment == moment, known.labels == labels { return }
      if status == .running, tree.nodes.count > Self.mostLive { return }
    }
    filterFacts = filter.facts(of: tree, labels: labels).map {
      KnownFacts(filter: filter, moment: moment, labels: labels, facts: $0)
    }
  }

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

/// What a filter asks of a tree as a whole, with what it was found for.
struct KnownFacts: Sendable {
  let filter: NodeFilter
  let moment: Int
  let labels: [NodeID: StepLabel]
  let facts: FilterFacts
}
