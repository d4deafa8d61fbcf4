import Canvas
import TreeInsight
import TreeSearch

extension CommandTable {
  /// Presenting a run, and following one.
  static let followCommands: [Command] = [
    Command(
      "follow.vote", "Vote",
      "Following: votes for the selected node as the next to be tried, or takes the vote back. Presenting: shows the votes.",
      .run, [.character("V")], unless: { $0.reasonOfNoVote }
    ) { state in
      guard let following = state.following else {
        let menu = Menu(title: "Votes; Enter goes there", state.company.tally(in: state.run?.tree)) { letter, votes in
          Menu.Item(
            letter: letter,
            title: "\(Number.things(votes.count, "vote")) for node \(votes.node): \(state.text(of: votes.node))"
          ) { $0.goTo(votes.node) }
        }
        state.overlay = menu
        return []
      }
      let node = state.selectedNode
      let vote = following.vote == node ? nil : node
      state.company.reduce(.vote(vote))
      state.message = .notice(vote.map { "you vote for node \($0)" } ?? "your vote is taken back")
      return [.run(.vote(vote))]
    },
    Command(
      "follow.take", "Take the winner",
      "Presenting: goes to the option with the most votes, has one more step drawn below it, and begins a new vote.",
      .run, [.control("v")], onlyNow: true, unless: { $0.reasonNotToTake }
    ) { $0.takeWinner() },
    Command(
      "follow.lock", "Follow the presenter",
      "Lets the cursor go where the presenter's goes, or gives you one of your own.",
      .run, [.character("L")], unless: { $0.following == nil ? "this run is your own" : nil }
    ) { state in
      let isLocked = state.following?.isLocked != true
      state.company.reduce(.lock(isLocked))
      state.message = .notice(isLocked ? "the presenter's cursor" : "your own cursor")
      if isLocked, let other = state.following?.elsewhere { return state.followPresenter(to: other) }
      return []
    },
  ]
}

extension ExplorerState {
  /// Why there is nothing to vote or to count.
  fileprivate var reasonOfNoVote: String? {
    guard let following else { return company.tally(in: run?.tree).isEmpty ? "nobody has voted" : nil }
    if let problem = following.votingProblem { return "votes are off: \(problem)" }
    return selectedNode == .root ? "the root is no option to vote for" : nil
  }

  /// Why no option has won the vote.
  fileprivate var reasonNotToTake: String? {
    let tally = company.tally(in: run?.tree)
    guard let first = tally.first else { return "nobody has voted" }
    guard tally.count > 1, tally[1].count == first.count else { return nil }
    return
      "nodes \(first.node) and \(tally[1].node) have \(Number.things(first.count, "vote")) each: \(key("follow.vote")) "
      + "goes to one"
  }

  /// Goes to the option with the most votes and, where something can follow it, has the policy go on from there.
  fileprivate mutating func takeWinner() -> [Effect] {
    guard let winner = company.tally(in: run?.tree).first else { return [] }
    let effects = goTo(winner.node)
    let closed = reasonNotToGrow
    company.reduce(.newBallot)
    message = .notice(
      "node \(winner.node) has won with \(Number.things(winner.count, "vote"))" + (closed.map { "; \($0)" } ?? ""))
    let growth = closed == nil ? [Effect.run(.intervene(.expand(node: winner.node, count: 1)))] : []
    return effects + growth + [.session(.clearVotes)]
  }

  fileprivate func text(of node: NodeID) -> String {
    OptionText.line(run?.tree.details[node.offset].option?.bytes ?? [], glyphs: .unicode)
  }
}
