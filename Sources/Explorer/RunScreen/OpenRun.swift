import TreeInsight
import TreeSearch
import Vocabulary

/// The run on the screen: a replica of its search, and where the person stands in it.
public struct OpenRun: Sendable {
  /// The run's name in the workspace.
  public let id: String
  /// The search so far: the same events, in the same order, as the driver's own.
  public private(set) var timeline: Timeline
  /// How the run went so far, in short.
  var course: RunCourse
  /// How every node's visits grew.
  private(set) var growth: VisitCourse
  /// The tree at the moment looked at; nil while that is the present.
  private var past: PastTree?
  /// Where the cursor stood before it was taken to a moment at which that node did not exist.
  private var home: NodeID?
  /// What the driver is doing.
  public internal(set) var status: RunState = .idle
  /// Why the run can only be looked at; nil where it is one's own.
  public var readOnlyReason: String?
  /// The line that a model wrote last, as far as it had come; empty where models do not tell.
  public internal(set) var writing = ""
  /// The selected node; it stays selected while the tree grows.
  public internal(set) var cursor = NodeID.root
  /// The node of the tree panel's first row.
  public internal(set) var top = NodeID.root
  /// Which branches are open.
  public internal(set) var folds = Folds()
  /// The panel that has the keyboard.
  public internal(set) var focus = Panel.tree
  /// True where the node panel shows what the model thought, not only that it did.
  public internal(set) var showsThinking = false
  /// True where texts are shown as they are, formulas and emphasis unread.
  public internal(set) var showsRaw = false
  /// Lines scrolled away above the node panel's first one.
  public internal(set) var nodeScroll = 0
  /// The trajectory that the path panel shows.
  public internal(set) var pathChoice = PathChoice.selected
  /// The node whose trajectory is "the selected one": the cursor, but it stays while the cursor walks along that path.
  private(set) var pathAnchor = NodeID.root
  /// What was noted of bookmarked nodes; empty where nothing was.
  public internal(set) var bookmarks: [NodeID: String] = [:]
  /// The node that waits to be compared with another.
  var marked: NodeID?
  /// Labels of steps, for the next commit through them.
  public internal(set) var labels: [NodeID: StepLabel] = [:]
  /// The filter whose matches `n` and `N` visit.
  public internal(set) var filter: NodeFilter?
  /// What that asks of the tree as a whole; nil where it asks for nothing of the kind.
  var filterFacts: KnownFacts?
  /// Commits of this session, the latest last.
  public internal(set) var commits: [String] = []
  /// What the person has just done to the tree, and what is still to come of it; nil where nothing was done yet.
  var act: ActWatch?
  /// True while a person who asked for one phase has not been told of it.
  var awaitsPhase = false
  /// What the run's final selection chooses, now and at earlier moments.
  private var choices: ChosenAnswer
  /// What more simulations would buy.
  var outlook: RunOutlook

  /// A run as it stands, with as much of its past as `timeline` has, and what was noted of it. Complexity: O(nodes), once.
  public init(id: String, timeline: Timeline, status: RunState = .idle, notes: [RunNote] = []) {
    self.id = id
    self.timeline = timeline
    self.status = status
    course = RunCourse(timeline)
    growth = VisitCourse(timeline)
    choices = ChosenAnswer(timeline)
    outlook = RunOutlook(timeline.latest)
    for note in notes { apply(note) }
  }

  /// A run whose past is not known. Complexity: O(nodes), once.
  public init(id: String, tree: SearchTree, status: RunState = .idle) {
    self.init(id: id, timeline: Timeline(tree), status: status)
  }

  /// The tree that is shown: at the present, or at the moment looked at.
  public var tree: SearchTree { past?.tree ?? timeline.latest }

  /// The moment looked at; nil while that is the present.
  public var pastMoment: Int? {
    // Swift 6.3.1's optimiser crashes where this and `tree` are inlined into one function.
    @inline(never) get { past?.tree.eventCount }
  }

  /// The trajectory that the path panel shows, root first. Complexity: O(depth × width).
  public var shownPath: [NodeID] {
    switch pathChoice {
    case .best: bestPath
    case .selected: tree.trajectory(through: pathNode)
    }
  }

  /// The node through which the path panel's selected trajectory leads.
  var pathNode: NodeID { tree.holds(pathAnchor) ? pathAnchor : cursor }

  /// Names of the run's critics, in order.
  var criticNames: [String] { tree.header.critics.map(\.name) }

  /// The trajectory that the run's final selection chooses, the one answer that is shown everywhere; nil while no trajectory
  /// states an answer. Complexity: that of ``ChosenAnswer/candidate(in:)``.
  var chosen: Candidate? { choices.candidate(in: tree) }

  /// The same at the present, whatever moment is looked at.
  var chosenNow: Candidate? { choices.candidate(in: timeline.latest) }

  /// The path to the chosen trajectory's last node; while there is none, the path of greatest mean value.
  ///
  /// Complexity: O(depth × width).
  var bestPath: [NodeID] { bestPath(in: tree) }

  /// The same in the run's tree at any moment.
  func bestPath(in tree: SearchTree) -> [NodeID] {
    choices.candidate(in: tree).map { tree.path(to: $0.node) } ?? tree.bestPath()
  }

  /// What the end of `path` answers: the chosen trajectory as it is chosen, another one by itself or by its best rollout.
  func answer(at end: NodeID) -> String? {
    if let chosen, chosen.node == end { return chosen.answer }
    return tree.answer(at: end)
  }

  /// The lines of the rollout that finishes the chosen trajectory, where `path` leads to that: no nodes, but part of what is answered.
  func rolledLines(behind path: [NodeID]) -> [String] {
    guard let chosen, chosen.node == path.last, let rollout = chosen.rollout else { return [] }
    return tree.rollouts(of: chosen.node)[rollout].text.split(whereSeparator: \.isNewline).map(String.init)
  }

  /// Applies one event and keeps what follows from it. Throws `ReplayError` where it does not fit.
  mutating func apply(_ event: SearchEvent) throws {
    try timeline.append(event)
    Self.note(event, in: timeline.latest, &course, &growth, &choices, &outlook)
    // Nine of ten events ask nothing more; a tree that is held while it grows would be copied.
    switch event {
    case .selected, .asked, .answered, .evaluated, .backedUp: return
    default: unfold(event, in: timeline.latest)
    }
  }

  /// Each part by itself: a call that changes one part of the run is otherwise given a copy of the tree, which is another part.
  private static func note(
    _ event: SearchEvent, in tree: SearchTree, _ course: inout RunCourse, _ growth: inout VisitCourse,
    _ choices: inout ChosenAnswer, _ outlook: inout RunOutlook
  ) {
    course.note(event, in: tree)
    growth.note(event, in: tree)
    choices.note(event, in: tree)
    outlook.note(event, in: tree)
  }

  /// Opens what an event has made, and takes the cursor and the notes along to where their steps stand now.
  private mutating func unfold(_ event: SearchEvent, in tree: SearchTree) {
    switch event {
    case .added(let node, let parent, _, _, _, _, _, _):
      // What a person asked for is shown where it appears.
      if tree.cause(of: node) != nil { folds.open(parent) }
    case .inserted(let node, let cause, _, _):
      folds.open(tree[node].parent)
      // Who writes a line goes on from there; who has gone elsewhere meanwhile stays there.
      if past == nil, case .insert(let parent, _) = tree.interventions[cause].intervention,
        [cursor, tree[cursor].parent].contains(parent)
      {
        select(node)
      }
    case .intervened(.split), .intervened(.join):
      guard let act = tree.interventions.last else { break }
      for (old, new) in act.kept {
        if let label = labels[old] { labels[new] = label }
        if let remark = bookmarks[old] { bookmarks[new] = remark }
      }
      follow(act.copies)
    case .undone(let number):
      let copies = tree.interventions[number].copies
      if !copies.isEmpty { follow(Dictionary(copies.map { ($1, $0) }, uniquingKeysWith: { first, _ in first })) }
    case .redone(let number): follow(tree.interventions[number].copies)
    default: break
    }
  }

  /// Goes on by events of the journal that have not been shown yet. Throws `ReplayError` at the first that does not fit.
  package mutating func read(_ events: [SearchEvent]) throws {
    for index in events.indices { try apply(events[index]) }
  }

  /// The run is going to have so many events and nodes soon.
  package mutating func expect(events: Int, nodes: Int) { timeline.expect(events: events, nodes: nodes) }

  /// The same by many, packed already.
  package mutating func read(_ portion: PackedEvents.Portion) throws {
    timeline.expect(portion)
    defer { timeline.expect(nil) }
    try read(portion.events)
  }

  /// Takes over what has been read of the run's journal elsewhere, where `other` began as this run. Where the person has gone
  /// meanwhile stays as it is. Complexity: O(what was noted of nodes).
  mutating func catchUp(with other: OpenRun) {
    guard other.id == id, other.timeline.count > timeline.count else { return }
    (timeline, course, growth, choices) = (other.timeline, other.course, other.growth, other.choices)
    outlook = other.outlook
    labels.merge(other.labels) { own, _ in own }
    bookmarks.merge(other.bookmarks) { own, _ in own }
    folds.open(what: other.folds)
    // Whoever stands at the question yet is taken to where the last line was written by hand, as if it were now.
    if cursor == .root, past == nil, other.cursor != .root { select(other.cursor) }
  }

  /// The cursor goes to where the text of its node stands now that a branch was made anew. Where the step itself was split, its
  /// first part is selected.
  private mutating func follow(_ copies: [NodeID: NodeID]) {
    guard past == nil, !tree.holds(cursor) else { return }
    let parts = copies.filter { tree.holds($1) }
    if let now = parts[cursor] {
      let isCut = tree[tree[now].parent].parent == tree[cursor].parent && tree.details[now.offset].cause != nil
      select(isCut ? tree[now].parent : now)
    } else if let first = parts.values.min() {
      select(first)
    }
  }

  /// Shows the run as it was at `moment`, or the present from ``Timeline/count`` on. The cursor stays on its node where that
  /// existed then, else on the nearest ancestor that did.
  ///
  /// Complexity: that of ``PastTree/move(to:in:)``.
  mutating func look(at moment: Int) {
    let wanted = home ?? cursor
    if moment >= timeline.count {
      past = nil
    } else {
      if past == nil { past = PastTree(at: moment, in: timeline) }
      past?.move(to: moment, in: timeline)
    }
    cursor = nearest(to: wanted)
    top = nearest(to: top)
    home = cursor == wanted ? nil : wanted
    if home != nil { nodeScroll = 0 }
    folds.reveal(cursor, in: tree)
  }

  /// `id` where the tree shown has it, else its nearest ancestor there.
  private func nearest(to id: NodeID) -> NodeID {
    var at = id
    // A parent's id is smaller than its children's.
    while at.offset >= tree.nodes.count { at = timeline.latest[at].parent }
    return at
  }

  /// Selects `id` and opens its ancestors, so that its row can be seen.
  mutating func select(_ id: NodeID) {
    selectStep(id)
    pathAnchor = id
  }

  /// Selects a step of the path shown, which goes on being shown.
  mutating func selectStep(_ id: NodeID) {
    if id != cursor { nodeScroll = 0 }
    home = nil
    cursor = id
    folds.reveal(id, in: tree)
  }

  /// What is said of a search that goes to one finished answer again and again, and what would make it look elsewhere; nil for
  /// others. Complexity: O(depth × width).
  var wordsOnSettling: String? {
    var at = NodeID.root
    while let next = tree.childList(of: at).max(by: { tree[$0].visits < tree[$1].visits }), tree[next].visits > 0 {
      at = next
    }
    let again = Int(tree[at].visits) - 1
    guard tree[at].terminal != nil, tree.simulations >= 20, 2 * again >= tree.simulations else { return nil }
    return "settled: \(again) of \(tree.simulations) simulations came back to one answer; , makes it wider or hotter"
      + " (width.root.minimum, option.temperature, merge.rule), i adds a way of yours"
  }

  /// Lets the tree fill its panel: level after level while they fit, and the path to what is chosen when a run is opened.
  mutating func fillScreen(_ height: Int, opensBest: Bool) {
    folds.fill(height, with: tree)
    guard opensBest, folds.areUntouched, let end = bestPath.last else { return }
    folds.reveal(end, in: tree)
  }

  /// Puts the cursor on a row that exists and the window around it. Complexity: O(height × (depth + width)).
  mutating func clampScroll(height: Int) {
    var walk = TreeWalk(tree, folds)
    let row = walk.nearestRow(to: cursor)
    if row != cursor {
      cursor = row
      pathAnchor = row
      nodeScroll = 0
    }
    top = walk.windowBelowPinned(top: top, cursor: cursor, height: max(1, height))
  }
}
