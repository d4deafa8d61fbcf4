import TreeSearch
import Vocabulary

/// What a run's own final selection chooses, kept as events arrive, with what it chose at every earlier moment: the answer that
/// the explorer, its lists, forms and breakpoints show.
///
/// It says what `SearchTree.chosen` says of the same tree, without looking at every node for it.
public struct ChosenAnswer: Sendable {
  /// The rule by which it is chosen.
  public private(set) var selection: FinalSelection
  private var index: CandidateIndex
  private var reader: EventReader
  private var history: [Choice]

  /// From a moment on, what was chosen.
  private struct Choice: Sendable {
    let moment: Int
    let place: CandidatePlace?
  }

  /// What is chosen in `tree`, and from there on. Complexity: O(nodes), once.
  public init(_ tree: SearchTree) {
    selection = tree.finalSelection
    index = CandidateIndex(selection, tree)
    reader = EventReader(tree: tree)
    history = [Choice(moment: tree.eventCount, place: index.chosen(in: tree))]
  }

  /// What is chosen at every moment that `timeline` knows. Complexity: O(events × depth), once.
  public init(_ timeline: Timeline) {
    self.init(timeline.tree(at: timeline.start))
    timeline.replay { note($0, in: $1) }
  }

  /// Takes up the event that has made `tree`. True where another trajectory is chosen now.
  ///
  /// Complexity: O(depth × (width + log nodes)); O(nodes) after a person has taken something away or given it back.
  @discardableResult
  public mutating func note(_ event: SearchEvent, in tree: SearchTree) -> Bool {
    switch event {
    // Two of three events, and nothing has to be remembered to understand them.
    case .selected, .stopped: return false
    case .backedUp(let node, _):
      return backedUp(node, in: tree) && noteChoice(in: tree)
    default: return note(reader.read(event, in: tree), in: tree)
    }
  }

  /// The same for who reads events already.
  @discardableResult
  public mutating func note(_ seen: Observation, in tree: SearchTree) -> Bool {
    switch seen.event {
    case .intervened(.set), .intervened(.prune), .intervened(.restore), .intervened(.separate),
      .intervened(.split), .intervened(.join), .undone, .redone:
      selection = tree.finalSelection
      index = CandidateIndex(selection, tree)
    case .backedUp(let node, _): return backedUp(node, in: tree) && noteChoice(in: tree)
    default:
      guard let node = seen.node, node.exists else { return false }
      let isOther =
        switch seen.event {
        case .answered, .evaluated, .intervened: index.updateScores(node, in: tree)
        default: index.update(node, in: tree)
        }
      // It is no leaf any more.
      let parent = tree[node].parent
      let isParentOther = parent.exists && index.update(parent, in: tree)
      return (isOther || isParentOther) && noteChoice(in: tree)
    }
    return noteChoice(in: tree)
  }

  /// The mean values from `node` up have changed. False where nothing finishes at any of those nodes.
  private mutating func backedUp(_ node: NodeID, in tree: SearchTree) -> Bool {
    var (at, isOther) = (node, false)
    while at.exists {
      if index.update(at, in: tree) { isOther = true }
      at = tree[at].parent
    }
    return isOther
  }

  private mutating func noteChoice(in tree: SearchTree) -> Bool {
    let now = index.chosen(in: tree)
    guard now != history[history.count - 1].place else { return false }
    history.append(Choice(moment: tree.eventCount, place: now))
    return true
  }

  /// What is chosen in `tree`, the run's tree at a moment that was noted; nil where no trajectory states an answer.
  ///
  /// Complexity: O(log changes); that of the best path for its own rule.
  public func candidate(in tree: SearchTree) -> Candidate? {
    let later = history.bound { $0.moment <= tree.eventCount }
    guard later > 0, let place = history[later - 1].place else { return nil }
    return tree.candidates(at: place.node).first { $0.rollout == place.rollout }
  }
}

/// Where a finished trajectory ends.
struct CandidatePlace: Hashable, Sendable {
  let node: NodeID
  let rollout: Int?
}
