import TreeInsight
import TreeSearch
import Vocabulary

/// Where somebody stands in a run.
public struct Place: Hashable, Sendable {
  /// The selected node.
  public let node: NodeID
  /// The moment looked at; nil for the present.
  public let moment: Int?

  /// A place.
  public init(node: NodeID, moment: Int?) {
    self.node = node
    self.moment = moment
  }
}

/// What is particular to watching another's run.
public struct Following: Hashable, Sendable {
  /// Where the presenter stands; nil where nobody presents.
  public fileprivate(set) var presenter: Place?
  /// What the presenter shows beside that.
  public fileprivate(set) var shown = StageShow()
  /// The run to which the presenter has gone; nil where that is this one, or nobody knows.
  public fileprivate(set) var elsewhere: String?
  /// True while the cursor goes where the presenter's goes.
  public fileprivate(set) var isLocked = true
  /// The node voted for.
  public fileprivate(set) var vote: NodeID?
  /// Why votes do not count; nil where they do.
  public fileprivate(set) var votingProblem: String?

  /// Somebody who has just come in.
  public init(votingProblem: String? = nil) { self.votingProblem = votingProblem }
}

/// Who else looks at the run: the presenter, for those who follow one, and what followers vote for.
struct Company: Hashable, Sendable {
  /// Something that concerns the others.
  enum Change {
    /// Another run is on the screen.
    case opened
    /// The presenter stands there, or (nil) is gone; and why votes do not count, if so.
    case presenter(Place?, votingProblem: String?)
    /// The presenter has gone to another run.
    case elsewhere(String)
    /// What the presenter of the run shows.
    case shown(StageShow)
    /// What followers vote for.
    case votes([NodeID: Int])
    /// What is voted on is decided, and a new vote begins.
    case newBallot
    /// This person votes for a node, or takes the vote back.
    case vote(NodeID?)
    /// The cursor goes where the presenter's goes from now on, or no longer.
    case lock(Bool)
  }

  /// Nil for one's own run.
  private(set) var following: Following?
  /// By node, whether it is still there or not.
  private var votes: [NodeID: Int] = [:]
  /// Votes that have been decided here.
  private(set) var ballot = 0

  init(following: Following?) { self.following = following }

  mutating func reduce(_ change: Change) {
    switch change {
    case .opened:
      votes = [:]
      following?.presenter = nil
      following?.shown = StageShow()
      following?.elsewhere = nil
      following?.vote = nil
    case .presenter(let place, let problem):
      following?.presenter = place
      following?.votingProblem = problem
    case .shown(let show):
      if following?.shown.ballot != show.ballot { following?.vote = nil }
      following?.shown = show
      votes = Dictionary(show.votes.map { (NodeID($0.node), $0.count) }, uniquingKeysWith: max)
    case .elsewhere(let run): following?.elsewhere = run
    case .votes(let votes): self.votes = votes
    case .newBallot: (votes, ballot) = ([:], ballot + 1)
    case .vote(let node): following?.vote = node
    case .lock(let isLocked): following?.isLocked = isLocked
    }
  }

  /// Votes cast, for nodes that are gone, too.
  var voteCount: Int { votes.values.reduce(0, +) }

  /// Where the cursor must go; nil where it is its own.
  var wanted: Place? { following?.isLocked == true ? following?.presenter : nil }

  /// Votes, the most first, of nodes that `tree` holds.
  func tally(in tree: SearchTree?) -> [(node: NodeID, count: Int)] {
    votes.filter { tree?.holds($0.key) == true }.map { ($0.key, $0.value) }
      .sorted { $0.count == $1.count ? $0.node < $1.node : $0.count > $1.count }
  }

  /// The options with the most votes, `most` of them at most; nil where nobody has voted.
  func tallyWords(in tree: SearchTree?, most: Int) -> String? {
    let best = tally(in: tree).prefix(most).map { "node \($0.node) x\($0.count)" }
    return best.isEmpty ? nil : "votes: \(best.joined(separator: ", "))"
  }

  /// Who is on the stage, in a few words for the first row; nil for whoever is there.
  var words: String? {
    guard let following else { return nil }
    guard let presenter = following.presenter else {
      return following.elsewhere == nil ? "following, nobody presents" : "following, the presenter is in another run"
    }
    return following.isLocked ? "following the presenter" : "own cursor, presenter at node \(presenter.node)"
  }
}

extension ExplorerState {
  /// What is particular to watching another's run; nil for one's own.
  public var following: Following? { company.following }

  /// Where this person stands; nil outside of runs.
  public var place: Place? {
    guard let run else { return nil }
    let moment = run.pastMoment
    return Place(node: run.cursor, moment: moment)
  }

  /// Why nothing can be changed: the run is another's. Nil for one's own.
  var reasonOfFollowing: String? {
    following == nil ? run?.readOnlyReason : "this run is followed: only its presenter changes it"
  }

  /// Why nothing can be changed about rounds: they are another's. Nil for one's own.
  var reasonOfFollowingRounds: String? {
    following == nil ? nil : "this round is followed: only the explorer and `etascope round` change it"
  }

  /// Who is on the stage, in words; nil for whoever is there.
  var stageWords: String? {
    // Rounds have no presenter.
    run == nil && following != nil ? "following" : company.words
  }

  /// What stands on the screen beside the run, for those who follow.
  public var shown: StageShow {
    var show = StageShow()
    guard run != nil else { return show }
    show.votes = company.tally(in: run?.tree).prefix(Self.mostShownVotes).map {
      StageShow.Votes(node: $0.node.offset, count: $0.count)
    }
    show.ballot = company.ballot
    show.page = classroom.page
    if show.page?.showsLesson ?? true { show.lesson = classroom.teaching?.at }
    if let worlds, overlay is WorldsOverlay {
      show.fork = StageShow.Fork(run: worlds.without.id, moment: worlds.moment, goal: worlds.goal)
    }
    return show
  }

  /// Options of which those who follow are told how many votes they have.
  private static let mostShownVotes = 8

  /// Goes to the run that the presenter has gone to, unless this person looks around by themselves.
  mutating func followPresenter(to other: String) -> [Effect] {
    guard let following, run?.id != other else { return [] }
    company.reduce(.elsewhere(other))
    guard following.isLocked else {
      message = .notice("the presenter has gone to \(other); \(key("follow.lock")) goes along")
      return []
    }
    message = .notice("the presenter has gone to \(other)")
    return [.run(.openRun(other))]
  }

  /// Takes new votes, and says so where there are more than before.
  mutating func reduce(votes: [NodeID: Int]) {
    let before = company.voteCount
    company.reduce(.votes(votes))
    if company.voteCount > before, let words = company.tallyWords(in: run?.tree, most: 3) { message = .notice(words) }
  }

  /// Takes up what the presenter shows.
  mutating func reduce(_ show: StageShow) {
    let before = following?.shown.fork
    company.reduce(.shown(show))
    guard following?.isLocked == true, before != show.fork else { return }
    if show.fork == nil, overlay is WorldsOverlay { overlay = nil }
    if let fork = show.fork, fork.run == worlds?.without.id, overlay == nil { overlay = WorldsOverlay() }
  }

  /// Goes where the presenter is, as soon as that part of the run has arrived.
  mutating func followPresenter() {
    guard let there = company.wanted, let here = place else { return }
    if here.moment != there.moment { _ = withRun { $0.look(at: there.moment ?? .max) } }
    if here.node != there.node, run?.tree.holds(there.node) == true { run?.select(there.node) }
  }

  /// Shows the lesson and the page that the presenter shows.
  mutating func followShown() {
    guard let following, let run else { return }
    let isNew = classroom.follow(following.shown, in: run, isLocked: company.wanted != nil)
    if isNew { showFrame() }
  }

  /// A person who moves by themselves has a cursor of their own from then on.
  mutating func unlock(from before: Place?) {
    guard company.wanted != nil, let place, place != before else { return }
    company.reduce(.lock(false))
    message = .notice("your own cursor; \(key("follow.lock")) follows the presenter again")
  }
}
