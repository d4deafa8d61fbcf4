import TreeInsight
import TreeSearch

extension ExplorerState {
  /// Where this person stands; nil outside of runs.
  public var place: Place? {
    guard let run else { return nil }
    let moment = run.pastMoment
    return Place(node: run.cursor, moment: moment)
  }

  /// Why nothing can be changed: the run is another's. Nil for one's own.
  var reasonOfFollowing: String? {
    following == nil ? nil : "this run is followed: only its presenter changes it"
  }

  /// Notes where the presenter stands.
  mutating func take(_ presenter: Place?, votingProblem: String?) {
    following?.presenter = presenter
    following?.votingProblem = votingProblem
  }

  /// Goes where the presenter is, as soon as that part of the run has arrived.
  mutating func settleFollowing() {
    guard let following, following.isLocked, let there = following.presenter, let here = place else { return }
    if here.moment != there.moment { _ = withRun { $0.look(at: there.moment ?? .max) } }
    if here.node != there.node, run?.tree.holds(there.node) == true { run?.select(there.node) }
  }

  /// A person who moves by themselves has a cursor of their own from then on.
  mutating func unlock(from before: Place?) {
    guard following?.isLocked == true, following?.presenter != nil, place != before else { return }
    following?.isLocked = false
    let key = keys.keys(of: "follow.lock").first?.description ?? "the palette"
    message = .notice("your own cursor; \(key) follows the presenter again")
  }

  /// Who is on the stage, in a few words for the first row; nil where nobody is.
  var stageWords: String? {
    guard let following else {
      guard !votes.isEmpty else { return nil }
      let best = tally.prefix(3).map { "node \($0.node) x\($0.count)" }.joined(separator: ", ")
      return "votes: \(best)"
    }
    guard let presenter = following.presenter else { return "following, nobody presents" }
    return following.isLocked ? "following the presenter" : "own cursor, presenter at node \(presenter.node)"
  }

  /// Votes, the most first, of nodes that are there.
  var tally: [(node: NodeID, count: Int)] {
    votes.filter { run?.tree.holds($0.key) == true }.map { ($0.key, $0.value) }
      .sorted { $0.count == $1.count ? $0.node < $1.node : $0.count > $1.count }
  }
}
