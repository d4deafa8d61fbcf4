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

  fileprivate func text(of node: NodeID) -> String {
    OptionText.line(run?.tree.details[node.offset].option?.bytes ?? [], glyphs: .unicode)
  }
}
